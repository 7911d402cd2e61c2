/**
 * Plays the cloud storage that serves result chunks on a port of its own.
 *
 * <p>Signed and expiring URLs, key headers required, any Authorization header refused. Main types: StorageServer,
 * SignedUrls. Must not know sessions or SQL.
 */
@NullMarked
package dev.snowgate.emulator.storage;

import org.jspecify.annotations.NullMarked;
