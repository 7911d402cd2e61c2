package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.Principal;
import java.time.Instant;

/** What a verified token of an identity provider says, with the registration of the agent that it names. */
record Identity(Principal principal, AgentRegistration registration, Instant expiresAt) {}
