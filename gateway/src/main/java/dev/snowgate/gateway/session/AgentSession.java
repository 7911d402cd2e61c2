package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import java.time.Instant;

/**
 * An authenticated agent's session as it was when it was looked up.
 *
 * @param id its identity; tokens are versions of it
 * @param account the upstream account
 * @param dialect the dialect it was opened in; a session of the SQL API exists for the recording only
 * @param principal who acts
 * @param client what software it says it is
 * @param network the peer's address, for the recording
 * @param context the context in force, with its epoch
 * @param drifted whether the upstream context was seen to differ from ours: then only USE and log-out are accepted
 * @param expiresAt when the session ends, whatever its tokens say
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
        Instant expiresAt) {}
