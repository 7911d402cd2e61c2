package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Grants;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Stage 8: waiting for a person without holding a thread, a text or a binding. A parked poll is one entry in the map of
 * {@link ReleaseSignals}; the truth is in the database, so any replica can answer the next poll.
 */
final class Holds {
    /** Drivers give up on a reply after 60 s; park times are drawn so that polls never align. */
    private static final long PARK_LEAST_MILLIS = 25_000;

    private static final long PARK_MOST_MILLIS = 40_000;
    private final StatementLedger ledger;
    private final Grants grants;
    private final ReleaseSignals signals;
    private final Runs runs;
    private final StatementJudge judge;
    private final Clock clock;
    private final Map<StatementId, Instant> polled = new ConcurrentHashMap<>();

    Holds(StatementLedger ledger, Grants grants, ReleaseSignals signals, Runs runs, StatementJudge judge, Clock clock) {
        this.ledger = ledger;
        this.grants = grants;
        this.signals = signals;
        this.runs = runs;
        this.judge = judge;
        this.clock = clock;
    }

    /** Holds the statement and answers at once; the driver's polls do the waiting. */
    Mono<Outcome> hold(Judgement judgement, Decision.RequireApproval needed) {
        byte[] digest = Clearance.approvalDigest(judgement.analysed(), needed.obligations());
        return ledger.hold(judgement.analysed(), needed, digest).map(Runs::inProgress);
    }

    /** Waits until the hold was decided or the poll's time is over; then gives the entry as it is now. */
    Mono<LedgerEntry> park(AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        polled.put(entry.id(), clock.instant());
        return signals.await(entry.id())
                .thenReturn(true)
                .timeout(parkTime(arrivedAt), Mono.just(false))
                // Nobody signalled: it is still held, and looking would cost a query for each poll.
                .flatMap(woken -> woken ? ledger.require(entry.id()) : Mono.just(entry))
                .doOnNext(now -> polled.put(entry.id(), clock.instant()));
    }

    /** An approved statement: judged again on what holds now; stricter wins, and the grant is used up once. */
    Mono<Outcome> released(AgentSession session, LedgerEntry entry) {
        if (!Contexts.mayRunFrom(session, entry)) {
            return Mono.just(Runs.inProgress(entry));
        }
        return ledger.text(entry.id())
                .map(text -> Delivery.asSubmitted(session, entry, text))
                .map(statement -> Contexts.ofNow(statement, session))
                .flatMap(judge::judge)
                .flatMap(judgement -> release(judgement, entry));
    }

    private Mono<Outcome> release(Judgement judgement, LedgerEntry entry) {
        return switch (judgement.decision()) {
            case Decision.Deny deny -> runs.refuse(judgement, deny);
            case Decision.Allow allow -> allowedMeanwhile(judgement, allow, entry);
            case Decision.RequireApproval needed -> useGrant(judgement, needed, entry);
        };
    }

    /** The policy of now would let it run without anybody; the approval is used up all the same, because the state demands it. */
    private Mono<Outcome> allowedMeanwhile(Judgement judgement, Decision.Allow allow, LedgerEntry entry) {
        byte[] digest = Clearance.approvalDigest(judgement.analysed(), allow.obligations());
        return grants.findUsable(entry, digest)
                .flatMap(grant -> runs.allowed(judgement, allow, entry))
                .switchIfEmpty(Mono.defer(() -> Mono.error(Runs.grantVoid(entry))));
    }

    private Mono<Outcome> useGrant(Judgement judgement, Decision.RequireApproval needed, LedgerEntry entry) {
        byte[] digest = Clearance.approvalDigest(judgement.analysed(), needed.obligations());
        return grants.findUsable(entry, digest)
                .flatMap(grant -> runs.granted(judgement, needed, grant, entry))
                .switchIfEmpty(Mono.defer(() -> hold(judgement, needed)));
    }

    /** The poll times since the last call, taken out. */
    Map<StatementId, Instant> takePolled() {
        Map<StatementId, Instant> taken = Map.copyOf(polled);
        taken.forEach(polled::remove);
        return taken;
    }

    private Duration parkTime(Instant arrivedAt) {
        long drawn = ThreadLocalRandom.current().nextLong(PARK_LEAST_MILLIS, PARK_MOST_MILLIS);
        long left =
                Duration.between(clock.instant(), arrivedAt.plusMillis(drawn)).toMillis();
        return Duration.ofMillis(Math.max(1, left));
    }
}
