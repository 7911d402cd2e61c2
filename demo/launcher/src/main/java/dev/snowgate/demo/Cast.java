package dev.snowgate.demo;

import java.util.List;

/** Who plays in the demo: people, agents and the Snowflake users behind the agents. */
final class Cast {
    static final String ACCOUNT = "ACME-EU1";
    static final String AUDIENCE = "snowgate";
    static final String CATALOG_USER = "SVC_CATALOG";

    /** Reviews in the check; owns none of the agents. */
    static final Person APPROVER = new Person(
            "mara.lindqvist@acme.example", "Mara Lindqvist", List.of("data-owners", "approvers", "auditors"));

    /** Operates the console. */
    static final Person ADMIN = new Person("sam.ode@acme.example", "Sam Ode", List.of("admins", "auditors"));

    static final List<Person> PEOPLE = List.of(
            APPROVER,
            new Person("ivo.marek@acme.example", "Ivo Marek", List.of("data-owners", "approvers")),
            new Person("dana.whitfield@acme.example", "Dana Whitfield", List.of("data-owners", "approvers")),
            ADMIN);

    static final Agent SUPPORT = new Agent(
            "support-copilot",
            List.of("analysts-masked"),
            "priya.raman@acme.example",
            "SVC_SUPPORT_COPILOT",
            "AGENT_READER");
    static final Agent FORECAST = new Agent(
            "forecast-agent",
            List.of("forecasting"),
            "dana.whitfield@acme.example",
            "SVC_FORECAST_AGENT",
            "AGENT_WRITER");
    static final Agent LEDGER =
            new Agent("ledger-agent", List.of("finance"), "ana.ruiz@acme.example", "SVC_LEDGER_AGENT", "AGENT_WRITER");
    static final List<Agent> AGENTS = List.of(SUPPORT, FORECAST, LEDGER);

    private Cast() {}

    /** Somebody with a log-in at the console. */
    record Person(String email, String name, List<String> groups) {}

    /** An agent, for whom it acts, and what it becomes upstream. */
    record Agent(String id, List<String> groups, String person, String upstreamUser, String role) {}

    static Agent agent(String id) {
        return AGENTS.stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DemoException("There is no agent '" + id + "'. Known: "
                        + String.join(", ", AGENTS.stream().map(Agent::id).toList())));
    }
}
