package dev.snowgate.gateway.statement;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.sql.OutputColumn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One statement as the ledger knows it. Holds no text and no bindings: a parked poll keeps this in memory.
 *
 * @param executing whether a lease says that a replica is running it now
 * @param approval its current approval request
 * @param verdict what became of that request, where it ended without being used
 * @param masks the plan stored with it; empty for entries refused before a plan was made
 * @param output the lineage stored with it
 * @param error code and message for the agent, where it ended so
 * @param parent the multi-statement request that it is part of
 * @param mostResultBytes most bytes of its result that may leave, if that is limited
 */
public record LedgerEntry(
        StatementId id,
        SessionId session,
        Owner owner,
        Dialect dialect,
        String requestId,
        byte[] requestDigest,
        StatementState state,
        boolean async,
        boolean describeOnly,
        boolean executing,
        SessionContext context,
        UUID upstreamRequestId,
        Optional<QueryId> upstreamQueryId,
        Optional<ApprovalId> approval,
        Optional<Verdict> verdict,
        Optional<MaskPlan> masks,
        List<OutputColumn> output,
        Optional<StoredError> error,
        Optional<StatementId> parent,
        Instant receivedAt,
        Optional<Instant> expiresAt,
        OptionalLong mostResultBytes) {

    /** Who decided what about an approval request, with the words for the agent. */
    public record Verdict(String reviewer, String comment) {}

    /** An error that ended a statement: the agent is told the same at every poll. */
    public record StoredError(String wireCode, String sqlState, String message, int line, int pos) {
        @Override
        public String toString() {
            return "StoredError[" + wireCode + "]";
        }
    }

    @Override
    public String toString() {
        return "LedgerEntry[" + id + ", " + state + "]";
    }
}
