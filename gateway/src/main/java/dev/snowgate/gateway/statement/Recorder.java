package dev.snowgate.gateway.statement;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Appends events that belong to no change of a statement's state: log-ins, refused exchanges, chunks. */
public interface Recorder {
    /**
     * Appends one event durably.
     *
     * @param kind name of the {@code EventKind}
     * @param facts small facts for people; no literal, no token, no row
     */
    Mono<Void> append(SessionId session, Optional<StatementId> statement, String kind, Map<String, String> facts);

    /** Records an exchange that was refused before any session was known; bounded in rate, never fails the caller. */
    Mono<Void> refusedExchange(String network, String what, Map<String, String> facts);

    /** A chunk's page is about to be streamed: durable before its first byte. */
    Mono<Void> pageStarted(StatementId statement, int page);

    /** A chunk's page was streamed: its digest and sizes, durable before its last byte. */
    Mono<Void> pageFinished(StatementId statement, int page, long rows, long bytes, long maskedCells, byte[] digest);
}
