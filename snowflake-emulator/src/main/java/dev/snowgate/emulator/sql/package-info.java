/**
 * Reads Snowflake SQL as tokens and writes the DuckDB text that does the same.
 *
 * <p>Main types: Lexer, Token, Script, Translator. Pure: must not know connections, sessions or HTTP.
 */
@NullMarked
package dev.snowgate.emulator.sql;

import org.jspecify.annotations.NullMarked;
