package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Argument;
import dev.snowgate.catalog.Routine.Result;
import dev.snowgate.catalog.Routine.Rights;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions and procedures of the small account. */
final class SampleRoutines {
    static final List<CatalogObject> ALL = List.of(
            function("PROD.CRM.MAIL_OF", "(CID NUMBER)", "VARCHAR", "SELECT MAX(email) FROM customers WHERE id = cid"),
            function("PROD.CRM.CITY_OF", "(CID NUMBER)", "VARCHAR", "SELECT MAX(city) FROM customers WHERE id = cid"),
            function("PROD.CRM.IS_SSN", "(S VARCHAR)", "BOOLEAN", "EXISTS (SELECT 1 FROM customers WHERE ssn = s)"),
            function("PROD.CRM.PLUS_TAX", "(V NUMBER, RATE NUMBER DEFAULT 8)", "NUMBER", "v * (100 + rate) / 100"),
            function("PROD.CRM.PICK", "(A NUMBER)", "VARCHAR", "SELECT MAX(city) FROM customers"),
            function("PROD.CRM.PICK", "(A VARCHAR)", "VARCHAR", "SELECT MAX(ssn) FROM customers"),
            function("PROD.CRM.LOOPED", "(A NUMBER)", "NUMBER", "looped(a)"),
            function("PROD.CRM.TOP_NAME", "(A NUMBER)", "VARCHAR", "mail_of(a) || city_of(a)"),
            function("PROD.CRM.HALF_READ", "(A NUMBER)", "VARCHAR", "SELECT MAX(x) FROM nowhere_to_be_seen"),
            function(
                    "PROD.CRM.CTE_FN",
                    "()",
                    "VARCHAR",
                    "WITH customers AS (SELECT city AS email FROM crm.customers) "
                            + "SELECT MAX(email) FROM customers"),
            function("PROD.CRM.SHADOWED", "(EMAIL VARCHAR)", "VARCHAR", "SELECT MAX(email) FROM orders"),
            function("PROD.CRM.SAME_NAME", "(CITY VARCHAR)", "VARCHAR", "SELECT MAX(city) FROM customers"),
            function("PROD.CRM.\\lower", "(A NUMBER)", "VARCHAR", "SELECT MAX(email) FROM customers"),
            function("PROD.CRM.flatten", "(A NUMBER)", "TABLE (VALUE VARCHAR)", "SELECT email FROM customers"),
            function(
                    "PROD.CRM.PEOPLE_IN",
                    "(TOWN VARCHAR)",
                    "TABLE (WHO VARCHAR, WHERE_TO VARCHAR)",
                    "SELECT name, city FROM customers WHERE city = town"),
            function(
                    "PROD.CRM.ORDERS_OF",
                    "(CID NUMBER)",
                    "TABLE (OID NUMBER, AMOUNT NUMBER)",
                    "SELECT o.id, o.amount FROM orders o WHERE o.customer_id = cid"),
            function("PROD.PUBLIC.SHARED_FN", "(A NUMBER)", "VARCHAR", "SELECT MAX(email) FROM crm.customers"),
            function("PROD.CRM.BOTH_PLACES", "(A NUMBER)", "NUMBER", "a + 1"),
            function("PROD.PUBLIC.BOTH_PLACES", "(A VARCHAR)", "VARCHAR", "SELECT MAX(ssn) FROM crm.customers"),
            routine(ObjectKind.FUNCTION, "PROD.CRM.JS_UP", "JAVASCRIPT", "(A VARCHAR)", "VARCHAR", "return A;", false),
            routine(ObjectKind.FUNCTION, "PROD.CRM.PY_UP", "PYTHON", "(A VARCHAR)", "VARCHAR", "x", false),
            routine(ObjectKind.FUNCTION, "PROD.CRM.OUTSIDE", "EXTERNAL", "(A VARCHAR)", "VARIANT", null, true),
            routine(ObjectKind.FUNCTION, "PROD.CRM.SECRET_FN", "SQL", "(A VARCHAR)", "VARCHAR", null, false),
            procedure("PROD.CRM.CITIES", "()", "TABLE (CITY VARCHAR, N NUMBER)", """
                    DECLARE r RESULTSET DEFAULT (SELECT city, COUNT(*) AS n FROM customers GROUP BY city);
                    BEGIN RETURN TABLE(r); END"""),
            procedure("PROD.CRM.MAILS", "(TOWN VARCHAR)", "TABLE (ID NUMBER, EMAIL VARCHAR)", """
                    BEGIN LET r RESULTSET := (SELECT id, email FROM customers WHERE city = :town); RETURN TABLE(r); END"""),
            procedure("PROD.CRM.ECHO", "(X VARCHAR)", "VARCHAR", "BEGIN RETURN x; END"),
            procedure(
                    "PROD.CRM.KEEP_SSN",
                    "()",
                    "VARCHAR",
                    "BEGIN INSERT INTO scratch SELECT ssn, 1 FROM customers; RETURN 'ok'; END"),
            procedure(
                    "PROD.CRM.KEEP",
                    "(V VARCHAR)",
                    "VARCHAR",
                    "BEGIN INSERT INTO scratch SELECT :v, 1; RETURN 'ok'; END"),
            procedure("PROD.CRM.CLEAN", "()", "VARCHAR", "BEGIN DELETE FROM scratch; RETURN 'ok'; END"),
            procedure(
                    "PROD.CRM.GUESS",
                    "(S VARCHAR)",
                    "NUMBER",
                    "BEGIN RETURN (SELECT COUNT(*) FROM customers WHERE ssn = :s); END"),
            procedure("PROD.CRM.RUN_TEXT", "(Q VARCHAR)", "VARCHAR", "BEGIN EXECUTE IMMEDIATE :q; RETURN 'ok'; END"),
            procedure(
                    "PROD.CRM.HIDES",
                    "()",
                    "VARCHAR",
                    "BEGIN CREATE TEMPORARY TABLE orders AS SELECT * FROM customers; RETURN 'ok'; END"),
            procedure(
                    "PROD.CRM.NESTED",
                    "(X VARCHAR)",
                    "VARCHAR",
                    "BEGIN LET y VARCHAR; CALL echo(:x) INTO :y; RETURN y; END"),
            procedure(
                    "PROD.CRM.FOREVER",
                    "(X VARCHAR)",
                    "VARCHAR",
                    "BEGIN LET y VARCHAR; CALL forever(:x) INTO :y; RETURN y; END"),
            procedure("PROD.CRM.PY_PROC", "(X VARCHAR)", "VARCHAR", null),
            procedure("DEV.PLAY.FILL", "()", "VARCHAR", "BEGIN INSERT INTO scratch SELECT 'a', 'b'; RETURN 'ok'; END"),
            withRights(
                    procedure(
                            "DEV.PLAY.FILL_HERE",
                            "()",
                            "VARCHAR",
                            "BEGIN INSERT INTO scratch SELECT 'a', 'b'; RETURN 'ok'; END"),
                    Rights.CALLER),
            withRights(
                    procedure(
                            "DEV.PLAY.FILL_EITHER",
                            "()",
                            "VARCHAR",
                            "BEGIN INSERT INTO scratch SELECT 'a', 'b'; RETURN 'ok'; END"),
                    Rights.UNKNOWN));

