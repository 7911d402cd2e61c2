package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.PersonId;
import java.util.Optional;

/** Who owns a query id: not a session, because drivers re-fetch by id from a new one. */
public record Owner(String account, AgentId agent, Optional<String> person) {
    public static Owner of(AgentSession session) {
        return new Owner(
                session.account(),
                session.principal().agent(),
                session.principal().person().map(PersonId::claim));
    }
}
