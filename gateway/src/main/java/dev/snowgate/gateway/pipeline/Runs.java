package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Stage 9 as an exchange sees it: admission to the session, the start, and the wait that ends before the driver gives up. */
final class Runs {
    /** Snowflake answers within 45 s, the first driver gives up at 60 s. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(40);

    private static final Duration GATE_WAIT = Duration.ofMillis(50);
    /** Ten seconds of {@link #GATE_WAIT}. */
    private static final int MOST_CANCEL_LOOKS = 200;

    private final StatementLedger ledger;
    private final Upstream upstream;
    private final Executions executions;
    private final Delivery delivery;
    private final StatementJudge judge;
    private final ReleaseSignals signals;
    private final Clock clock;

    Runs(
            StatementLedger ledger,
            Upstream upstream,
            Executions executions,
            Delivery delivery,
            StatementJudge judge,
            ReleaseSignals signals,
            Clock clock) {
        this.ledger = ledger;
        this.upstream = upstream;
        this.executions = executions;
        this.delivery = delivery;
        this.judge = judge;
        this.signals = signals;
        this.clock = clock;
    }

    Mono<Outcome> allowed(Judgement judgement, Decision.Allow allow, LedgerEntry entry) {
        UUID requestId = entry.upstreamRequestId();
        return admit(judgement, Clearance.allowed(judgement.analysed(), allow, requestId), entry);
    }

    Mono<Outcome> granted(Judgement judgement, Decision.RequireApproval needed, UsedGrant grant, LedgerEntry entry) {
        UUID requestId = entry.upstreamRequestId();
        return admit(judgement, Clearance.granted(judgement.analysed(), needed, grant, requestId), entry);
    }

    Mono<Outcome> refuse(Judgement judgement, Decision.Deny deny) {
        return ledger.refuse(judgement.analysed(), deny, judgement.code(), Refusals.message(deny))
                .map(Delivery::failed);
    }

    /** A fault before anything was sent: the statement ends with it, recorded; where nothing can be recorded the fault is the answer. */
    Mono<Outcome> fault(Statement statement, Throwable fault) {
        GatewayException known = Refusals.known(fault, statement.id());
        if (known.code() == GatewayErrorCode.RECORDING_UNAVAILABLE) {
            return Mono.error(known);
        }
        return ledger.fault(statement, known.code(), Refusals.text(known)).then(Mono.error(known));
    }

    private Mono<Outcome> admit(Judgement judgement, ClearedStatement cleared, LedgerEntry entry) {
        AnalysedStatement analysed = judgement.analysed();
        Statement statement = analysed.statement();
        // Marked before it is sent: no statement that the agent writes after it has seen the result is judged without
        // the mark.
        return ledger.markRead(statement.session(), cleared.obligations().readsProtected())
                .then(Mono.defer(() -> ledger.admit(analysed, judgement.decision(), cleared)))
                .flatMap(admission -> switch (admission) {
                    case Admission.Admitted admitted -> started(analysed, cleared, entry);
                    case Admission.Busy busy -> waitForGate(judgement, cleared, entry);
                    case Admission.ContextChanged changed -> judgeAgain(statement, changed, entry);
                    case Admission.Superseded superseded ->
                        ledger.require(entry.id()).flatMap(now -> asItStands(statement.session(), now));
                });
    }

    /** Somebody else was first: perhaps it has even succeeded meanwhile. */
    private Mono<Outcome> asItStands(AgentSession session, LedgerEntry now) {
        return now.state().isEnd() ? delivery.redeliver(session, now) : Mono.just(inProgress(now));
    }

    private Mono<Outcome> started(AnalysedStatement analysed, ClearedStatement cleared, LedgerEntry entry) {
        Mono<Ended> ended = executions.start(analysed, cleared);
        return analysed.statement().async()
                ? Mono.just(inProgress(entry))
                : waitFor(
                        ended,
                        analysed.statement().session(),
                        entry,
                        analysed.statement().receivedAt());
    }

    private Mono<Outcome> waitForGate(Judgement judgement, ClearedStatement cleared, LedgerEntry entry) {
        if (timeLeft(judgement.analysed().statement().receivedAt()).isZero()) {
            return Mono.just(inProgress(entry));
        }
        return Mono.delay(GATE_WAIT).then(Mono.defer(() -> admit(judgement, cleared, entry)));
    }

    /** The session changed between analysis and start: what counts is what the statement means now. */
    private Mono<Outcome> judgeAgain(Statement statement, Admission.ContextChanged changed, LedgerEntry entry) {
        return judge.judge(Contexts.with(statement, changed.now())).flatMap(now -> switch (now.decision()) {
            case Decision.Allow allow -> allowed(now, allow, entry);
            case Decision.RequireApproval needed ->
                ledger.hold(now.analysed(), needed, Clearance.approvalDigest(now.analysed(), needed.obligations()))
                        .map(Runs::inProgress);
            case Decision.Deny deny -> refuse(now, deny);
        });
    }

