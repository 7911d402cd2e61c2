package dev.snowgate.gateway.session;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come: prefix {@code snowgate}.
 *
 * @param account the account that clients name and that the recording shows
 * @param issuers trusted issuers; without one nobody can log in
 * @param agents registered agents by name; a token of any other agent is refused
 */
@ConfigurationProperties("snowgate")
public record IdentityProperties(
        String account,
        @DefaultValue List<IssuerProperties> issuers,
        @DefaultValue Map<String, AgentRegistration> agents) {
    public IdentityProperties {
        Settings.require(account, "snowgate.account");
        issuers = List.copyOf(issuers);
        agents = Map.copyOf(agents);
        Set<String> seen = new HashSet<>();
        for (IssuerProperties issuer : issuers) {
            if (!seen.add("alias " + issuer.alias()) || !seen.add("uri " + issuer.issuerUri())) {
                throw new IllegalArgumentException("'snowgate.issuers' names " + issuer.alias() + " twice");
            }
        }
    }

    Optional<IssuerProperties> issuer(String alias) {
        return issuers.stream().filter(issuer -> issuer.alias().equals(alias)).findFirst();
    }

    /** The agent of that name, if it is registered. */
    public Optional<AgentRegistration> agent(String name) {
        return Optional.ofNullable(agents.get(name));
    }
}
