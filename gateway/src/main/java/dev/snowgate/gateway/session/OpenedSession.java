package dev.snowgate.gateway.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A session just opened, with the only copy of its tokens.
 *
 * @param session the session
 * @param sessionToken sent with every call
 * @param masterToken renews the session token
 * @param sessionValidity how long the session token is good for
 * @param masterValidity how long the master token is good for
 * @param parameters session parameters to tell the client, name to text, number or boolean
 * @param names names in force: keys {@code database}, {@code schema}, {@code warehouse}, {@code role}; empty where none is
 * @param number a positive number that stands for the session in the driver's protocol; never the upstream's
 */
public record OpenedSession(
        AgentSession session,
        String sessionToken,
        String masterToken,
        Duration sessionValidity,
        Duration masterValidity,
        Map<String, Object> parameters,
        Map<String, Optional<String>> names,
        long number) {
    public OpenedSession {
        parameters = Map.copyOf(parameters);
        names = Map.copyOf(names);
    }

    @Override
    public String toString() {
        return "OpenedSession[" + session.id() + "]";
    }
}
