package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Exactly what will be sent, before it is cleared.
 *
 * @param id our statement id
 * @param session whose upstream session it uses
 * @param executedText the text rebuilt from our tokens
 * @param bindings bound values
 * @param parameters statement-level parameters of the client that are forwarded
 * @param context the context that it was analysed in; names are sent with each request of the SQL API
 * @param statementCount statements that we counted: always sent
 * @param timeoutSeconds the smaller of policy and client, if any
 * @param rowLimit the smaller of policy and client, if any
 * @param queryTag our tag
 * @param upstreamRequestId made when the statement was received; never another one for this statement
 * @param async whether the upstream is to answer at once
 */
public record UpstreamCall(
        StatementId id,
        AgentSession session,
        String executedText,
        Bindings bindings,
        Map<String, String> parameters,
        SessionContext context,
        int statementCount,
        OptionalLong timeoutSeconds,
        OptionalLong rowLimit,
        String queryTag,
        UUID upstreamRequestId,
        boolean async) {
    @Override
    public String toString() {
        return "UpstreamCall[" + id + "]";
    }
}
