package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.LiveSessions;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.model.statement.StatementId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * New storage addresses for a result whose old ones have expired: the result is read again by its owner's session, once for all
 * chunks that are asked for meanwhile. Thread-safe.
 */
public final class Refreshes {
    private final Map<StatementId, Mono<Void>> running = new ConcurrentHashMap<>();
    private final StatementLedger ledger;
    private final LiveSessions sessions;
    private final Delivery delivery;

    Refreshes(StatementLedger ledger, LiveSessions sessions, Delivery delivery) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.delivery = delivery;
    }

    /** Reads it again, which stores the new addresses; fails with {@code RESULT_EXPIRED} where the session is gone. */
    public Mono<Void> refresh(StatementId statement) {
        return Mono.defer(() -> running.computeIfAbsent(statement, this::begun));
    }

    private Mono<Void> begun(StatementId statement) {
        return ledger.require(statement)
                .flatMap(this::reread)
                .then()
                .doFinally(ended -> running.remove(statement))
                .cache();
    }

    private Mono<?> reread(LedgerEntry entry) {
        return sessions.find(entry.session())
                .switchIfEmpty(Mono.error(() -> gone(entry)))
                .flatMap(session -> delivery.redeliver(session, entry));
    }

    private static GatewayException gone(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.RESULT_EXPIRED,
                "The result's address has expired and its session has ended. Send the statement again.",
                Optional.of(entry.id()),
                null);
    }
}
