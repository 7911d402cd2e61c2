/**
 * The ledger of statements and the recording, in PostgreSQL. {@link dev.snowgate.gateway.recording.LedgerStore} answers
 * {@code StatementLedger} through one store per step of a statement's life, {@link dev.snowgate.gateway.recording.RecorderStore}
 * appends events that change no state, {@link dev.snowgate.gateway.recording.DatabaseStore} is the one way to the database: a
 * transaction, a timeout, one error code. R2DBC types appear in the {@code *Store} classes and the configuration only. Must not know
 * dialects, HTTP, or what a decision means.
 */
@NullMarked
package dev.snowgate.gateway.recording;

import org.jspecify.annotations.NullMarked;
