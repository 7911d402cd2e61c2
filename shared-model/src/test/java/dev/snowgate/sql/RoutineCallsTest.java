package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Rights;
import dev.snowgate.model.statement.TransactionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which routine a call can mean, where its body looks for names, and what is left when it ran. */
class RoutineCallsTest {
    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());

    private static SqlAnalysis.Understood understood(String text, CatalogObject... more) {
        CatalogSnapshot catalog = SampleCatalog.CATALOG.with(List.of(more));
        return (SqlAnalysis.Understood) ANALYSER.analyse(text, SampleCatalog.SESSION, catalog, SampleCatalog.EARLIER);
    }

    private static StatementAnalysis only(String text, CatalogObject... more) {
        return understood(text, more).statements().getLast();
    }

    private static List<String> unknown(StatementAnalysis statement) {
        return statement.flags().stream()
                .filter(flag -> flag.startsWith("unknown-function:"))
                .map(flag -> flag.substring("unknown-function:".length()))
                .toList();
    }

    private static CatalogObject function(String name, String signature, String body) {
        return SampleRoutines.function("PROD.CRM." + name, signature, "VARCHAR", body);
    }

    @Test
    void a_call_shows_what_its_body_does_under_the_name_of_the_procedure() {
        // When
        StatementAnalysis call = only("CALL keep_ssn()");

        // Then
        assertThat(call.kind()).isEqualTo(StatementKind.CALL);
        assertThat(call.effects()).containsExactlyInAnyOrder(Effect.CODE, Effect.READ, Effect.WRITE);
        assertThat(call.objects())
                .extracting(use -> use.name().name() + " " + use.effect() + " " + use.known())
                .containsExactlyInAnyOrder("KEEP_SSN CODE true", "CUSTOMERS READ true", "SCRATCH WRITE true");
        assertThat(call.writes())
                .contains(new WriteLineage(
                        new ColumnName(new ObjectName("PROD", "CRM", "SCRATCH"), "A"),
                        Set.of(SampleCatalog.column("SSN"))));
        assertThat(call.functions()).contains("KEEP_SSN");
        assertThat(call.flags()).contains("opened:procedure").noneMatch(flag -> flag.startsWith("unknown-function"));
    }

    @Test
    void the_session_is_known_after_a_plain_procedure_but_compared() {
        // When
        StatementAnalysis plain = only("CALL clean()");
        StatementAnalysis hides = only("CALL hides()");
        StatementAnalysis unknown = only("CALL py_proc('a')");

        // Then
        assertThat(plain.contextAfter().sameMeaning(SampleCatalog.SESSION)).isTrue();
        assertThat(plain.contextAfterKnown()).isFalse();
        assertThat(hides.contextAfter().overlay().known()).isFalse();
        assertThat(unknown.contextAfter().overlay().known()).isFalse();
    }

    @Test
    void a_body_looks_for_names_where_its_rights_say() {
        assertThat(written("CALL dev.play.fill()")).containsExactly("DEV.PLAY.SCRATCH");
        assertThat(written("CALL dev.play.fill_here()")).containsExactly("PROD.CRM.SCRATCH");
        assertThat(written("CALL dev.play.fill_either()"))
                .containsExactlyInAnyOrder("DEV.PLAY.SCRATCH", "PROD.CRM.SCRATCH");
    }

    private static List<String> written(String text) {
        return only(text).objects().stream()
                .filter(use -> use.effect() == Effect.WRITE)
                .map(use -> use.name().toString())
                .toList();
    }

    @Test
    void only_a_body_with_the_rights_of_the_caller_sees_the_variables_of_the_session() {
        CatalogObject owner =
                SampleRoutines.procedure("PROD.CRM.TELL", "()", "VARCHAR", "BEGIN RETURN (SELECT $v); END");
        CatalogObject caller = SampleRoutines.withRights(owner, Rights.CALLER);
        String text = "SET v = (SELECT MAX(email) FROM customers); CALL tell()";
        assertThat(only(text, owner).output().getFirst().derivation()).isEqualTo(OutputColumn.Derivation.UNKNOWN);
        assertThat(only(text, caller).output().getFirst().origins()).contains(SampleCatalog.column("EMAIL"));
    }

    @Test
    void every_overload_that_fits_counts() {
        StatementAnalysis pick = only("SELECT pick(1)");
        assertThat(pick.output().getFirst().origins())
                .containsExactlyInAnyOrder(SampleCatalog.column("SSN"), SampleCatalog.column("CITY"));
        assertThat(unknown(only("SELECT city_of(1)", function("CITY_OF", "(A VARCHAR)", "SELECT a FROM nowhere"))))
                .containsExactly("CITY_OF");
    }

    @Test
    void a_longer_overload_counts_because_its_arguments_may_have_defaults_that_are_not_shown() {
        CatalogObject longer = function("CITY_OF", "(A VARCHAR, B VARCHAR)", "b");
        CatalogObject harmless = function("CITY_OF", "(A VARCHAR, B VARCHAR)", "'x'");
        assertThat(SampleCatalog.isMasked(
                        only("SELECT city_of(1)", longer).output().getFirst()))
                .isTrue();
        assertThat(SampleCatalog.isMasked(
                        only("SELECT city_of(1)", harmless).output().getFirst()))
                .isFalse();
        assertThat(unknown(only("SELECT alone(1)", function("ALONE", "(A VARCHAR, B VARCHAR)", "a"))))
                .containsExactly("ALONE");
    }

    @Test
    void a_default_that_is_no_literal_can_be_anything() {
        CatalogObject computed = function("DEF_A", "(A VARCHAR DEFAULT secret_of('x'))", "a");
        CatalogObject literal = function("DEF_B", "(A VARCHAR DEFAULT 'x')", "a");
        assertThat(only("SELECT def_a()", computed).output().getFirst().derivation())
                .isEqualTo(OutputColumn.Derivation.UNKNOWN);
        assertThat(only("SELECT def_b()", literal).output().getFirst().derivation())
                .isEqualTo(OutputColumn.Derivation.CONSTANT);
    }

    @Test
    void a_routine_that_gives_values_back_through_its_arguments_is_unknown() {
        CatalogObject out =
                SampleRoutines.procedure("PROD.CRM.FILLS", "(X OUT VARCHAR)", "VARCHAR", "BEGIN RETURN 'a'; END");
        assertThat(unknown(only("CALL fills('a')", out))).containsExactly("FILLS");
    }

    @Test
    void a_function_and_a_procedure_of_one_name_leave_open_which_is_meant() {
        CatalogObject both =
                SampleRoutines.procedure("PROD.CRM.CITY_OF", "(A VARCHAR)", "VARCHAR", "BEGIN RETURN 1; END");
        assertThat(unknown(only("SELECT city_of(1)", both))).containsExactly("CITY_OF");
        assertThat(unknown(only("CALL city_of('a')", both))).containsExactly("CITY_OF");
    }

    @Test
    void a_name_of_which_not_all_is_read_is_unknown_and_asked_for() {
        // Given
        ObjectName called = new ObjectName("PROD", "CRM", "CITY_OF");
        CatalogObject unread = Routine.unreadEntry(called, ObjectKind.FUNCTION, Instant.EPOCH);
        CatalogObject old = function("CITY_OF", "(A DATE)", "'x'").withRoutine(Optional.empty());

        // Then
        assertThat(unknown(only("SELECT city_of(1)", unread))).containsExactly("CITY_OF");
        assertThat(unknown(only("SELECT city_of(1)", old))).containsExactly("CITY_OF");
        assertThat(understood("SELECT nobody_knows(1)").unread())
                .containsExactlyInAnyOrder(
                        new ObjectName("PROD", "CRM", "NOBODY_KNOWS(?)"),
                        new ObjectName("PROD", "PUBLIC", "NOBODY_KNOWS(?)"));
        assertThat(understood("SELECT city_of(1)").unread()).isEmpty();
        assertThat(understood("SELECT half_read(1)").unread())
                .contains(new ObjectName("PROD", "CRM", "NOWHERE_TO_BE_SEEN"));
    }

    @Test
    void a_chain_of_calls_is_followed_up_to_a_limit() {
        assertThat(unknown(only("SELECT f1(1)", chain(8)))).isEmpty();
        assertThat(SampleCatalog.isMasked(
                        only("SELECT f1(1)", chain(8)).output().getFirst()))
                .isTrue();
        assertThat(unknown(only("SELECT f1(1)", chain(9)))).containsExactly("F9");
    }

    private static CatalogObject[] chain(int length) {
        List<CatalogObject> functions = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            String body = i == length ? "SELECT MAX(email) FROM customers" : "f" + (i + 1) + "(a)";
            functions.add(function("F" + i, "(A NUMBER)", body));
        }
        return functions.toArray(CatalogObject[]::new);
    }

    @Test
    void what_the_author_of_a_view_compares_with_a_function_is_no_guess_of_the_agent() {
        CatalogObject view = SampleCatalog.object(
                ObjectKind.VIEW,
                "PROD.CRM.V_CALLS",
                "SELECT id, mail_of(id) AS mail FROM orders WHERE is_ssn(status)",
                "ID MAIL");
        StatementAnalysis read = only("SELECT id, mail FROM v_calls", view);
        assertThat(read.predicateUse()).isEmpty();
        assertThat(SampleCatalog.isMasked(read.output().get(0))).isFalse();
        assertThat(SampleCatalog.isMasked(read.output().get(1))).isTrue();
        assertThat(only("SELECT id FROM orders WHERE is_ssn(status)").predicateUse())
                .contains(SampleCatalog.column("SSN"));
    }

    @Test
    void a_view_and_a_function_that_read_each_other_are_not_followed() {
        CatalogObject view = SampleCatalog.object(ObjectKind.VIEW, "PROD.CRM.V_ROUND", "SELECT round_fn(1) AS a", "A");
        CatalogObject function = function("ROUND_FN", "(A NUMBER)", "SELECT MAX(a) FROM v_round");
        StatementAnalysis read = only("SELECT a FROM v_round", view, function);
        assertThat(SampleCatalog.isMasked(read.output().getFirst())).isTrue();
    }

    @Test
    void what_cannot_be_told_to_be_a_result_of_the_declared_form_is_untraced() {
        CatalogObject other = SampleRoutines.procedure("PROD.CRM.TWO", "()", "TABLE (A VARCHAR, B VARCHAR)", """
                DECLARE r RESULTSET DEFAULT (SELECT email FROM customers);
                BEGIN RETURN TABLE(r); END""");
        CatalogObject either = SampleRoutines.procedure("PROD.CRM.EITHER", "(N NUMBER)", "TABLE ()", """
                BEGIN
                LET a RESULTSET := (SELECT city FROM customers);
                LET b RESULTSET := (SELECT city, email FROM customers);
                IF (n = 1) THEN RETURN TABLE(a); ELSE RETURN TABLE(b); END IF;
                END""");
        assertThat(only("CALL two()", other).output()).isEmpty();
        assertThat(only("CALL either(1)", either).output()).isEmpty();
    }

    @Test
    void a_bind_in_a_function_is_its_argument_and_no_value_of_the_request() {
        CatalogObject bound = function("BOUND", "(X VARCHAR)", "SELECT MAX(city) FROM customers WHERE city = :x");
        CatalogObject other = function("OTHER_BIND", "(X VARCHAR)", ":y");
        assertThat(only("SELECT bound((SELECT MAX(ssn) FROM customers))", bound).predicateUse())
                .contains(SampleCatalog.column("SSN"));
        assertThat(only("SELECT other_bind('a')", other).output().getFirst().derivation())
                .isEqualTo(OutputColumn.Derivation.UNKNOWN);
    }

    @Test
    void a_procedure_is_named_in_the_schema_where_it_is() {
        CatalogObject shared =
                SampleRoutines.procedure("PROD.PUBLIC.SHARED_P", "()", "VARCHAR", "BEGIN RETURN 'a'; END");
        CatalogObject foreign = SampleRoutines.procedure("PROD.PUBLIC.FOREIGN_P", "()", "VARCHAR", null);
        assertThat(only("CALL shared_p()", shared).objects())
                .extracting(use -> use.name().toString())
                .containsExactly("PROD.PUBLIC.SHARED_P");
        assertThat(only("CALL foreign_p()", foreign).objects())
                .extracting(use -> use.name().toString())
                .contains("PROD.PUBLIC.FOREIGN_P");
    }

    @Test
    void an_open_transaction_is_not_known_any_more_after_a_procedure_that_writes() {
        assertThat(only("BEGIN; CALL clean()").contextAfter().transaction()).isEqualTo(TransactionState.UNKNOWN);
        assertThat(only("BEGIN; CALL echo('a')").contextAfter().transaction()).isEqualTo(TransactionState.OPEN);
        assertThat(only("CALL clean()").contextAfter().transaction()).isEqualTo(TransactionState.NONE);
    }

    @Test
    void a_session_that_reads_quoted_names_in_another_way_reads_no_bodies() {
        assertThat(unknown(only("ALTER SESSION SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE; SELECT city_of(1)")))
                .containsExactly("CITY_OF");
    }

    @Test
    void schemas_of_the_search_path_count_beside_the_current_one() {
        String path = "ALTER SESSION SET SEARCH_PATH = '$public'; SELECT both_places(1), mail_of(1)";
        StatementAnalysis read = only(path);
        assertThat(SampleCatalog.isMasked(read.output().get(0))).isTrue();
        assertThat(SampleCatalog.isMasked(read.output().get(1))).isTrue();
        assertThat(unknown(only("ALTER SESSION SET SEARCH_PATH = '\"odd\"'; SELECT city_of(1)")))
                .containsExactly("CITY_OF");
    }

    @Test
    void a_body_that_is_no_block_or_asks_for_query_ids_is_unknown() {
        CatalogObject plain = SampleRoutines.procedure("PROD.CRM.BARE", "()", "VARCHAR", "SELECT 1");
        CatalogObject last = SampleRoutines.procedure(
                "PROD.CRM.LAST", "()", "VARCHAR", "BEGIN RETURN (SELECT LAST_QUERY_ID()); END");
        CatalogObject scan = function("SCAN", "(A NUMBER)", "SELECT MAX(\"X\") FROM TABLE(RESULT_SCAN('owned-1'))");
        assertThat(unknown(only("CALL bare()", plain))).containsExactly("BARE");
        assertThat(unknown(only("CALL last()", last))).containsExactly("LAST");
        assertThat(unknown(only("SELECT scan(1)", scan))).containsExactly("SCAN");
    }
}
