/**
 * Snowflake SQL text and a session context in, {@link dev.snowgate.sql.SqlAnalysis} out. Main types: {@link dev.snowgate.sql.SqlAnalyser},
 * {@link dev.snowgate.sql.StatementAnalysis}, {@link dev.snowgate.sql.ExecutedText}. The text is split by our tokens, its kind decided by leading
 * keywords, its columns traced to base columns; what cannot be proved is not understood. A second reader, JSqlParser, can only
 * refuse. Pure and synchronous: no I/O, no policy, and no threads but the clock that ends the second reader.
 */
@NullMarked
package dev.snowgate.sql;

import org.jspecify.annotations.NullMarked;
