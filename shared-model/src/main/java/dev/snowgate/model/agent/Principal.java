package dev.snowgate.model.agent;

import java.util.Optional;
import java.util.Set;

/**
 * Who acts: an agent, authenticated by its issuer, for a person or on behalf of its owners.
 *
 * @param agent the agent
 * @param issuer alias of the issuer of its token
 * @param groups groups that the token names, exact text
 * @param person the delegated person, if the token names one
 * @param owners people registered as owners of an agent without a delegated person; they cannot approve its requests
 */
public record Principal(
        AgentId agent, String issuer, Set<String> groups, Optional<PersonId> person, Set<PersonId> owners) {
    public Principal {
        groups = Set.copyOf(groups);
        owners = Set.copyOf(owners);
    }
}
