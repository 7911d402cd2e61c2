package dev.snowgate.gateway.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation says about one agent: whom it is upstream and where it starts.
 *
 * @param upstreamUser the Snowflake user that acts for it; by default the agent's name in upper case with {@code _} for
 *     {@code -}
 * @param privateKeyFile its own key for that user (PEM, PKCS#8); by default the upstream's common key
 * @param role role named at log-in
 * @param roles further roles that a client may ask for at log-in
 * @param warehouse warehouse named at log-in
 * @param warehouses further warehouses that a client may ask for at log-in
 * @param database database named at log-in unless the client asks for another
 * @param schema schema named at log-in unless the client asks for another
 * @param owners claims of the people who own an agent that acts for nobody: they cannot approve its requests
 */
public record AgentRegistration(
        @Nullable String upstreamUser,
        @Nullable Path privateKeyFile,
        String role,
        @DefaultValue List<String> roles,
        String warehouse,
        @DefaultValue List<String> warehouses,
        @Nullable String database,
        @Nullable String schema,
        @DefaultValue List<String> owners) {
    public AgentRegistration {
        Settings.require(role, "role");
        Settings.require(warehouse, "warehouse");
        roles = List.copyOf(roles);
        warehouses = List.copyOf(warehouses);
        owners = owners.stream()
                .map(owner -> owner.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The Snowflake user of the agent of that name. */
    public String userOf(String agent) {
        return upstreamUser != null
                ? upstreamUser
                : agent.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Its own key, if it has one. */
    public Optional<Path> ownKey() {
        return Optional.ofNullable(privateKeyFile);
    }

    /** Whether a client may log in with that role, as stored. */
    boolean allowsRole(String wished) {
        return wished.equals(role) || roles.contains(wished);
    }

    /** Whether a client may log in with that warehouse, as stored. */
    boolean allowsWarehouse(String wished) {
        return wished.equals(warehouse) || warehouses.contains(wished);
    }
}
