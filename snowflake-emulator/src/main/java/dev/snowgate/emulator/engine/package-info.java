/**
 * Runs statements: one execution per request id, on DuckDB, with Snowflake's answers.
 *
 * <p>Main types: Executions (life of a statement), StatementRunner (what each kind does), DuckDb (catalogs and
 * connections). Must not know HTTP or the wire form of replies.
 */
@NullMarked
package dev.snowgate.emulator.engine;

import org.jspecify.annotations.NullMarked;
