/**
 * Users, log-in and the state of a session.
 *
 * <p>Main types: Accounts (who may log in), KeyPairTokens (key-pair JWT, really verified), Sessions (tokens as
 * versions of a session), Session. Must not know HTTP, DuckDB or results.
 */
@NullMarked
package dev.snowgate.emulator.session;

import org.jspecify.annotations.NullMarked;
