package dev.snowgate.console.approval;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import java.util.List;
import java.util.Optional;

/**
 * One request with what the analysis and the policy said about its statement; the text is not part of it.
 *
 * @param requesterUnknown nobody knows on whose behalf the agent acts, and the rule does not allow that
 */
public record ApprovalRequest(
        ApprovalEntry entry,
        StatementId statement,
        SessionId session,
        String account,
        List<String> owners,
        boolean requesterUnknown,
        String approverGroup,
        String rule,
        String reason,
        String client,
        SessionContext context,
        RecordedAnalysis analysis,
        Optional<RecordedDecision> decision,
        Optional<Long> policyVersion,
        boolean hasBindings,
        String shape) {

    public ApprovalId id() {
        return entry.id();
    }
}
