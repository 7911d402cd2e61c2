/**
 * Encryption of values at rest: a {@link dev.snowgate.sealing.KeyRing} of key-encryption keys from a file outside the
 * database, a {@link dev.snowgate.sealing.DataKey} per session that seals values, and a {@link dev.snowgate.sealing.Place}
 * that binds each sealed value to its row. Destroying a session's wrapped key erases its values. Must not know what the
 * values mean, nor the database.
 */
@NullMarked
package dev.snowgate.sealing;

import org.jspecify.annotations.NullMarked;
