package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small account: a star after a column's name marks it as protected. */
final class SampleCatalog {
    static final CatalogSnapshot CATALOG = CatalogSnapshot.of(
                    "ACME",
                    1,
                    List.of(
                            object(
                                    ObjectKind.TABLE,
                                    "PROD.CRM.CUSTOMERS",
                                    null,
                                    "ID NAME* EMAIL* SSN* BIRTH_DATE* CITY SALARY*"),
                            object(
                                    ObjectKind.TABLE,
                                    "PROD.CRM.ORDERS",
                                    null,
                                    "ID CUSTOMER_ID AMOUNT ORDERED_AT STATUS DETAILS"),
                            object(ObjectKind.TABLE, "PROD.CRM.NOTES", null, "ID BODY* META*"),
                            object(ObjectKind.TABLE, "PROD.CRM.SCRATCH", null, "A B"),
                            object(ObjectKind.TABLE, "DEV.PLAY.SCRATCH", null, "A B"),
                            object(
                                    ObjectKind.VIEW,
                                    "PROD.CRM.V_CUST",
                                    "SELECT id, email AS contact, city FROM customers",
                                    "ID CONTACT CITY"),
                            object(
                                    ObjectKind.VIEW,
                                    "PROD.CRM.V_NESTED",
                                    "create view v_nested as select contact || '!' as x, id from crm.v_cust",
                                    "TOP_MAIL ID"),
                            object(ObjectKind.VIEW, "PROD.CRM.V_MARKED", "SELECT status FROM orders", "MASKED_HERE*"),
                            object(ObjectKind.VIEW, "PROD.CRM.V_OPAQUE", null, "X Y")))
            .with(SampleRoutines.ALL);

    static final SessionContext SESSION =
            SessionContext.of("ACME", "AGENT", "ANALYST", Optional.of("WH"), Optional.of("PROD"), Optional.of("CRM"));

    static final QueryLineage EARLIER = id -> switch (id) {
        case "owned-1" -> Optional.of(List.of(new OutputColumn("X", Set.of(column("EMAIL")), Derivation.DIRECT)));
        case "owned-3" ->
            Optional.of(List.of(
                    new OutputColumn("A", Set.of(), Derivation.CONSTANT),
                    new OutputColumn("B", Set.of(column("CITY")), Derivation.DIRECT),
                    new OutputColumn("C", Set.of(column("EMAIL")), Derivation.DIRECT)));
        case "LAST_QUERY_ID(-1)" ->
            Optional.of(List.of(new OutputColumn("X", Set.of(column("EMAIL")), Derivation.DIRECT)));
        default -> Optional.empty();
    };

    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());

    private SampleCatalog() {}

    static ColumnName column(String customerColumn) {
        return new ColumnName(new ObjectName("PROD", "CRM", "CUSTOMERS"), customerColumn);
    }

    static SqlAnalysis analyse(String text) {
        return ANALYSER.analyse(text, SESSION, CATALOG, EARLIER);
    }

    static List<StatementAnalysis> statements(String text) {
        return switch (analyse(text)) {
            case SqlAnalysis.Understood understood -> understood.statements();
            case SqlAnalysis.NotUnderstood not ->
                throw new AssertionError("not understood: " + not.construct() + ": " + not.reason() + " at "
                        + not.line() + ":" + not.column() + "\n" + text);
        };
    }

    static StatementAnalysis only(String text) {
        return statements(text).getLast();
    }

    static boolean isMasked(OutputColumn column) {
        return column.derivation() == Derivation.UNKNOWN
                || column.origins().stream().anyMatch(c -> CATALOG.protection(c).isPresent());
    }

    static CatalogObject object(ObjectKind kind, String name, @Nullable String definition, String columns) {
        String[] parts = name.split("\\.");
        List<CatalogColumn> list = new ArrayList<>();
        for (String column : columns.split(" ")) {
            boolean marked = column.endsWith("*");
            String plain = marked ? column.substring(0, column.length() - 1) : column;
            list.add(new CatalogColumn(
                    plain,
                    "VARCHAR",
                    true,
                    marked
                            ? Optional.of(new Protection(plain.toLowerCase(java.util.Locale.ROOT), "yaml:test"))
                            : Optional.empty()));
        }
        return new CatalogObject(
                new ObjectName(parts[0], parts[1], parts[2]),
                kind,
                list,
                Optional.ofNullable(definition),
                Set.of(),
                Instant.EPOCH);
    }
}
