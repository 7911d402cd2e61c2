package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Learns what became of a statement that a replica had sent before it was gone. One with a query id is asked for by it; one
 * without is sent again under the same request id while Snowflake still knows that, which never runs it twice; else its outcome
 * stays unknown and says so.
 */
final class Recovery {
    /** How long Snowflake is taken to recognise a request id; the vendor does not publish it. */
    private static final Duration RESENDABLE = Duration.ofMinutes(10);

    private final StatementLedger ledger;
    private final Upstream upstream;
    private final Executions executions;
    private final StatementJudge judge;
    private final Clock clock;

    Recovery(StatementLedger ledger, Upstream upstream, Executions executions, StatementJudge judge, Clock clock) {
        this.ledger = ledger;
        this.upstream = upstream;
        this.executions = executions;
        this.judge = judge;
        this.clock = clock;
    }

    Mono<Void> resolve(AgentSession session, LedgerEntry entry) {
        boolean tooOld = entry.receivedAt().plus(RESENDABLE).isBefore(clock.instant());
        if (entry.state() == StatementState.SENT && tooOld) {
            return ledger.outcomeUnknown(entry.id(), "the replica that sent it is gone")
                    .then();
        }
        return ledger.text(entry.id())
                .map(text -> Delivery.asSubmitted(session, entry, text))
                .flatMap(judge::judge)
                .flatMap(judgement -> resolve(session, entry, judgement));
    }

    private Mono<Void> resolve(AgentSession session, LedgerEntry entry, Judgement judgement) {
        return switch (judgement.decision()) {
            case Decision.Allow allow -> {
                ClearedStatement cleared = Clearance.allowed(judgement.analysed(), allow, entry.upstreamRequestId());
                yield executions.resolve(judgement.analysed(), cleared).then();
            }
            // Its proof was used up: it cannot be composed again, but its query id can be asked for.
            case Decision.RequireApproval needed -> ask(session, entry, judgement.analysed());
            case Decision.Deny deny ->
                ledger.outcomeUnknown(entry.id(), "the policy of now refuses it, so it was not asked for")
                        .then();
        };
    }

    private Mono<Void> ask(AgentSession session, LedgerEntry entry, AnalysedStatement analysed) {
        if (entry.upstreamQueryId().isEmpty()) {
            return ledger.outcomeUnknown(entry.id(), "the replica that sent it is gone")
                    .then();
        }
        return upstream.reread(OwnedResult.of(session, entry)).flatMap(reply -> switch (reply) {
            case UpstreamReply.InProgress running -> Mono.<Void>empty();
            case UpstreamReply.Complete complete ->
                ledger.outcomeUnknown(entry.id(), "it ran to its end while nobody looked")
                        .then();
            case UpstreamReply.Failed failed ->
                ledger.failed(entry.id(), failed, ScrubbedError.of(analysed, failed), Optional.empty())
                        .then();
        });
    }
}
