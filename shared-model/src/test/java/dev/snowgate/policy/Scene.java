package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A policy over a small catalogue, asked with real statements. */
record Scene(PolicySet policies, SessionContext context, RequestFacts facts) {
    static final CatalogSnapshot CATALOG = CatalogSnapshot.of("A", 1, CatalogYaml.read("catalog.yaml", """
        apiVersion: snowgate.dev/v1
        kind: Catalog
        databases:
          PROD:
            schemas:
              CRM:
                tables:
                  CUSTOMERS:
                    tags: [crm]
                    rows: 1000
                    bytes: 1048576
                    columns:
                      ID: number
                      EMAIL: {type: varchar, protect: email, tags: [contact]}
                      SSN: {type: varchar, protect: ssn}
                      COUNTRY: {type: varchar, tags: [public]}
                  EVENTS:
                    rows: 5000000
                    bytes: 5368709120
                    columns: {ID: number, KIND: varchar}
                  UNSIZED:
                    columns: {ID: number, NOTE: varchar}
                views:
                  COUNTRIES:
                    definition: select id, country from customers
                    columns: {ID: number, COUNTRY: varchar}
                  ACTIVE:
                    definition: select c.id from countries c join events e on e.id = c.id
                    columns: {ID: number}
                  HALF_KNOWN:
                    definition: select id from customers union all select id from unsized
                    columns: {ID: number}
                  HIDDEN:
                    columns: {ID: number}
                  REVIEWED:
                    columns: {ID: number, MAIL: {type: varchar, protect: email}}
                  AROUND_REVIEWED:
                    definition: select id from reviewed
                    columns: {ID: number}
                  MADE_UP:
                    definition: select seq4() as id from table(generator(rowcount => 1000000))
                    columns: {ID: number}
                objects:
                  DAILY:
                    kind: dynamic-table
                    definition: select id from customers
                    columns: {ID: number}
              LAB:
                tables:
                  SCRATCH:
                    tags: [scratch]
                    rows: 0
                    bytes: 0
                    columns: {ID: number, NOTE: varchar}
        """));
    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());

    static Scene of(String rules) {
        PolicySet set = PolicySet.compile(
                7,
                List.of(new PolicySource(
                        "p.yaml", "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nrules:\n" + rules)));
        return new Scene(
                set,
                SessionContext.of("A", "U", "ANALYST", Optional.of("WH_XS"), Optional.of("PROD"), Optional.of("CRM")),
                RequestFacts.NONE);
    }

    Scene from(String address) {
        return new Scene(
                policies, context, new RequestFacts(Addresses.parse(address), facts.readProtected(), facts.bound()));
    }

    Scene afterReading(String... categories) {
        return new Scene(policies, context, new RequestFacts(facts.clientAddress(), Set.of(categories), facts.bound()));
    }

    Scene binding(String... values) {
        return new Scene(
                policies,
                context,
                new RequestFacts(
                        facts.clientAddress(),
                        facts.readProtected(),
                        test -> List.of(values).stream().anyMatch(test)));
    }

    Scene on(String warehouse) {
        return new Scene(policies, context.withWarehouse(Optional.of(warehouse).filter(w -> !w.isEmpty())), facts);
    }

    Scene as(String role) {
        return new Scene(policies, context.withRole(role), facts);
    }

    Decision decide(String sql) {
        return policies.decide(new DecisionRequest(
                new Principal(new AgentId("copilot"), "corp", Set.of("analysts"), Optional.empty(), Set.of()),
                new ClientApplication("JDBC", "4"),
                Dialect.DRIVER,
                ANALYSER.analyse(sql, context, CATALOG, QueryLineage.NONE),
                context,
                CATALOG,
                Instant.parse("2026-06-15T12:00:00Z"),
                ZoneId.of("UTC"),
                facts));
    }

    /** The only statement of that text as it is understood. */
    StatementAnalysis statement(String sql) {
        return ((SqlAnalysis.Understood) ANALYSER.analyse(sql, context, CATALOG, QueryLineage.NONE))
                .statements()
                .getFirst();
    }

    /** Decision and rule, such as {@code deny default-deny}. */
    String ask(String sql) {
        DecisionView view = DecisionView.of(decide(sql));
        return view.decision() + " " + view.rule();
    }

    Obligations obligations(String sql) {
        return switch (decide(sql)) {
            case Decision.Allow allow -> allow.obligations();
            case Decision.RequireApproval held -> held.obligations();
            case Decision.Deny deny -> throw new AssertionError(deny);
        };
    }

    String fact(String sql, String rule) {
        return decide(sql).trail().steps().stream()
                .filter(step -> step.rule().equals(rule))
                .map(step -> step.file() + ":" + step.line() + " " + step.fact())
                .findFirst()
                .orElse("");
    }
}
