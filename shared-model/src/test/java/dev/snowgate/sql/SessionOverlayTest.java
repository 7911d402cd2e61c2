package dev.snowgate.sql;

import static dev.snowgate.sql.SampleCatalog.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.OutputColumn.Derivation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request makes in its session is what the next request of that session reads. */
class SessionOverlayTest {
    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());

    @Test
    void a_temporary_table_is_read_in_the_next_request_with_the_origins_of_its_columns() {
        // Given
        SessionContext session = after("CREATE TEMPORARY TABLE t AS SELECT email AS x, city FROM customers");

        // When
        StatementAnalysis read = only("SELECT x, city FROM t", session);

        // Then
        assertThat(read.output().getFirst().origins()).contains(column("EMAIL"));
        assertThat(read.output().get(1).origins()).contains(column("CITY")).doesNotContain(column("EMAIL"));
        assertThat(protection(session, "T", "X")).contains("email");
        assertThat(protection(session, "T", "CITY")).isEmpty();
    }

    @Test
    void another_session_does_not_see_it() {
        // Given
        after("CREATE TEMPORARY TABLE t AS SELECT email FROM customers");

        // Then
        assertThat(only("SELECT * FROM t", SampleCatalog.SESSION).objects())
                .as("an object that nobody knows")
                .singleElement()
                .matches(use -> !use.known());
    }

    @Test
    void it_hides_the_permanent_table_of_the_same_name_until_it_is_dropped() {
        // Given
        SessionContext hidden = after("CREATE TEMPORARY TABLE orders AS SELECT ssn AS status FROM customers");
        SessionContext again = after("DROP TABLE orders", hidden);

        // Then
        assertThat(only("SELECT status FROM prod.crm.orders", hidden)
                        .output()
                        .getFirst()
                        .origins())
                .contains(column("SSN"));
        assertThat(only("SELECT status FROM orders", again).output().getFirst().origins())
                .doesNotContain(column("SSN"));
    }

    @Test
    void what_is_written_into_it_later_is_remembered() {
        // Given
        SessionContext session = after(
                "INSERT INTO t SELECT id, ssn FROM customers", after("CREATE TEMPORARY TABLE t (a NUMBER, b VARCHAR)"));

        // When
        StatementAnalysis read = only("SELECT a, b FROM t", session);

        // Then
        assertThat(read.output().get(1).origins()).contains(column("SSN"));
        assertThat(protection(session, "T", "B")).contains("ssn");
        assertThat(protection(session, "T", "A")).isEmpty();
    }

    @Test
    void a_write_that_changes_what_a_temporary_table_holds_runs_alone_in_its_session() {
        // Given
        SessionContext session = after("CREATE TEMPORARY TABLE t (a VARCHAR)");

        // Then
        assertThat(only("INSERT INTO t SELECT ssn FROM customers", session).changesSession())
                .isTrue();
        assertThat(only("INSERT INTO scratch SELECT id, status FROM orders", session)
                        .changesSession())
                .isFalse();
    }

    @Test
    void a_temporary_view_shows_what_its_table_gets_later() {
        // Given
        SessionContext made = after("CREATE TEMPORARY TABLE t (a VARCHAR)");
        SessionContext viewed = after("CREATE TEMPORARY VIEW v AS SELECT a AS z FROM t", made);
        SessionContext filled = after("INSERT INTO t SELECT ssn FROM customers", viewed);

        // Then
        assertThat(only("SELECT z FROM v", filled).output().getFirst().origins())
                .contains(column("SSN"));
    }

    @Test
    void a_variable_keeps_what_its_value_was_made_of() {
        // Given
        SessionContext session = after("SET v = (SELECT MAX(email) FROM customers)");

        // Then
        assertThat(only("SELECT $v AS harmless", session).output().getFirst().origins())
                .contains(column("EMAIL"));
        assertThat(only("SELECT $v AS harmless", after("SET v = 1", session))
                        .output()
                        .getFirst()
                        .derivation())
                .isEqualTo(Derivation.CONSTANT);
        assertThat(only("SELECT $v AS harmless", after("UNSET v", session))
                        .output()
                        .getFirst()
                        .derivation())
                .isEqualTo(Derivation.UNKNOWN);
    }

    @Test
    void a_clone_of_a_temporary_table_holds_the_same() {
        // Given
        SessionContext session = after(
                "CREATE TEMPORARY TABLE u CLONE t",
                after("CREATE TEMPORARY TABLE t AS SELECT ssn AS a FROM customers"));

        // Then
        assertThat(only("SELECT a FROM u", session).output().getFirst().origins())
                .contains(column("SSN"));
    }

    @Test
    void a_rename_moves_what_is_known() {
        // Given
        SessionContext session =
                after("ALTER TABLE t RENAME TO u", after("CREATE TEMPORARY TABLE t AS SELECT ssn AS a FROM customers"));

        // Then
        assertThat(only("SELECT a FROM u", session).output().getFirst().origins())
                .contains(column("SSN"));
        assertThat(session.temporaryObjects()).containsExactly("PROD.CRM.U");
    }

    @Test
    void an_alteration_of_columns_is_followed() {
        // Given
        SessionContext made = after("CREATE TEMPORARY TABLE t AS SELECT ssn AS a, id FROM customers");

        // Then
        assertThat(only("SELECT b FROM t", after("ALTER TABLE t RENAME COLUMN a TO b", made))
                        .output()
                        .getFirst()
                        .origins())
                .contains(column("SSN"));
        assertThat(only("SELECT * FROM t", after("ALTER TABLE t ADD COLUMN n VARCHAR(10)", made))
                        .output())
                .extracting(OutputColumn::name)
                .containsExactly("A", "ID", "N");
        assertThat(only("SELECT * FROM t", after("ALTER TABLE t DROP COLUMN a", made))
                        .output())
                .extracting(OutputColumn::name)
                .containsExactly("ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t SWAP WITH orders",
                "ALTER TABLE t MODIFY COLUMN a SET DATA TYPE VARCHAR(90)",
                "CREATE OR REPLACE TABLE t (a VARCHAR)",
                "CREATE TEMPORARY TABLE t LIKE nowhere.crm.unknown"
            })
    void what_cannot_be_followed_leaves_the_object_unreadable_rather_than_the_permanent_one(String change) {
        // Given
        SessionContext session = after(change, after("CREATE TEMPORARY TABLE t AS SELECT ssn AS a FROM customers"));

        // Then
        assertThat(analyse("SELECT * FROM t", session)).isInstanceOf(SqlAnalysis.NotUnderstood.class);
        assertThat(session.temporaryObjects()).contains("PROD.CRM.T");
    }

    @Test
    void if_not_exists_replaces_nothing() {
        // Given
        SessionContext session = after(
                "CREATE TEMPORARY TABLE IF NOT EXISTS t AS SELECT 'a' AS a",
                after("CREATE TEMPORARY TABLE t AS SELECT ssn AS a FROM customers"));

        // Then
        assertThat(only("SELECT a FROM t", session).output().getFirst().origins())
                .contains(column("SSN"));
    }

    @Test
    void a_dropped_temporary_table_that_comes_back_is_not_taken_for_a_permanent_one() {
        // Given
        SessionContext session = after(
                "UNDROP TABLE orders",
                after(
                        "DROP TABLE orders",
                        after("CREATE TEMPORARY TABLE orders AS SELECT ssn AS status FROM customers")));

        // Then
        assertThat(analyse("SELECT status FROM orders", session)).isInstanceOf(SqlAnalysis.NotUnderstood.class);
    }

    @Test
    void a_view_over_a_hidden_table_is_opaque() {
        // Given
        SessionContext session = after("CREATE TEMPORARY TABLE customers AS SELECT 1 AS id, 'a' AS email, 'b' AS city");

        // When
        StatementAnalysis read = only("SELECT contact FROM v_cust", session);

        // Then
        assertThat(read.output().getFirst().derivation()).isEqualTo(Derivation.UNKNOWN);
    }

    @Test
    void after_a_call_no_name_means_anything() {
        // Given
        SessionContext session = after("CALL prod.crm.do_things()");

        // Then
        assertThat(analyse("SELECT id FROM orders", session)).isInstanceOf(SqlAnalysis.NotUnderstood.class);
        assertThat(analyse("SELECT id FROM prod.crm.orders", session)).isInstanceOf(SqlAnalysis.NotUnderstood.class);
        assertThat(only("SELECT $v AS a", session).output().getFirst().derivation())
                .isEqualTo(Derivation.UNKNOWN);
    }

    @Test
    void a_literal_that_makes_a_temporary_table_is_followed() {
        // Given
        SessionContext session =
                after("EXECUTE IMMEDIATE 'CREATE TEMPORARY TABLE orders AS SELECT ssn AS id FROM customers'");

        // Then
        assertThat(only("SELECT id FROM orders", session).output().getFirst().origins())
                .contains(column("SSN"));
    }

    @Test
    void a_temporary_stage_hides_a_permanent_one() {
        // Given
        SessionContext session = after("CREATE TEMPORARY STAGE st URL = 's3://elsewhere/'");

        // When
        StatementAnalysis unload = only("COPY INTO @st FROM orders", session);

        // Then
        assertThat(unload.objects()).anySatisfy(use -> {
            assertThat(use.name()).isEqualTo(new ObjectName("PROD", "CRM", "@ST"));
            assertThat(use.known()).isFalse();
        });
        assertThat(unload.flags()).contains("temporary-stage");
    }

    @Test
    void dropping_the_schema_forgets_all_of_it() {
        // Given
        SessionContext session =
                after("DROP SCHEMA prod.other", after("CREATE TEMPORARY TABLE prod.other.t AS SELECT 1 AS a"));

        // Then
        assertThat(session.overlay().known()).isFalse();
    }

    @Test
    void values_that_cannot_be_named_stay_so() {
        // Given
        SessionContext session = after("CREATE TEMPORARY TABLE t AS SELECT $elsewhere AS a");

        // Then
        assertThat(only("SELECT a FROM t", session).output().getFirst().derivation())
                .isEqualTo(Derivation.UNKNOWN);
    }

    @Test
    void there_is_an_end_to_what_a_session_remembers() {
        // Given
        SessionContext session = SampleCatalog.SESSION;
        for (int i = 0; i < 200; i++) {
            session = after("CREATE TEMPORARY TABLE t" + i + " (a NUMBER)", session);
        }

        // Then
        assertThat(analyse("CREATE TEMPORARY TABLE one_more (a NUMBER)", session))
                .isInstanceOf(SqlAnalysis.NotUnderstood.class);
    }

    private static Set<String> protection(SessionContext session, String table, String column) {
        return session.overlay()
                .find(new ObjectName("PROD", "CRM", table))
                .orElseThrow()
                .catalogued()
                .column(column)
                .orElseThrow()
                .protection()
                .map(Protection::category)
                .map(Set::of)
                .orElse(Set.of());
    }

    private static SessionContext after(String text) {
        return after(text, SampleCatalog.SESSION);
    }

    private static SessionContext after(String text, SessionContext before) {
        return only(text, before).contextAfter();
    }

    private static StatementAnalysis only(String text, SessionContext session) {
        SqlAnalysis analysis = analyse(text, session);
        assertThat(analysis).as(text).isInstanceOf(SqlAnalysis.Understood.class);
        List<StatementAnalysis> statements = ((SqlAnalysis.Understood) analysis).statements();
        assertThat(statements).hasSize(1);
        return statements.getFirst();
    }

    private static SqlAnalysis analyse(String text, SessionContext session) {
        return ANALYSER.analyse(text, session, SampleCatalog.CATALOG, QueryLineage.NONE);
    }
}
