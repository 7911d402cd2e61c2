package dev.snowgate.codec;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.catalog.SessionOverlay;
import dev.snowgate.catalog.SessionVariable;
import dev.snowgate.catalog.TemporaryColumn;
import dev.snowgate.catalog.TemporaryObject;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.policy.Obligations;
import dev.snowgate.policy.PolicyTrail;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.QueryIdUse;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.TextSpan;
import dev.snowgate.sql.UnloadTarget;
import dev.snowgate.sql.WriteLineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One value of every encoded type, with every kind of field filled. */
final class Samples {
    static final SessionId SESSION = new SessionId(UUID.fromString("11111111-2222-4333-8444-555555555555"));
    static final StatementId STATEMENT = new StatementId(UUID.fromString("5e000000-0000-8000-8000-000000000001"));
    private static final ObjectName CUSTOMERS = new ObjectName("PROD", "CRM", "CUSTOMERS");

    private Samples() {}

    static SessionContext context() {
        return new SessionContext(
                "acme-prod",
                "SUPPORT_COPILOT",
                "ANALYST",
                Set.of("B", "A", "C"),
                Optional.of("WH"),
                Optional.of("PROD"),
                Optional.empty(),
                List.of("$current", "PUBLIC"),
                new TreeMap<>(Map.of("TIMEZONE", "Europe/Berlin", "AUTOCOMMIT", "true")),
                Set.of("V2", "V1"),
                Set.of("PROD.CRM.\"t ü\""),
                TransactionState.UNKNOWN,
                true,
                7);
    }

    static SessionContext contextWithOverlay() {
        ColumnName email = new ColumnName(CUSTOMERS, "EMAIL");
        ObjectName mine = new ObjectName("PROD", "CRM", "MINE");
        Protection derived = new Protection("email", "derived:" + email);
        return context()
                .withOverlay(
                        Set.of("V1"),
                        Set.of(mine.toString()),
                        new SessionOverlay(
                                true,
                                List.of(new TemporaryObject(
                                        mine,
                                        ObjectKind.TABLE,
                                        List.of(new TemporaryColumn(
                                                new CatalogColumn("E", "VARIANT", true, Optional.of(derived)),
                                                Set.of(email, new ColumnName(mine, "E")),
                                                true,
                                                true)))),
                                List.of(new SessionVariable(
                                        "V1",
                                        new TemporaryColumn(
                                                new CatalogColumn("VALUE", "VARIANT", true, Optional.empty()),
                                                Set.of(),
                                                false,
                                                false))),
                                Set.of("PROD.CRM.OLD")));
    }

    static MaskPlan plan() {
        return new MaskPlan(
                List.of(
                        new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                        new MaskPlan.PlannedColumn(
                                "EMAIL", Optional.of(Mask.of(MaskFunction.EMAIL)), "mask-pii", "email"),
                        new MaskPlan.PlannedColumn(
                                "NOTE", Optional.of(new Mask(MaskFunction.REDACT, "‹gone›")), "mask-pii", "free-text")),
                true);
    }

    static MaskPlan openPlan() {
        return new MaskPlan(
                plan().columns(),
                true,
                Optional.of(new MaskPlan.PlannedColumn(
                        "", Optional.of(Mask.of(MaskFunction.REDACT)), "mask-pii", "email")));
    }

    /** The same with a result whose number of columns is not known. */
    static RecordedAnalysis openAnalysis() {
        StatementAnalysis s = analysis().statements().getFirst();
        return new RecordedAnalysis(
                List.of(new StatementAnalysis(
                        s.kind(),
                        s.effects(),
                        s.objects(),
                        s.functions(),
                        s.output(),
                        s.readColumns(),
                        s.predicateUse(),
                        s.cardinalityUse(),
                        s.writes(),
                        s.unload(),
                        s.queryIds(),
                        s.lastQueryIdUse(),
                        s.contextAfter(),
                        s.contextAfterKnown(),
                        s.span(),
                        s.title(),
                        s.flags(),
                        Set.of(StatementKind.SELECT, StatementKind.SHOW),
                        Optional.of(new OutputColumn(
                                "", Set.of(new ColumnName(CUSTOMERS, "EMAIL")), OutputColumn.Derivation.AGGREGATED)))),
                Optional.empty());
    }

