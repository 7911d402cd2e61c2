package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.Locale;
import java.util.Optional;

/** The names of a log-in: the client's wish where the registration allows it, else the registration's; folded as Snowflake does. */
final class WishedNames {
    private static final int LONGEST = 255;

    private WishedNames() {}

    static UpstreamLogIn of(Identity identity, LogInRequest request) {
        AgentRegistration agent = identity.registration();
        String role = stored(request.role()).orElse(agent.role());
        String warehouse = stored(request.warehouse()).orElse(agent.warehouse());
        if (!agent.allowsRole(role)) {
            throw refused("role");
        }
        if (!agent.allowsWarehouse(warehouse)) {
            throw refused("warehouse");
        }
        Optional<String> database = stored(request.database());
        Optional<String> schema = stored(request.schema());
        // A schema of the registration belongs to its own database, never to one that the client chose.
        return new UpstreamLogIn(
                identity.principal().agent().value(),
                agent,
                role,
                warehouse,
                database.or(() -> Optional.ofNullable(agent.database())),
                schema.or(() -> database.isPresent() ? Optional.empty() : Optional.ofNullable(agent.schema())),
                request.client(),
                request.sessionParameters());
    }

    /** The stored form of a name as written by a client: quoted as it is, else in upper case. */
    static Optional<String> stored(Optional<String> written) {
        return written.map(String::strip).filter(name -> !name.isEmpty()).map(WishedNames::fold);
    }

    private static String fold(String name) {
        boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
        String folded =
                quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name.toUpperCase(Locale.ROOT);
        if (folded.length() > LONGEST || folded.chars().anyMatch(Character::isISOControl)) {
            throw new GatewayException(
                    GatewayErrorCode.AUTHENTICATION_FAILED, "A name given at log-in is not a valid identifier.");
        }
        return folded;
    }

    private static GatewayException refused(String what) {
        return new GatewayException(
                GatewayErrorCode.AUTHENTICATION_FAILED,
                "The " + what
                        + " asked for at log-in is not one that this agent may use. Leave it out to use the agent's own.");
    }
}
