/**
 * The whole gateway for tests: {@link dev.snowgate.gateway.testing.TestGateway} starts it between a real PostgreSQL, the emulator and a
 * small issuer of tokens, all on loopback.
 */
@NullMarked
package dev.snowgate.gateway.testing;

import org.jspecify.annotations.NullMarked;
