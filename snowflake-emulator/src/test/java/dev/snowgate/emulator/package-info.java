/**
 * Proves the emulator with unmodified drivers: JDBC, the Node SDK, and the SQL API by a plain HTTP client.
 *
 * <p>{@link dev.snowgate.emulator.Drivers} and {@link dev.snowgate.emulator.NodeDriver} are written to be used by
 * tests of other modules as well. Must not know the emulator's inner packages.
 */
@NullMarked
package dev.snowgate.emulator;

import org.jspecify.annotations.NullMarked;
