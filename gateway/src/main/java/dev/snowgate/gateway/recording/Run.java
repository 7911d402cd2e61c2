package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.util.List;

/**
 * A run as its end needs it: of what, in which session and context, and the plan of each statement of the request.
 *
 * @param session the upstream session's, which need not be the one that is asked from
 */
record Run(StatementId id, AgentSession session, SessionContext context, List<MaskPlan> plans) {
    static Run of(ClearedStatement cleared) {
        return new Run(
                cleared.call().id(),
                cleared.call().session(),
                cleared.call().context(),
                cleared.obligations().masks());
    }

    static Run of(AgentSession session, LedgerEntry entry, List<MaskPlan> plans) {
        return new Run(entry.id(), session, entry.context(), plans);
    }

    @Override
    public String toString() {
        return "Run[" + id + "]";
    }
}
