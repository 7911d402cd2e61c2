package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.policy.Decision;
import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Learns what became of a statement that a replica had sent before it was gone. One with a query id is asked for by it, whatever the
 * policy of now says: asking sends nothing, and its result is judged again before anybody sees it. One without is sent again under the
 * same request id while Snowflake still knows that, which never runs it twice; else its outcome stays unknown and says so.
 */
final class Recovery {
    /** How long Snowflake is taken to recognise a request id; the vendor does not publish it. */
    private static final Duration RESENDABLE = Duration.ofMinutes(10);

    private final StatementLedger ledger;
    private final Executions executions;
    private final StatementJudge judge;
    private final Clock clock;

    Recovery(StatementLedger ledger, Executions executions, StatementJudge judge, Clock clock) {
        this.ledger = ledger;
        this.executions = executions;
        this.judge = judge;
        this.clock = clock;
    }

    /** Completes when the asking has begun: it may take as long as the statement, and others wait for their turn. */
    Mono<Void> resolve(AgentSession session, LedgerEntry entry) {
        if (entry.upstreamQueryId().isPresent()) {
            return judged(session, entry)
                    .doOnNext(judgement -> executions.learn(judgement.analysed(), session, entry))
                    .then();
        }
        if (entry.receivedAt().plus(RESENDABLE).isBefore(clock.instant())) {
            return ledger.outcomeUnknown(entry.id(), "the replica that sent it is gone")
                    .then();
        }
        return judged(session, entry).flatMap(judgement -> resend(entry, judgement));
    }

    private Mono<Judgement> judged(AgentSession session, LedgerEntry entry) {
        return ledger.text(entry.id())
                .map(text -> Delivery.asSubmitted(session, entry, text))
                .flatMap(judge::judge);
    }

    private Mono<Void> resend(LedgerEntry entry, Judgement judgement) {
        return switch (judgement.decision()) {
            case Decision.Allow allow -> {
                ClearedStatement cleared = Clearance.allowed(judgement.analysed(), allow, entry.upstreamRequestId());
                yield Mono.fromRunnable(() -> executions.resolve(judgement.analysed(), cleared));
            }
            // Its proof was used up and is not made a second time, not even to ask.
            case Decision.RequireApproval needed ->
                ledger.outcomeUnknown(entry.id(), "the replica that sent it is gone")
                        .then();
            case Decision.Deny deny ->
                ledger.outcomeUnknown(entry.id(), "the policy of now refuses it, so it was not asked for")
                        .then();
        };
    }
}
