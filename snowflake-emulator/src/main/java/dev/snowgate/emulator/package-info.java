/**
 * An independent fake of Snowflake: both wire dialects in front of DuckDB.
 *
 * <p>{@link dev.snowgate.emulator.EmulatorServer} starts and stops it, {@link dev.snowgate.emulator.EmulatorOptions}
 * says how. Knows nothing of the gateway and shares no code with it, so that both cannot share one mistake.
 */
@NullMarked
package dev.snowgate.emulator;

import org.jspecify.annotations.NullMarked;
