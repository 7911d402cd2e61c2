package dev.snowgate.gateway.approval;

import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.StatementId;

/**
 * An approval that was used up for one statement. Only this package makes one, and only from the database's own answer; a
 * forged one would be a cleared statement.
 */
public final class UsedGrant {
    private final ApprovalId approval;
    private final StatementId statement;

    UsedGrant(ApprovalId approval, StatementId statement) {
        this.approval = approval;
        this.statement = statement;
    }

    public ApprovalId approval() {
        return approval;
    }

    public StatementId statement() {
        return statement;
    }
}
