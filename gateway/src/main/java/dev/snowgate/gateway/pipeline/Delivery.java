package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.ResultMasker;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.gateway.statement.StoredText;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stages 10 and 11: mask, record, answer. A result that was not answered in the exchange that ran it is read again from
 * Snowflake, judged again by the policy of now, and masked at least as much as before.
 */
final class Delivery {
    private final Upstream upstream;
    private final StatementLedger ledger;
    private final ResultMasker masker;
    private final StatementJudge judge;
    private final Parts parts;

    Delivery(Upstream upstream, StatementLedger ledger, ResultMasker masker, StatementJudge judge, Parts parts) {
        this.upstream = upstream;
        this.ledger = ledger;
        this.masker = masker;
        this.judge = judge;
        this.parts = parts;
    }

    /** A later part of a result that was delivered before. */
    Mono<Flux<byte[]>> part(AgentSession session, LedgerEntry entry, int number, NumberedPart.Nulls nulls) {
        return parts.part(session, entry, number, nulls);
    }

    /** Answers a run that ended while the exchange waited. */
    Mono<Outcome> deliver(AgentSession session, Ended ended) {
        return ended.reply()
                .map(reply -> release(ended.entry(), reply, plan(ended.entry())))
                .orElseGet(() -> redeliver(session, ended.entry()));
    }

    /** Answers from the ledger: an error as it was told before, or the result read again. */
    Mono<Outcome> redeliver(AgentSession session, LedgerEntry entry) {
        if (entry.state() != StatementState.SUCCEEDED) {
            return Mono.just(failed(entry));
        }
        if (entry.error().isPresent()) {
            return Mono.just(failed(entry));
        }
        return stillAllowed(session, entry).flatMap(plan -> reread(session, entry, plan));
    }

    /** Answers a describe: the metadata only, as the masks will make it. */
    Mono<Outcome> describe(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        return masker.maskDescribe(entry, reply, plan).flatMap(masked -> recorded(entry, reply, masked));
    }

    private Mono<Outcome> reread(AgentSession session, LedgerEntry entry, MaskPlan plan) {
        return upstream.reread(OwnedResult.of(session, entry)).flatMap(reply -> switch (reply) {
            case UpstreamReply.Complete complete -> release(entry, complete, plan);
            case UpstreamReply.InProgress running ->
                Mono.just(new Outcome.InProgress(entry.id(), entry.upstreamQueryId(), entry.async()));
            case UpstreamReply.Failed failed -> Mono.error(expired(entry));
        });
    }

    private Mono<Outcome> release(LedgerEntry entry, UpstreamReply.Complete reply, MaskPlan plan) {
        return masker.mask(entry, reply, plan).flatMap(masked -> recorded(entry, reply, masked));
    }

    private Mono<Outcome> recorded(LedgerEntry entry, UpstreamReply.Complete reply, MaskedReply masked) {
        return ledger.returned(entry, masked).thenReturn(new Outcome.Completed(entry.id(), reply.queryId(), masked));
    }

    /** The plan for a re-read: the stored one, with what the policy of now adds; refused where it refuses now. */
    private Mono<MaskPlan> stillAllowed(AgentSession session, LedgerEntry entry) {
        // Counts and status lines show no column; and what a DDL did already would be judged as if it were still to
        // come.
        if (entry.parent().isPresent() || !plan(entry).columnsKnown()) {
            return Mono.just(plan(entry));
        }
        return ledger.text(entry.id())
                .map(text -> asSubmitted(session, entry, text))
                .flatMap(judge::judge)
                .flatMap(judgement -> addMasks(entry, judgement));
    }

    private Mono<MaskPlan> addMasks(LedgerEntry entry, Judgement judgement) {
        return switch (judgement.decision()) {
            case Decision.Deny deny ->
                Mono.error(new GatewayException(
                        GatewayErrorCode.POLICY_DENIED,
                        "The result is no longer released: " + deny.reason() + " (rule " + deny.rule() + ").",
                        Optional.of(entry.id()),
                        null));
            case Decision.Allow allow ->
                Mono.just(Plans.atLeast(plan(entry), first(allow.obligations().masks())));
            case Decision.RequireApproval held ->
                Mono.just(Plans.atLeast(plan(entry), first(held.obligations().masks())));
        };
    }

    private static MaskPlan first(List<MaskPlan> plans) {
        return plans.size() == 1 ? plans.getFirst() : MaskPlan.none();
    }

    static Statement asSubmitted(AgentSession session, LedgerEntry entry, StoredText text) {
        return new Statement(
                entry.id(),
                session,
                entry.requestId(),
                text.text(),
                text.bindings(),
                text.parameters(),
                entry.context(),
                entry.describeOnly(),
                entry.async(),
                text.statementCount(),
                text.timeoutSeconds(),
                text.rowLimit(),
                text.queryTag(),
                text.droppedFields(),
                entry.receivedAt());
    }

    /** Entries without a plan were refused before one was made; their results do not exist. */
    static MaskPlan plan(LedgerEntry entry) {
        return entry.masks().orElseThrow(() -> withheld(entry));
    }

    static Outcome failed(LedgerEntry entry) {
        LedgerEntry.StoredError error = entry.error()
                .orElseGet(() -> new LedgerEntry.StoredError(
                        GatewayErrorCode.OUTCOME_UNKNOWN.wireCode(),
                        GatewayErrorCode.OUTCOME_UNKNOWN.sqlState(),
                        "The outcome of the statement is not known: it may or may not have run. Look before sending it"
                                + " again.",
                        -1,
                        -1));
        return new Outcome.Failed(entry.id(), entry.upstreamQueryId(), error, 422);
    }

    private static GatewayException withheld(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD,
                "The result is withheld: nothing says how to mask it.",
                Optional.of(entry.id()),
                null);
    }

    private static GatewayException expired(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.RESULT_EXPIRED,
                "Snowflake no longer has the result. Send the statement again.",
                Optional.of(entry.id()),
                null);
    }
}
