package dev.snowgate.benchmarks;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.DecisionRequest;
import dev.snowgate.policy.PolicySet;
import dev.snowgate.policy.PolicySource;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The statements of a file with all that is needed to analyse and decide them. */
final class AnalysisWork {
    /** Lines {@code {"sql": …}}. */
    static final String STATEMENTS = "snowgate.bench.statements";

    private static final Path POLICIES = Path.of("policies");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SessionContext CONTEXT = SessionContext.of(
            "BENCH", "AGENT_USER", "AGENT_ROLE", Optional.of("AGENT_WH"), Optional.of("PROD"), Optional.of("CRM"));

    final SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());
    final CatalogSnapshot catalog;
    final List<String> statements;

    AnalysisWork() {
        try {
            Path catalogFile = POLICIES.resolve("catalog.yaml");
            Path marksFile = POLICIES.resolve("protection.yaml");
            List<CatalogObject> objects = CatalogYaml.read("catalog.yaml", Files.readString(catalogFile));
            catalog = CatalogSnapshot.of(
                    "BENCH",
                    1,
                    ProtectionMarks.read("protection.yaml", Files.readString(marksFile))
                            .applyTo(objects));
            statements =
                    Files.readAllLines(Path.of(System.getProperty(STATEMENTS, "benchmarks/statements.jsonl"))).stream()
                            .filter(line -> !line.isBlank())
                            .map(line -> JSON.readTree(line).path("sql").asString(""))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SqlAnalysis analyse(String sql) {
        return analyser.analyse(sql, CONTEXT, catalog, QueryLineage.NONE);
    }

    List<DecisionRequest> requests() {
        return statements.stream().map(this::request).toList();
    }

    private DecisionRequest request(String sql) {
        return new DecisionRequest(
                new Principal(
                        new AgentId("support-copilot"), "bench", Set.of("analysts-masked"), Optional.empty(), Set.of()),
                new ClientApplication("JDBC", "4"),
                Dialect.DRIVER,
                analyse(sql),
                CONTEXT,
                catalog,
                Instant.parse("2026-06-15T12:00:00Z"),
                ZoneId.of("UTC"));
    }

    /**
     * A set of so many rules: ten that speak of these statements, all others of other teams' agents, groups and databases, as in a
     * company where each team has its rules.
     */
    static PolicySet policies(int rules) {
        StringBuilder text = new StringBuilder("""
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: bench
            masks:
              - {name: mask-email, columns: {categories: [email]}, mask: email}
              - {name: mask-rest, columns: {categories: ["*"]}, mask: redact}
            rules:
              - {name: no-drops, effect: deny, statements: {effects: [drop]}, unless: {objects: [DEV]}, reason: r}
              - {name: no-unload, effect: deny, statements: {effects: [unload, file-transfer]}, reason: r}
              - {name: no-privileges, effect: deny, statements: {effects: [privilege, cost]}, reason: r}
              - {name: no-calls, effect: deny, statements: {effects: [external-call]}, reason: r}
              - {name: writes-wait, effect: require-approval, objects: [{names: [PROD], effects: [write]}], reason: r}
              - {name: reads, effect: allow, principals: {groups: [analysts-masked]}, objects: [PROD], predicate-use: allow, cardinality-use: allow}
              - {name: lab, effect: allow, objects: [DEV], cardinality-use: allow}
              - {name: essentials, effect: allow, objects: none}
              - {name: nights, effect: deny, statements: {effects: [write]}, condition: hour > 22, reason: r}
              - {name: limits, effect: limit, statements: {effects: [read]}, obligations: {row-limit: 10000}}
            """);
        for (int i = 10; i < rules; i++) {
            text.append("  - {name: team-")
                    .append(i)
                    .append(
                            switch (i % 4) {
                                case 0 -> ", effect: allow, principals: {agents: [agent-" + i + "]}, objects: [PROD]";
                                case 1 -> ", effect: allow, principals: {groups: [team-" + i + "]}, objects: any";
                                case 2 -> ", effect: deny, objects: [TEAM_" + i + ".SECRET], reason: r";
                                default ->
                                    ", effect: require-approval, objects: [{names: [TEAM_" + i
                                            + "], effects: [write]}], reason: r";
                            })
                    .append("}\n");
        }
        return PolicySet.compile(1, List.of(new PolicySource("bench.yaml", text.toString())));
    }
}
