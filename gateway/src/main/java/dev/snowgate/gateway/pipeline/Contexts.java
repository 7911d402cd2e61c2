package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.SessionContext;

/** Which context a statement is judged in when it is judged later than it arrived. Pure. */
final class Contexts {
    private Contexts() {}

    /** In the driver protocol the session's context of now; in the SQL API the request brought its own. */
    static Statement ofNow(Statement statement, AgentSession session) {
        return switch (statement.dialect()) {
            case DRIVER -> with(statement, session.context());
            case SQL_API -> statement;
        };
    }

    /**
     * Whether a statement that waited may start from this session. In the driver protocol only from the one that brought it: another
     * session of the same owner has another context and another upstream session.
     */
    static boolean mayRunFrom(AgentSession session, LedgerEntry entry) {
        return switch (entry.dialect()) {
            case DRIVER -> session.id().equals(entry.session());
            case SQL_API -> true;
        };
    }

    static Statement with(Statement statement, SessionContext context) {
        return new Statement(
                statement.id(),
                statement.session(),
                statement.requestId(),
                statement.text(),
                statement.bindings(),
                statement.parameters(),
                context,
                statement.describeOnly(),
                statement.async(),
                statement.statementCount(),
                statement.timeoutSeconds(),
                statement.rowLimit(),
                statement.queryTag(),
                statement.droppedFields(),
                statement.receivedAt());
    }
}
