package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import java.util.Map;
import java.util.Optional;

/**
 * A driver's log-in, read from its protocol.
 *
 * @param authenticator the method as the driver names it; only {@code OAUTH} opens a session
 * @param token the identity provider's token
 * @param loginName the name that the client was configured with: a claim, never who it is
 * @param accountName the account that the client was configured with
 * @param database wished database, as written by the client
 * @param schema wished schema, as written by the client
 * @param warehouse wished warehouse, as written by the client
 * @param role wished role, as written by the client
 * @param sessionParameters wished session parameters, name to text
 * @param client what software it says it is
 * @param network the peer's address, for the recording
 * @param environment what the client tells about its machine, for the recording
 */
public record LogInRequest(
        String authenticator,
        String token,
        String loginName,
        String accountName,
        Optional<String> database,
        Optional<String> schema,
        Optional<String> warehouse,
        Optional<String> role,
        Map<String, String> sessionParameters,
        ClientApplication client,
        String network,
        Map<String, String> environment) {
    public LogInRequest {
        sessionParameters = Map.copyOf(sessionParameters);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "LogInRequest[" + client + ", " + network + "]";
    }
}