    static RecordedAnalysis analysis() {
        ColumnName email = new ColumnName(CUSTOMERS, "EMAIL");
        ColumnName id = new ColumnName(CUSTOMERS, "ID");
        StatementAnalysis statement = new StatementAnalysis(
                StatementKind.SELECT,
                Set.of(Effect.READ, Effect.METADATA),
                List.of(new ObjectUse(CUSTOMERS, ObjectKind.TABLE, Effect.READ, true)),
                List.of("LOWER"),
                List.of(new OutputColumn("E", Set.of(email, id), OutputColumn.Derivation.DERIVED)),
                Set.of(id, email),
                Set.of(email),
                Set.of(),
                List.of(new WriteLineage(id, Set.of(email))),
                Optional.of(UnloadTarget.NAMED_STAGE),
                List.of(new QueryIdUse("01b2c3d4-0000-0000-0000-000000000000", new TextSpan(3, 41), "RESULT_SCAN")),
                false,
                context(),
                true,
                new TextSpan(0, 60),
                "Read PROD.CRM.CUSTOMERS",
                Set.of("time-travel", "or-replace"));
        return new RecordedAnalysis(List.of(statement), Optional.empty());
    }

    static RecordedAnalysis notUnderstood() {
        return new RecordedAnalysis(
                List.of(), Optional.of(new RecordedAnalysis.Problem("ASOF join", "not read", "use a window", 3, 14)));
    }

    static PolicyTrail trail() {
        return new PolicyTrail(
                12,
                Instant.parse("2026-11-23T09:00:00.123456Z"),
                "Europe/Berlin",
                List.of(new PolicyTrail.Step("reads", "production.yaml", 8, "allow", "group support", 0)));
    }

    static RecordedDecision decision() {
        return new RecordedDecision(
                RecordedDecision.Effect.REQUIRE_APPROVAL,
                "production-writes",
                "writes to production",
                "",
                "dba",
                Optional.of(Duration.ofHours(8)),
                trail(),
                Optional.of(new Obligations(
                        List.of(plan(), MaskPlan.none()),
                        Optional.of(1000L),
                        Optional.of(Duration.ofSeconds(90)),
                        Obligations.RecordLevel.MASKED)));
    }

    static CatalogObject catalogObject() {
        return new CatalogObject(
                CUSTOMERS,
                ObjectKind.VIEW,
                List.of(
                        new CatalogColumn("ID", "NUMBER", false, Optional.empty()),
                        new CatalogColumn(
                                "EMAIL", "TEXT", true, Optional.of(new Protection("email", "yaml:catalog.yaml")))),
                Optional.of("select id, email from raw"),
                Set.of("PII", "GOLD"),
                Instant.parse("2026-11-23T09:00:00Z"));
    }

    static CatalogObject catalogObjectInFull() {
        return new CatalogObject(
                CUSTOMERS,
                ObjectKind.TABLE,
                List.of(new CatalogColumn(
                        "EMAIL",
                        "TEXT",
                        true,
                        Optional.empty(),
                        Set.of("PII=email", "GDPR"),
                        Optional.of("GOV.P.MASK_EMAIL"))),
                Optional.empty(),
                Set.of(),
                Optional.of(120_000L),
                Optional.of(9_000_000L),
                Optional.of(Instant.parse("2026-11-22T09:00:00Z")),
                Instant.parse("2026-11-23T09:00:00Z"));
    }

    static SessionEvent event() {
        return SessionEvent.of(
                SESSION,
                STATEMENT,
                EventKind.RETURNED,
                Instant.parse("2026-11-23T09:00:01.000001999Z"),
                "support-copilot",
                Map.of("rows", "5", "bytes", "812", "name", "ü \"quoted\"\n\u0001"));
    }

    static StatementText text() {
        return new StatementText(
                "select 'x' -- why",
                Optional.of(new ExecutedText(
                        "select 'x'       ",
                        "select ‹1›       ",
                        List.of("'x'"),
                        List.of(" why"),
                        List.of(new ExecutedText.TokenSpan(new TextSpan(0, 6), ExecutedText.TokenClass.KEYWORD)))));
    }
}
