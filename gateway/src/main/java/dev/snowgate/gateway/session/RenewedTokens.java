package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import java.time.Duration;

/**
 * The next version of a session's tokens.
 *
 * @param session whose
 * @param sessionToken the new session token
 * @param masterToken the new master token
 * @param sessionValidity how long the session token is good for, from now
 * @param masterValidity how long the master token is good for, from now
 * @param number the session's number in the driver's protocol, as at log-in
 */
public record RenewedTokens(
        SessionId session,
        String sessionToken,
        String masterToken,
        Duration sessionValidity,
        Duration masterValidity,
        long number) {
    @Override
    public String toString() {
        return "RenewedTokens[" + session + "]";
    }
}