    private SampleRoutines() {}

    static CatalogObject function(String name, String signature, String returns, String body) {
        return routine(ObjectKind.FUNCTION, name.replace("\\", ""), "SQL", signature, returns, body, false);
    }

    static CatalogObject procedure(String name, String signature, String returns, @Nullable String body) {
        return routine(ObjectKind.PROCEDURE, name, body == null ? "PYTHON" : "SQL", signature, returns, body, false);
    }

    static CatalogObject withRights(CatalogObject object, Rights rights) {
        Routine r = object.routine().orElseThrow();
        return object.withRoutine(Optional.of(
                new Routine(r.language(), r.arguments(), r.returns(), r.columns(), rights, r.secure(), r.external())));
    }

    static CatalogObject routine(
            ObjectKind kind,
            String name,
            String language,
            String signature,
            String returns,
            @Nullable String body,
            boolean external) {
        String[] parts = name.split("\\.");
        List<Argument> arguments = RoutineSignatures.arguments(signature).orElseThrow();
        List<Result> columns = RoutineSignatures.columns(returns).orElse(List.of());
        return new CatalogObject(
                        new ObjectName(parts[0], parts[1], Routine.signature(parts[2], arguments)),
                        kind,
                        List.of(),
                        Optional.ofNullable(body),
                        Set.of(),
                        Instant.EPOCH)
                .withRoutine(Optional.of(new Routine(
                        language,
                        arguments,
                        returns.startsWith("TABLE") ? Routine.TABLE : returns,
                        columns,
                        Rights.OWNER,
                        body == null,
                        external)));
    }
}
