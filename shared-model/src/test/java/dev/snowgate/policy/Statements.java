package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import dev.snowgate.sql.UnloadTarget;
import dev.snowgate.sql.WriteLineage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds analyses by hand, so that the policy is tested without the analyser. */
final class Statements {
    static final ObjectName CUSTOMERS = new ObjectName("PROD", "CRM", "CUSTOMERS");
    static final ObjectName ORDERS = new ObjectName("PROD", "SALES", "ORDERS");
    static final ObjectName SCRATCH = new ObjectName("DEV", "SANDBOX", "SCRATCH");
    static final ColumnName EMAIL = new ColumnName(CUSTOMERS, "EMAIL");
    static final ColumnName SSN = new ColumnName(CUSTOMERS, "SSN");
    static final ColumnName COUNTRY = new ColumnName(CUSTOMERS, "COUNTRY");
    static final ColumnName NOTE = new ColumnName(SCRATCH, "NOTE");
    static final SessionContext CONTEXT =
            SessionContext.of("A", "U", "R", Optional.of("W"), Optional.of("PROD"), Optional.of("CRM"));
    static final CatalogSnapshot CATALOG = CatalogSnapshot.of(
            "A",
            1,
            List.of(
                    table(
                            CUSTOMERS,
                            column("ID", ""),
                            column("EMAIL", "email"),
                            column("SSN", "ssn"),
                            column("COUNTRY", "")),
                    table(ORDERS, column("ORDER_ID", ""), column("TOTAL", "")),
                    table(SCRATCH, column("ID", ""), column("NOTE", ""))));
    static final Instant MONDAY_NOON = Instant.parse("2026-06-15T12:00:00Z");

    private StatementKind kind = StatementKind.SELECT;
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final List<ObjectUse> objects = new ArrayList<>();
    private final List<OutputColumn> output = new ArrayList<>();
    private final Set<ColumnName> read = new HashSet<>();
    private final Set<ColumnName> predicate = new HashSet<>();
    private final Set<ColumnName> cardinality = new HashSet<>();
    private final List<WriteLineage> writes = new ArrayList<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> functions = new ArrayList<>();
    private Optional<UnloadTarget> unload = Optional.empty();
    private SessionContext after = CONTEXT;

    private static CatalogColumn column(String name, String category) {
        return new CatalogColumn(
                name,
                "VARCHAR",
                true,
                category.isEmpty() ? Optional.empty() : Optional.of(new Protection(category, "test")),
                category.equals("email") ? Set.of("contact") : Set.of(),
                Optional.empty());
    }

    private static CatalogObject table(ObjectName name, CatalogColumn... columns) {
        boolean sized = !name.equals(SCRATCH);
        return new CatalogObject(
                name,
                ObjectKind.TABLE,
                List.of(columns),
                Optional.empty(),
                Set.of("pii"),
                sized ? Optional.of(name.equals(ORDERS) ? 1_000_000L : 100L) : Optional.empty(),
                sized ? Optional.of(name.equals(ORDERS) ? 1L << 30 : 1L << 10) : Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    static Statements of(StatementKind kind, Effect... effects) {
        Statements made = new Statements();
        made.kind = kind;
        made.effects.addAll(List.of(effects));
        return made;
    }

    static Statements select(ObjectName... from) {
        Statements made = of(StatementKind.SELECT, Effect.READ);
        for (ObjectName name : from) {
            made.object(name, Effect.READ);
        }
        return made;
    }

    Statements object(ObjectName name, Effect effect) {
        objects.add(
                new ObjectUse(name, ObjectKind.TABLE, effect, CATALOG.find(name).isPresent()));
        effects.add(effect);
        return this;
    }

    Statements output(String name, Derivation derivation, ColumnName... origins) {
        output.add(new OutputColumn(name, Set.of(origins), derivation));
        read.addAll(List.of(origins));
        return this;
    }

    Statements predicate(ColumnName column) {
        predicate.add(column);
        read.add(column);
        return this;
    }

    Statements cardinality(ColumnName column) {
        cardinality.add(column);
        read.add(column);
        return this;
    }

    Statements write(ColumnName target, ColumnName... sources) {
        writes.add(new WriteLineage(target, Set.of(sources)));
        read.addAll(List.of(sources));
        return this;
    }

    Statements reads(ColumnName column) {
        read.add(column);
        return this;
    }

    Statements flag(String flag) {
        flags.add(flag);
        return this;
    }

    Statements function(String function) {
        functions.add(function);
        return this;
    }

    Statements unload(UnloadTarget target) {
        unload = Optional.of(target);
        return this;
    }

    Statements after(SessionContext context) {
        after = context;
        return this;
    }

    StatementAnalysis build() {
        return new StatementAnalysis(
                kind,
                effects,
                objects,
                functions,
                output,
                read,
                predicate,
                cardinality,
                writes,
                unload,
                List.of(),
                false,
                after,
                true,
                new TextSpan(0, 1),
                "title",
                flags);
    }

    static DecisionRequest request(Set<String> groups, Statements... statements) {
        List<StatementAnalysis> built =
                java.util.Arrays.stream(statements).map(Statements::build).toList();
        return request(
                groups, new SqlAnalysis.Understood(new ExecutedText("x", "x", List.of(), List.of(), List.of()), built));
    }

    static DecisionRequest request(Set<String> groups, SqlAnalysis analysis) {
        return new DecisionRequest(
                new Principal(new AgentId("support-copilot"), "dev", groups, Optional.empty(), Set.of()),
                new ClientApplication("JDBC", "4"),
                Dialect.DRIVER,
                analysis,
                CONTEXT,
                CATALOG,
                MONDAY_NOON,
                ZoneId.of("UTC"));
    }
}
