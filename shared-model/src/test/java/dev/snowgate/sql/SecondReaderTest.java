package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The second witness: what it sees, that its word counts, and that it refuses nothing else. */
class SecondReaderTest {
    private static final Namespace NAMES = new Namespace(SampleCatalog.SESSION, SampleCatalog.CATALOG);
    private static int compared;

    static Stream<String> texts() throws IOException {
        return FormattingPropertyTest.texts();
    }

    private static List<Token> tokens(String text) {
        return Lexer.lex(text).tokens();
    }

    private static List<String> seen(String text) {
        return SecondReader.tables(tokens(text), 10_000).orElseThrow().stream()
                .map(table -> NAMES.lookup(table).toString())
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void the_readers_never_disagree_about_a_text_of_the_suites(String text) {
        // When
        SqlAnalysis analysis = SampleCatalog.analyse(text);
        SqlAnalysis alone = new SqlAnalyser(AnalysisLimits.defaults(), (tokens, millis) -> Optional.empty())
                .analyse(text, SampleCatalog.SESSION, SampleCatalog.CATALOG, SampleCatalog.EARLIER);

        // Then
        assertThat(analysis.getClass()).isEqualTo(alone.getClass());
        if (analysis instanceof SqlAnalysis.Understood
                && SecondReader.tables(tokens(text), 10_000)
                        .filter(t -> !t.isEmpty())
                        .isPresent()) {
            compared++;
        }
    }

    @AfterAll
    static void enough_was_compared() {
        assertThat(compared)
                .as("texts of the suites on which the second reader has an opinion")
                .isGreaterThan(250);
    }

    @Test
    void a_table_that_only_the_second_reader_sees_makes_the_text_not_understood() {
        // Given
        SqlAnalyser analyser = new SqlAnalyser(
                AnalysisLimits.defaults(),
                (tokens, millis) -> Optional.of(
                        List.of(List.of(new Name("orders", false, 0)), List.of(new Name("customers", false, 0)))));

        // When
        SqlAnalysis query = analyser.analyse(
                "SELECT id FROM orders", SampleCatalog.SESSION, SampleCatalog.CATALOG, QueryLineage.NONE);
        SqlAnalysis opened = analyser.analyse(
                "EXECUTE IMMEDIATE 'SELECT id FROM orders'",
                SampleCatalog.SESSION,
                SampleCatalog.CATALOG,
                QueryLineage.NONE);

        // Then
        assertThat(query).isInstanceOfSatisfying(SqlAnalysis.NotUnderstood.class, not -> {
            assertThat(not.construct()).isEqualTo("two readers disagree");
            assertThat(not.reason()).contains("PROD.CRM.CUSTOMERS");
        });
        assertThat(opened).isInstanceOf(SqlAnalysis.NotUnderstood.class);
    }

    @Test
    void a_forged_reading_without_a_table_is_found_out() {
        // Given
        List<ObjectUse> forged = List.of(new ObjectUse(
                NAMES.lookup(List.of(new Name("orders", false, 0))), ObjectKind.TABLE, Effect.READ, true));

        // When, Then
        assertThatThrownBy(() -> SecondReader.check(
                        reading(2_000),
                        tokens("SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id ="
                                + " o.customer_id)"),
                        forged,
                        NAMES))
                .isInstanceOf(SyntaxProblem.class);
        SecondReader.check(reading(2_000), tokens("SELECT id FROM orders"), forged, NAMES);
    }

    private static Reading reading(int millis) {
        return new Reading(
                AnalysisLimits.defaults(),
                Deadline.in(millis),
                SecondReader::tables,
                new HashSet<>(),
                new ArrayDeque<>(),
                new HashSet<>());
    }

    @Test
    void without_time_left_the_text_is_refused_and_not_left_without_an_opinion() {
        assertThatThrownBy(() -> SecondReader.check(reading(0), tokens("SELECT 1"), List.of(), NAMES))
                .isInstanceOfSatisfying(
                        SyntaxProblem.class,
                        problem -> assertThat(problem.construct()).isEqualTo("too slow to read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH c AS (SELECT * FROM customers) SELECT * FROM c | PROD.CRM.CUSTOMERS",
                "WITH customers AS (SELECT * FROM customers) SELECT * FROM customers | PROD.CRM.CUSTOMERS",
                "SELECT (WITH orders AS (SELECT 1 a) SELECT MAX(a) FROM orders), id FROM orders | PROD.CRM.ORDERS",
                "WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r) SELECT n FROM r | ''",
                "SELECT SUM(id) OVER (PARTITION BY (SELECT MAX(a) FROM scratch)) FROM orders |"
                        + " PROD.CRM.ORDERS;PROD.CRM.SCRATCH",
                "SELECT * REPLACE ((SELECT MAX(a) FROM scratch) AS id) FROM orders | PROD.CRM.ORDERS;PROD.CRM.SCRATCH",
                "SELECT c.email, o.* FROM dev.play.scratch o, IDENTIFIER('customers') c |"
                        + " DEV.PLAY.SCRATCH;PROD.CRM.CUSTOMERS",
                "MERGE INTO scratch s USING (SELECT id FROM orders) o ON s.a = o.id WHEN MATCHED THEN UPDATE SET b = 1"
                        + " | PROD.CRM.ORDERS;PROD.CRM.SCRATCH",
                "CREATE OR REPLACE VIEW v AS SELECT 1 AS a FROM orders WHERE id IN (SELECT id FROM customers) |"
                        + " PROD.CRM.CUSTOMERS;PROD.CRM.ORDERS;PROD.CRM.V"
            })
    void it_sees_tables_wherever_they_stand_and_hides_common_tables_where_they_are_visible(
            String text, String expected) {
        assertThat(String.join(";", seen(text))).isEqualTo(expected);
    }

    @Test
    void it_has_no_opinion_on_long_texts_other_kinds_and_what_it_cannot_read() {
        assertThat(SecondReader.tables(
                        tokens("SELECT id FROM orders WHERE id IN (1" + ", 1".repeat(2000) + ")"), 10_000))
                .isEmpty();
        assertThat(SecondReader.tables(tokens("DROP TABLE orders"), 10_000)).isEmpty();
        assertThat(SecondReader.tables(tokens("SELECT FROM FROM WHERE"), 10_000))
                .isEmpty();
        assertThat(SecondReader.tables(List.of(), 10_000)).isEmpty();
    }
}