    /** A statement that was received but not started: by a replica that is gone, or one that still works on it. */
    Mono<Outcome> resume(AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        boolean young = Duration.between(entry.receivedAt(), clock.instant()).compareTo(MOST_WAIT) < 0;
        if (young || !Contexts.mayRunFrom(session, entry)) {
            return Mono.delay(GATE_WAIT)
                    .then(Mono.defer(() -> ledger.require(entry.id())))
                    .flatMap(now -> asItStands(session, now));
        }
        return ledger.text(entry.id())
                .map(text -> Contexts.ofNow(Delivery.asSubmitted(session, entry, text), session))
                .flatMap(judge::judge)
                .flatMap(now -> switch (now.decision()) {
                    case Decision.Allow allow -> allowed(now, allow, entry);
                    case Decision.RequireApproval needed ->
                        ledger.hold(
                                        now.analysed(),
                                        needed,
                                        Clearance.approvalDigest(now.analysed(), needed.obligations()))
                                .map(Runs::inProgress);
                    case Decision.Deny deny -> refuse(now, deny);
                });
    }

    /** A statement that runs here is waited for; one that runs elsewhere is looked at again by the next poll. */
    Mono<Outcome> await(AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        return executions
                .find(entry.id())
                .map(run -> waitFor(run, session, entry, arrivedAt))
                .orElseGet(() -> awaitElsewhere(session, entry, arrivedAt));
    }

    private Mono<Outcome> awaitElsewhere(AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        if (timeLeft(arrivedAt).isZero()) {
            return Mono.just(inProgress(entry));
        }
        return Mono.delay(Duration.ofMillis(500))
                .then(Mono.defer(() -> ledger.require(entry.id())))
                .flatMap(now -> now.state().isEnd()
                        ? delivery.redeliver(session, now)
                        : awaitElsewhere(session, now, arrivedAt));
    }

    private Mono<Outcome> waitFor(Mono<Ended> run, AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        return run.map(Optional::of)
                .timeout(atLeastOneMilli(timeLeft(arrivedAt)), Mono.just(Optional.empty()))
                .flatMap(ended ->
                        ended.map(end -> delivery.deliver(session, end)).orElseGet(() -> Mono.just(inProgress(entry))));
    }

    /** Cancels: a hold ends at once, a running statement is aborted upstream and ends with Snowflake's own answer. */
    Mono<Outcome> cancel(AgentSession session, LedgerEntry entry) {
        return switch (entry.state()) {
            case RECEIVED, CLEARED, HELD, RELEASED ->
                ledger.end(
                                entry.id(),
                                StatementState.CANCELLED,
                                GatewayErrorCode.STATEMENT_CANCELLED,
                                "SQL execution canceled")
                        .doOnNext(ended -> signals.release(ended.id()))
                        .map(Delivery::failed);
            case SENT, STARTED -> cancellable(session, entry, MOST_CANCEL_LOOKS).flatMap(now -> abort(session, now));
            case SUCCEEDED, FAILED, REFUSED, DENIED, EXPIRED, CANCELLED, ABANDONED, OUTCOME_UNKNOWN ->
                Mono.error(new GatewayException(
                        GatewayErrorCode.NOTHING_TO_CANCEL,
                        "The statement has ended; there is nothing to cancel.",
                        Optional.of(entry.id()),
                        null));
        };
    }

    /** The SQL API can only cancel by handle, which is known a moment after the statement was sent. */
    private Mono<LedgerEntry> cancellable(AgentSession session, LedgerEntry entry, int looks) {
        if (session.dialect() == Dialect.DRIVER
                || entry.upstreamQueryId().isPresent()
                || entry.state().isEnd()
                || looks == 0) {
            return Mono.just(entry);
        }
        return Mono.delay(GATE_WAIT)
                .then(Mono.defer(() -> ledger.require(entry.id())))
                .flatMap(now -> cancellable(session, now, looks - 1));
    }

    private Mono<Outcome> abort(AgentSession session, LedgerEntry entry) {
        if (session.dialect() == Dialect.SQL_API && entry.upstreamQueryId().isEmpty()) {
            return Mono.error(new GatewayException(
                    GatewayErrorCode.NOTHING_TO_CANCEL,
                    "Snowflake has not named the statement yet, so it cannot be cancelled. Try again in a moment.",
                    Optional.of(entry.id()),
                    null));
        }
        return upstream.abort(session, entry.upstreamRequestId(), entry.upstreamQueryId())
                .then(Mono.fromSupplier(() -> cancelled(entry)));
    }

    private static Outcome cancelled(LedgerEntry entry) {
        return new Outcome.Failed(
                entry.id(),
                entry.upstreamQueryId(),
                new LedgerEntry.StoredError("000604", "57014", "SQL execution canceled", -1, -1),
                200);
    }

    static Outcome inProgress(LedgerEntry entry) {
        return new Outcome.InProgress(entry.id(), entry.upstreamQueryId(), entry.async());
    }

    static GatewayException tryAgain(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.OVERLOADED,
                "The session is busy with a statement that changes it. Send the statement again.",
                Optional.of(entry.id()),
                null);
    }

    static GatewayException grantVoid(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.APPROVAL_WITHDRAWN,
                "The approval no longer covers what the statement would do. It did not run; send it again.",
                Optional.of(entry.id()),
                null);
    }

    private Duration timeLeft(Instant arrivedAt) {
        Duration left = Duration.between(clock.instant(), arrivedAt.plus(MOST_WAIT));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration atLeastOneMilli(Duration duration) {
        return duration.isZero() ? Duration.ofMillis(1) : duration;
    }
}
