/**
 * Results as they are kept for a day: first rows in memory, the others in compressed chunk files.
 *
 * <p>Main types: Column, RowSource, ResultWriter, StoredResult; encoders for JSON and Arrow. Must not know HTTP,
 * sessions or SQL.
 */
@NullMarked
package dev.snowgate.emulator.result;

import org.jspecify.annotations.NullMarked;
