package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A statement as the agent sent it, without its protocol.
 *
 * @param id ours
 * @param session whose
 * @param requestId the client's idempotence key
 * @param text the text as sent
 * @param bindings bound values
 * @param parameters accepted statement-level parameters, upper-case name to text; only those that the parameter table
 *     forwards or tracks
 * @param context the context it is judged in: the session's, or the request's own in the SQL API
 * @param describeOnly compile only
 * @param async answered at once, fetched later
 * @param statementCount how many statements the client declared; 0 means any
 * @param timeoutSeconds the client's own limit in seconds, if it gave one
 * @param rowLimit the client's own limit of rows, if it gave one
 * @param queryTag the client's own query tag, or empty text
 * @param droppedFields names of fields that the field table dropped, for the recording
 * @param receivedAt when the request arrived; poll deadlines count from here
 */
public record Statement(
        StatementId id,
        AgentSession session,
        String requestId,
        String text,
        Bindings bindings,
        Map<String, String> parameters,
        SessionContext context,
        boolean describeOnly,
        boolean async,
        OptionalInt statementCount,
        OptionalLong timeoutSeconds,
        OptionalLong rowLimit,
        String queryTag,
        java.util.List<String> droppedFields,
        Instant receivedAt) {
    public Dialect dialect() {
        return session.dialect();
    }

    @Override
    public String toString() {
        return "Statement[" + id + ", " + text.length() + " characters, " + bindings + "]";
    }
}
