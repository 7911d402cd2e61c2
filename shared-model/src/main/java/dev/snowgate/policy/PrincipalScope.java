package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.network.Network;
import java.util.List;

/** Who: each list that is not empty must have a match. Groups and names are compared exactly as the token has them. */
record PrincipalScope(
        List<Glob> agents,
        List<Glob> groups,
        List<Glob> persons,
        List<Glob> clients,
        List<Glob> issuers,
        List<Network> networks) {
    static final PrincipalScope ANY =
            new PrincipalScope(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** @param permissive whether a match frees from something: then an address that is not known fits no network */
    boolean matches(DecisionRequest request, boolean permissive) {
        return matches(request.principal(), request.client()) && fitsNetwork(request, permissive);
    }

    private boolean matches(Principal principal, ClientApplication client) {
        return (agents.isEmpty() || Glob.anyMatches(agents, principal.agent().value()))
                && (groups.isEmpty() || Glob.anyMatches(groups, principal.groups()))
                && (issuers.isEmpty() || Glob.anyMatches(issuers, principal.issuer()))
                && (clients.isEmpty() || Glob.anyMatches(clients, client.name()))
                && (persons.isEmpty()
                        || principal
                                .person()
                                .filter(p -> Glob.anyMatches(persons, p.claim()))
                                .isPresent());
    }

    private boolean fitsNetwork(DecisionRequest request, boolean permissive) {
        return networks.isEmpty()
                || request.facts()
                        .clientAddress()
                        .map(address -> networks.stream().anyMatch(network -> network.contains(address)))
                        .orElse(!permissive);
    }
}
