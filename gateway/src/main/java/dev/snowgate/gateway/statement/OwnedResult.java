package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;

/**
 * The proof that a result belongs to the one who asks: made only from a ledger entry that the ledger found for that owner.
 */
public final class OwnedResult {
    private final AgentSession session;
    private final StatementId statement;
    private final QueryId queryId;

    private OwnedResult(AgentSession session, StatementId statement, QueryId queryId) {
        this.session = session;
        this.statement = statement;
        this.queryId = queryId;
    }

    /** From an entry of the ledger; throws if it is another owner's or was never started. */
    public static OwnedResult of(AgentSession session, LedgerEntry entry) {
        if (!entry.owner().equals(Owner.of(session))) {
            throw new IllegalArgumentException("another owner's statement");
        }
        return new OwnedResult(
                session,
                entry.id(),
                entry.upstreamQueryId().orElseThrow(() -> new IllegalArgumentException("never started")));
    }

    public AgentSession session() {
        return session;
    }

    public StatementId statement() {
        return statement;
    }

    public QueryId queryId() {
        return queryId;
    }
}
