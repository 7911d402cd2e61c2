package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Obligations;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** One statement with everything that the pure parts of the pipeline look at; each part can be exchanged. */
record PipelineFixture(
        String text,
        String bound,
        String agent,
        String person,
        String queryTag,
        Map<String, String> parameters,
        SessionContext context,
        List<StatementAnalysis> statements,
        CatalogSnapshot catalog) {
    static final ObjectName CUSTOMERS = new ObjectName("PROD", "CRM", "CUSTOMERS");
    static final ObjectName ORDERS = new ObjectName("PROD", "CRM", "ORDERS");
    static final ColumnName EMAIL = new ColumnName(CUSTOMERS, "EMAIL");
    static final SessionContext CONTEXT = SessionContext.of(
            "acme", "AGENT_USER", "AGENT_ROLE", Optional.of("WH"), Optional.of("PROD"), Optional.of("CRM"));

    static PipelineFixture standard() {
        return new PipelineFixture(
                "select email from customers",
                "[]",
                "copilot",
                "ann@example.com",
                "",
                Map.of(),
                CONTEXT,
                List.of(reading(CUSTOMERS)),
                catalog("select email from raw"));
    }

    PipelineFixture withText(String other) {
        return new PipelineFixture(other, bound, agent, person, queryTag, parameters, context, statements, catalog);
    }

    PipelineFixture withBound(String other) {
        return new PipelineFixture(text, other, agent, person, queryTag, parameters, context, statements, catalog);
    }

    PipelineFixture withAgent(String otherAgent, String otherPerson) {
        return new PipelineFixture(
                text, bound, otherAgent, otherPerson, queryTag, parameters, context, statements, catalog);
    }

    PipelineFixture withQueryTag(String other) {
        return new PipelineFixture(text, bound, agent, person, other, parameters, context, statements, catalog);
    }

    PipelineFixture withParameters(Map<String, String> other) {
        return new PipelineFixture(text, bound, agent, person, queryTag, other, context, statements, catalog);
    }

    PipelineFixture withContext(SessionContext other) {
        return new PipelineFixture(text, bound, agent, person, queryTag, parameters, other, statements, catalog);
    }

    PipelineFixture withStatements(StatementAnalysis... others) {
        return new PipelineFixture(text, bound, agent, person, queryTag, parameters, context, List.of(others), catalog);
    }

    PipelineFixture withCatalog(CatalogSnapshot other) {
        return new PipelineFixture(text, bound, agent, person, queryTag, parameters, context, statements, other);
    }

    Statement statement() {
        Principal principal = new Principal(
                new AgentId(agent),
                "idp",
                Set.of(),
                person.isEmpty() ? Optional.empty() : Optional.of(new PersonId("idp", person)),
                Set.of());
        AgentSession session = new AgentSession(
                new SessionId(new UUID(1, 2)),
                "acme",
                Dialect.DRIVER,
                principal,
                new ClientApplication("JDBC", "4.4.1"),
                "127.0.0.1",
                context,
                false,
                Instant.EPOCH);
        byte[] bytes = bound.getBytes(StandardCharsets.UTF_8);
        return new Statement(
                StatementId.random(),
                session,
                "r-1",
                text,
                new Bindings(bytes, bytes),
                parameters,
                context,
                false,
                false,
                OptionalInt.of(1),
                OptionalLong.empty(),
                OptionalLong.empty(),
                queryTag,
                List.of(),
                Instant.EPOCH);
    }

    AnalysedStatement analysed() {
        ExecutedText executed = new ExecutedText(text, text, List.of(), List.of(), List.of());
        return new AnalysedStatement(statement(), new SqlAnalysis.Understood(executed, statements), catalog);
    }

    static CatalogSnapshot catalog(String definition) {
        return CatalogSnapshot.of(
                "acme",
                1,
                List.of(
                        new CatalogObject(
                                CUSTOMERS,
                                ObjectKind.VIEW,
                                List.of(new CatalogColumn(
                                        "EMAIL", "TEXT", true, Optional.of(new Protection("email", "mark")))),
                                Optional.of(definition),
                                Set.of(),
                                Instant.EPOCH),
                        new CatalogObject(
                                ORDERS,
                                ObjectKind.TABLE,
                                List.of(new CatalogColumn("ORDER_ID", "FIXED", false, Optional.empty())),
                                Optional.empty(),
                                Set.of(),
                                Instant.EPOCH)));
    }

    static StatementAnalysis reading(ObjectName object) {
        Set<ColumnName> read = object.equals(CUSTOMERS) ? Set.of(EMAIL) : Set.of(new ColumnName(object, "ORDER_ID"));
        return analysis(
                CONTEXT, true, read, Set.of(Effect.READ), new ObjectUse(object, ObjectKind.TABLE, Effect.READ, true));
    }

    static StatementAnalysis leaving(SessionContext after, boolean known, Effect... effects) {
        return analysis(after, known, Set.of(), Set.of(effects));
    }

    static StatementAnalysis analysis(
            SessionContext after, boolean known, Set<ColumnName> read, Set<Effect> effects, ObjectUse... objects) {
        return new StatementAnalysis(
                StatementKind.SELECT,
                effects,
                Arrays.asList(objects),
                List.of(),
                List.of(),
                read,
                Set.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                false,
                after,
                known,
                new TextSpan(0, 1),
                "title",
                Set.of());
    }

    static MaskPlan plan(Optional<MaskFunction> first, Optional<MaskFunction> second) {
        return new MaskPlan(List.of(column("A", first), column("B", second)), true);
    }

    private static MaskPlan.PlannedColumn column(String name, Optional<MaskFunction> function) {
        return new MaskPlan.PlannedColumn(name, function.map(Mask::of), "rule", "category");
    }

    static Obligations obligations(MaskPlan... plans) {
        return new Obligations(List.of(plans), Optional.empty(), Optional.empty(), Obligations.RecordLevel.AS_SEEN);
    }
}
