package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import java.util.Map;
import java.util.Optional;

/**
 * An upstream session to be opened for an agent. All names are as Snowflake stores them and are always sent, so that no
 * default of the Snowflake user ever counts.
 *
 * @param agent the agent's name
 * @param registration its registration
 * @param client what software the agent says it is: Snowflake decides formats by it
 * @param parameters session parameters that the client wishes; the upstream side keeps only those that may be forwarded
 */
public record UpstreamLogIn(
        String agent,
        AgentRegistration registration,
        String role,
        String warehouse,
        Optional<String> database,
        Optional<String> schema,
        ClientApplication client,
        Map<String, String> parameters) {
    public UpstreamLogIn {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "UpstreamLogIn[" + agent + "]";
    }
}
