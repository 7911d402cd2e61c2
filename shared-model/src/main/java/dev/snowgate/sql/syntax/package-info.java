/**
 * Snowflake's grammar: text in, tokens and trees out. Main types: {@link dev.snowgate.sql.syntax.Lexer},
 * {@link dev.snowgate.sql.syntax.QueryParser}, {@link dev.snowgate.sql.syntax.Query}, {@link dev.snowgate.sql.syntax.Expr}.
 * Every token is consumed by a rule or the text is refused with a {@link dev.snowgate.sql.syntax.SyntaxProblem}.
 * Knows no catalog, session, lineage or policy.
 */
@NullMarked
package dev.snowgate.sql.syntax;

import org.jspecify.annotations.NullMarked;
