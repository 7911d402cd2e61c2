package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Receipt;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.policy.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way of one statement, top to bottom: record received → analyse → decide → record decided → hold or run → mask → record
 * returned. Every method always emits or fails with a {@link GatewayException}; a fault in any stage refuses the statement.
 * Cancelling a returned {@code Mono} ends the waiting, never the statement.
 */
public final class StatementPipeline {
    private final StatementLedger ledger;
    private final StatementJudge judge;
    private final Holds holds;
    private final Runs runs;
    private final Describes describes;
    private final Delivery delivery;

    StatementPipeline(
            StatementLedger ledger,
            StatementJudge judge,
            Holds holds,
            Runs runs,
            Describes describes,
            Delivery delivery) {
        this.ledger = ledger;
        this.judge = judge;
        this.holds = holds;
        this.runs = runs;
        this.describes = describes;
        this.delivery = delivery;
    }

    /** A statement arrives. The same request again joins the first. */
    public Mono<Outcome> submit(Statement statement) {
        return ledger.receive(statement, Clearance.requestDigest(statement), UUID.randomUUID())
                .flatMap(receipt -> received(statement, receipt))
                .switchIfEmpty(Mono.error(() -> nothingEmitted(statement)));
    }

    /** Somebody asks for a statement by our id or Snowflake's; another owner's id is unknown. */
    public Mono<Outcome> poll(AgentSession session, String id, Instant arrivedAt) {
        return requireOwned(session, id).flatMap(entry -> follow(session, entry, arrivedAt));
    }

    /** Ends a statement by its id. */
    public Mono<Outcome> cancel(AgentSession session, String id) {
        return requireOwned(session, id).flatMap(entry -> runs.cancel(session, entry));
    }

    /** Ends a statement by the id of the request that brought it. */
    public Mono<Outcome> cancelRequest(AgentSession session, String requestId) {
        return ledger.findByRequest(session, requestId)
                .switchIfEmpty(Mono.error(StatementPipeline::nothingToCancel))
                .flatMap(entry -> runs.cancel(session, entry));
    }

    /** A later part of an owned result, numbered from 1, masked with the plan of the first page. */
    public Mono<Flux<byte[]>> part(AgentSession session, String id, int number, NumberedPart.Nulls nulls) {
        return requireOwned(session, id).flatMap(entry -> delivery.part(session, entry, number, nulls));
    }

    /** How a statement stands, without waiting. */
    public Mono<StatementStatus> status(AgentSession session, String id) {
        return requireOwned(session, id).flatMap(ledger::status);
    }

    private Mono<Outcome> received(Statement statement, Receipt receipt) {
        return switch (receipt) {
            case Receipt.New first -> decided(statement, first.entry());
            case Receipt.Known again -> follow(statement.session(), again.entry(), statement.receivedAt());
            case Receipt.Reused other -> Mono.error(requestIdReused(other.entry()));
        };
    }

    private Mono<Outcome> decided(Statement statement, LedgerEntry entry) {
        return judge.judge(statement)
                .flatMap(judgement -> act(judgement, entry))
                .onErrorResume(fault -> runs.fault(statement, fault));
    }

    private Mono<Outcome> act(Judgement judgement, LedgerEntry entry) {
        if (judgement.analysed().statement().describeOnly()) {
            return describes.describe(judgement, entry);
        }
        return switch (judgement.decision()) {
            case Decision.Allow allow -> runs.allowed(judgement, allow, entry);
            case Decision.RequireApproval needed -> holds.hold(judgement, needed);
            case Decision.Deny deny -> runs.refuse(judgement, deny);
        };
    }

    private Mono<Outcome> follow(AgentSession session, LedgerEntry entry, Instant arrivedAt) {
        return switch (entry.state()) {
            case HELD -> holds.park(session, entry, arrivedAt).flatMap(now -> afterPark(session, now, arrivedAt));
            case RECEIVED, CLEARED -> runs.resume(session, entry, arrivedAt);
            case RELEASED -> holds.released(session, entry);
            case SENT, STARTED -> runs.await(session, entry, arrivedAt);
            case SUCCEEDED -> delivery.redeliver(session, entry);
            case FAILED, REFUSED, DENIED, EXPIRED, CANCELLED, ABANDONED, OUTCOME_UNKNOWN ->
                Mono.just(Delivery.failed(entry));
        };
    }

    private Mono<Outcome> afterPark(AgentSession session, LedgerEntry now, Instant arrivedAt) {
        return switch (now.state()) {
            case HELD -> Mono.just(Runs.inProgress(now));
            default -> follow(session, now, arrivedAt);
        };
    }

    private Mono<LedgerEntry> requireOwned(AgentSession session, String id) {
        return ledger.findOwned(session, id).switchIfEmpty(Mono.error(StatementPipeline::unknownId));
    }

    private static GatewayException unknownId() {
        return new GatewayException(GatewayErrorCode.UNKNOWN_ID, "No statement with this id is known.");
    }

    private static GatewayException nothingToCancel() {
        return new GatewayException(GatewayErrorCode.NOTHING_TO_CANCEL, "There is nothing to cancel.");
    }

    private static GatewayException requestIdReused(LedgerEntry first) {
        return new GatewayException(
                GatewayErrorCode.REQUEST_ID_REUSED,
                "This request id was used for another statement. Send the statement with a new request id.",
                Optional.of(first.id()),
                null);
    }

    private static IllegalStateException nothingEmitted(Statement statement) {
        return new IllegalStateException("no stage answered for " + statement.id());
    }
}
