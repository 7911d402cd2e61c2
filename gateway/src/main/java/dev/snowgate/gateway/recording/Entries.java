package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Entries made without reading them. */
final class Entries {
    private Entries() {}

    /** The entry of a statement that was just received. */
    static LedgerEntry received(Statement statement, byte[] digest, UUID upstreamRequestId) {
        return new LedgerEntry(
                statement.id(),
                statement.session().id(),
                Owner.of(statement.session()),
                statement.dialect(),
                statement.requestId(),
                digest,
                StatementState.RECEIVED,
                statement.async(),
                statement.describeOnly(),
                false,
                statement.context(),
                upstreamRequestId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                statement.receivedAt(),
                Optional.empty(),
                OptionalLong.empty());
    }

    /** A statement that ended here just now, as its row reads by then; what only holds and repeats ask for is left out. */
    static LedgerEntry succeeded(AnalysedStatement analysed, ClearedStatement cleared, QueryId queryId) {
        Statement statement = analysed.statement();
        UpstreamCall call = cleared.call();
        List<MaskPlan> plans = cleared.obligations().masks();
        return new LedgerEntry(
                call.id(),
                call.session().id(),
                Owner.of(call.session()),
                statement.dialect(),
                statement.requestId(),
                new byte[0],
                StatementState.SUCCEEDED,
                statement.async(),
                statement.describeOnly(),
                false,
                statement.context(),
                call.upstreamRequestId(),
                Optional.of(queryId),
                Optional.empty(),
                Optional.empty(),
                Optional.of(plans.size() == 1 ? plans.getFirst() : MaskPlan.none()),
                analysed.statements().size() == 1
                        ? analysed.statements().getFirst().output()
                        : List.of(),
                Optional.empty(),
                Optional.empty(),
                statement.receivedAt(),
                Optional.empty(),
                cleared.obligations().resultSizeLimit().map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    static LedgerEntry withError(LedgerEntry e, LedgerEntry.StoredError error) {
        return new LedgerEntry(
                e.id(),
                e.session(),
                e.owner(),
                e.dialect(),
                e.requestId(),
                e.requestDigest(),
                e.state(),
                e.async(),
                e.describeOnly(),
                e.executing(),
                e.context(),
                e.upstreamRequestId(),
                e.upstreamQueryId(),
                e.approval(),
                e.verdict(),
                e.masks(),
                e.output(),
                Optional.of(error),
                e.parent(),
                e.receivedAt(),
                e.expiresAt(),
                e.mostResultBytes());
    }
}
