package dev.snowgate.gateway.session;

import java.util.List;
import java.util.Map;

/** Registrations for tests. */
public final class TestAgents {
    private TestAgents() {}

    public static AgentRegistration copilot() {
        return new AgentRegistration(
                null, null, "SUPPORT", List.of("ANALYST"), "WH", List.of(), "PROD", "CRM", List.of("Bob@Example.com"));
    }

    public static IdentityProperties with(IssuerProperties... issuers) {
        return new IdentityProperties("SNOWGATE", List.of(issuers), Map.of("copilot", copilot()));
    }
}
