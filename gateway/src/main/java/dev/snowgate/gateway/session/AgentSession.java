package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import java.time.Instant;
import java.util.Set;

/**
 * An authenticated agent's session as it was when it was looked up.
 *
 * @param id its identity; tokens are versions of it
 * @param account the upstream account
 * @param dialect the dialect it was opened in; a session of the SQL API exists for the recording only
 * @param principal who acts
 * @param client what software it says it is
 * @param network the client's address of the exchange that it was looked up for, else that of its log-in; a word that is no
 *     address where it is not known
 * @param context the context in force, with its epoch
 * @param drifted whether the upstream context was seen to differ from ours: then only USE and log-out are accepted
 * @param expiresAt when the session ends, whatever its tokens say
 * @param readProtected categories of protected columns that its statements have read
 */
public record AgentSession(
        SessionId id,
        String account,
        Dialect dialect,
        Principal principal,
        ClientApplication client,
        String network,
        SessionContext context,
        boolean drifted,
        Instant expiresAt,
        Set<String> readProtected) {
    public AgentSession {
        readProtected = Set.copyOf(readProtected);
    }

    /** A session that has read nothing. */
    public AgentSession(
            SessionId id,
            String account,
            Dialect dialect,
            Principal principal,
            ClientApplication client,
            String network,
            SessionContext context,
            boolean drifted,
            Instant expiresAt) {
        this(id, account, dialect, principal, client, network, context, drifted, expiresAt, Set.of());
    }

    /** The same, seen from another address. */
    AgentSession from(String address) {
        return new AgentSession(
                id, account, dialect, principal, client, address, context, drifted, expiresAt, readProtected);
    }

    /** The same for a principal that was just verified. */
    AgentSession as(Principal verified) {
        return new AgentSession(
                id, account, dialect, verified, client, network, context, drifted, expiresAt, readProtected);
    }
}
