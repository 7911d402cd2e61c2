/**
 * Snowflake SQL text and a session context in, {@link dev.snowgate.sql.SqlAnalysis} out. Pure and synchronous: no I/O, no threads, no policy.
 */
@NullMarked
package dev.snowgate.sql;

import org.jspecify.annotations.NullMarked;
