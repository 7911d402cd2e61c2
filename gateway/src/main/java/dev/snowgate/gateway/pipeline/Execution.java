package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Stage 9 of one statement: from the first byte upstream to its end in the ledger. Learns the outcome of a broken connection by
 * sending the same body under the same request id, never another; where that cannot be learned the statement ends as
 * {@code OUTCOME_UNKNOWN}.
 */
final class Execution {
    private static final int MOST_RESENDS = 6;
    private static final Duration RESEND_WAIT = Duration.ofMillis(500);
    private static final Duration RESEND_WAIT_MOST = Duration.ofSeconds(20);
    /** Snowflake itself waits up to 45 s before it answers "in progress"; this only bounds a server that does not. */
    private static final Duration ROUND_WAIT = Duration.ofMillis(50);

    private final Upstream upstream;
    private final StatementLedger ledger;
    private final CurrentCatalog catalog;
    private final Clock clock;

    Execution(Upstream upstream, StatementLedger ledger, CurrentCatalog catalog, Clock clock) {
        this.upstream = upstream;
        this.ledger = ledger;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Runs a statement that was just marked sent. */
    Mono<Ended> run(AnalysedStatement analysed, ClearedStatement cleared) {
        return finish(analysed, cleared, upstream.execute(cleared));
    }

    /** Learns the outcome of a statement that another replica, or this one before a crash, had sent. */
    Mono<Ended> resolve(AnalysedStatement analysed, ClearedStatement cleared) {
        return finish(analysed, cleared, upstream.resend(cleared, 1));
    }

    /**
     * Learns the outcome of a statement by its query id. The entry of the ledger is what proves that it was sent, once, and whose
     * it is; what is masked in its result was fixed then.
     */
    Mono<Ended> learn(AnalysedStatement analysed, AgentSession session, LedgerEntry entry) {
        return Mono.fromSupplier(() -> OwnedResult.of(session, entry))
                .flatMap(this::pollUntilFinished)
                .flatMap(reply -> catalog.changed(analysed).thenReturn(reply))
                .flatMap(reply -> learned(analysed, session, entry, reply))
                .onErrorResume(GatewayException.class, fault -> unknownOutcome(entry.id(), fault));
    }

    private Mono<Ended> learned(
            AnalysedStatement analysed, AgentSession session, LedgerEntry entry, UpstreamReply reply) {
        return switch (reply) {
            case UpstreamReply.Complete complete -> {
                SessionContext expected = ContextAfter.expected(analysed);
                boolean drifted = ContextAfter.drifted(expected, complete.finalContext());
                yield ledger.learned(analysed, session, entry, complete, Optional.of(expected), drifted)
                        .map(ended -> new Ended(ended, Optional.empty()));
            }
            case UpstreamReply.Failed failed ->
                failed(analysed, entry.masks().stream().toList(), failed)
                        .map(ended -> new Ended(ended, Optional.empty()));
            case UpstreamReply.InProgress running ->
                Mono.error(new IllegalStateException("a finished statement is not in progress"));
        };
    }

    private Mono<Ended> finish(AnalysedStatement analysed, ClearedStatement cleared, Mono<UpstreamReply> first) {
        Instant began = clock.instant();
        StatementId id = cleared.call().id();
        return first.onErrorResume(Execution::isLost, lost -> resend(cleared))
                .flatMap(reply -> untilFinished(cleared, reply))
                // Before the end is known to anybody: the next statement must not be judged on what this one changed.
                .flatMap(reply -> catalog.changed(analysed).thenReturn(reply))
                .flatMap(reply -> record(analysed, cleared, reply, began))
                .onErrorResume(GatewayException.class, fault -> unknownOutcome(id, fault));
    }

    private Mono<UpstreamReply> resend(ClearedStatement cleared) {
        return Mono.defer(new ResendCount(cleared)::next)
                .retryWhen(Retry.backoff(MOST_RESENDS, RESEND_WAIT)
                        .maxBackoff(RESEND_WAIT_MOST)
                        .filter(Execution::isLost)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    private Mono<UpstreamReply> untilFinished(ClearedStatement cleared, UpstreamReply reply) {
        if (!(reply instanceof UpstreamReply.InProgress running)) {
            return Mono.just(reply);
        }
        StatementId id = cleared.call().id();
        return ledger.started(id, running.queryId())
                .then(Mono.defer(() -> ledger.require(id)))
                .map(entry -> OwnedResult.of(cleared.call().session(), entry))
                .flatMap(this::pollUntilFinished);
    }

    private Mono<UpstreamReply> pollUntilFinished(OwnedResult owned) {
        return Mono.defer(() -> upstream.reread(owned))
                .retryWhen(Retry.backoff(MOST_RESENDS, RESEND_WAIT)
                        .maxBackoff(RESEND_WAIT_MOST)
                        .filter(Execution::isLost)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .repeatWhen(rounds -> rounds.delayElements(ROUND_WAIT))
                .filter(reply -> !(reply instanceof UpstreamReply.InProgress))
                .next();
    }

    private Mono<Ended> record(
            AnalysedStatement analysed, ClearedStatement cleared, UpstreamReply reply, Instant began) {
        return switch (reply) {
            case UpstreamReply.Complete complete -> succeeded(analysed, cleared, complete, began);
            case UpstreamReply.Failed failed ->
                failed(analysed, cleared.obligations().masks(), failed)
                        .map(entry -> new Ended(entry, Optional.empty()));
            case UpstreamReply.InProgress running ->
                Mono.error(new IllegalStateException("a finished statement is not in progress"));
        };
    }

    private Mono<Ended> succeeded(
            AnalysedStatement analysed, ClearedStatement cleared, UpstreamReply.Complete complete, Instant began) {
        SessionContext expected = ContextAfter.expected(analysed);
        boolean drifted = ContextAfter.drifted(expected, complete.finalContext());
        return ledger.succeeded(
                        analysed,
                        cleared,
                        complete,
                        Optional.of(expected),
                        drifted,
                        Duration.between(began, clock.instant()))
                .map(entry -> new Ended(entry, drifted ? Optional.empty() : Optional.of(complete)));
    }

    private Mono<LedgerEntry> failed(AnalysedStatement analysed, List<MaskPlan> plans, UpstreamReply.Failed failed) {
        return ledger.failed(
                analysed.statement().id(),
                failed,
                ScrubbedError.of(analysed, plans, failed),
                ContextAfter.afterFailure(analysed));
    }

    /**
     * A fault after the statement may have reached Snowflake. Where recording itself is gone nothing can be written: the lease
     * runs out and a replica resolves it later.
     */
    private Mono<Ended> unknownOutcome(StatementId id, GatewayException fault) {
        if (fault.code() == GatewayErrorCode.RECORDING_UNAVAILABLE) {
            return Mono.error(fault);
        }
        return ledger.outcomeUnknown(id, fault.code().name()).map(entry -> new Ended(entry, Optional.empty()));
    }

    private static boolean isLost(Throwable fault) {
        return fault instanceof GatewayException known
                && (known.code() == GatewayErrorCode.UPSTREAM_UNAVAILABLE
                        || known.code() == GatewayErrorCode.UPSTREAM_TIMEOUT);
    }

    /** Counts the attempts, because Snowflake expects a growing retryCount. */
    private final class ResendCount {
        private final ClearedStatement cleared;
        private int count;

        ResendCount(ClearedStatement cleared) {
            this.cleared = cleared;
        }

        Mono<UpstreamReply> next() {
            return upstream.resend(cleared, ++count);
        }
    }
}
