package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pathological texts end quickly, as an analysis or as a refusal. */
class LimitsTest {
    static Stream<String> texts() {
        return Stream.of(
                "SELECT " + "(".repeat(3000) + "1" + ")".repeat(3000),
                "SELECT " + "(".repeat(95) + "SELECT 1" + ")".repeat(95),
                "SELECT " + "((SELECT 1) + ".repeat(45) + "1" + ")".repeat(45),
                "SELECT * FROM " + "(".repeat(95) + "orders" + ")".repeat(95),
                "SELECT " + "CASE WHEN 1 = 1 THEN ".repeat(3000) + "1" + " END".repeat(3000),
                "SELECT " + "NOT ".repeat(15000) + "TRUE",
                "SELECT " + "- ".repeat(15000) + "1",
                "SELECT 1" + "::INT".repeat(5000),
                "SELECT id FROM orders WHERE id = 1" + " AND id = 1".repeat(4000),
                "SELECT '' " + "|| 'a' ".repeat(9000),
                "SELECT 1" + " UNION ALL SELECT 1".repeat(4000),
                "SELECT id FROM orders WHERE id IN (1" + ",1".repeat(200_000) + ")",
                "SELECT 1" + ", 1 AS a".repeat(5000),
                "SELECT * FROM orders" + " CROSS JOIN orders".repeat(300),
                "WITH a AS (SELECT * FROM orders)" + ", a AS (SELECT x.*, y.* FROM a x, a y)".repeat(30)
                        + " SELECT * FROM a",
                "SELECT " + "f(".repeat(90) + "1" + ")".repeat(90),
                "SELECT " + "x -> ".repeat(5000) + "1",
                "SELECT '" + "a".repeat(1_000_000) + "'",
                "/*" + "*".repeat(100_000) + "*/ SELECT 1",
                "SELECT a" + ".a".repeat(9000),
                "SELECT a" + ":a".repeat(9000),
                "SELECT a" + "[0]".repeat(5000),
                "SELECT x" + " LIKE x".repeat(9000),
                "SELECT " + "a AS b, b AS c, ".repeat(2000) + "1");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_pathological_text_ends_quickly(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            // When
            SqlAnalysis analysis = SampleCatalog.analyse(text);

            // Then
            assertThat(analysis).isNotNull();
        });
    }

    @Test
    void bulk_values_are_folded_for_analysis_and_kept_for_execution() {
        // Given
        String rows = String.join(", ", Collections.nCopies(50_000, "(1, 'x')"));

        // When
        SqlAnalysis.Understood understood =
                (SqlAnalysis.Understood) SampleCatalog.analyse("INSERT INTO scratch VALUES " + rows);

        // Then
        assertThat(understood.statements().getFirst().flags()).contains("folded-rows");
        assertThat(understood.executed().literals()).hasSize(100_000);
    }

    @Test
    void a_text_over_the_limit_is_refused() {
        // When
        SqlAnalysis analysis = new SqlAnalyser(new AnalysisLimits(10, 10, 10, 10, 10))
                .analyse("SELECT 1, 2, 3, 4", SampleCatalog.SESSION, SampleCatalog.CATALOG, QueryLineage.NONE);

        // Then
        assertThat(analysis).isInstanceOf(SqlAnalysis.NotUnderstood.class);
    }

    private static String construct(AnalysisLimits limits, String text) {
        SqlAnalysis analysis =
                new SqlAnalyser(limits).analyse(text, SampleCatalog.SESSION, SampleCatalog.CATALOG, QueryLineage.NONE);
        return analysis instanceof SqlAnalysis.NotUnderstood not ? not.construct() : "understood";
    }

    @Test
    void a_text_that_takes_too_long_is_refused_by_grammar_and_lineage() {
        // Given
        AnalysisLimits noTime = new AnalysisLimits(8 << 20, 256 << 10, 20_000, 100, 0);

        // When, Then
        assertThat(construct(noTime, "SELECT 1" + ", 1".repeat(500))).isEqualTo("too slow to read");
        assertThat(construct(noTime, "SELECT * FROM orders" + " CROSS JOIN orders".repeat(80)))
                .isEqualTo("too slow to read");
        assertThat(construct(AnalysisLimits.defaults(), "SELECT 1" + ", 1".repeat(500)))
                .isEqualTo("understood");
    }

    @Test
    void a_megabyte_without_bulk_values_is_refused() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(construct(AnalysisLimits.defaults(), "SELECT " + "id, ".repeat(250_000) + "id FROM orders"))
                    .isEqualTo("very long statement");
            assertThat(construct(
                            AnalysisLimits.defaults(), "SELECT " + "(".repeat(500_000) + "1" + ")".repeat(500_000)))
                    .isEqualTo("very long statement");
            assertThat(construct(AnalysisLimits.defaults(), "SELECT " + "(".repeat(2_000) + "1" + ")".repeat(2_000)))
                    .isEqualTo("deep nesting");
        });
    }

    @Test
    void two_hundred_thousand_rows_of_literals_are_one_row_to_the_analysis() {
        // Given
        String rows = String.join(",", Collections.nCopies(200_000, "(-1, 'abc')"));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            // When
            SqlAnalysis.Understood understood =
                    (SqlAnalysis.Understood) SampleCatalog.analyse("INSERT INTO scratch VALUES " + rows);

            // Then
            assertThat(understood.statements().getFirst().flags()).contains("folded-rows");
            assertThat(understood.statements().getFirst().writes()).hasSize(2);
        });
    }

    @Test
    void one_computed_cell_among_the_rows_keeps_them_from_being_folded() {
        // Given
        String rows = String.join(",", Collections.nCopies(200, "(1, 'abc')"));

        // When
        StatementAnalysis insert =
                SampleCatalog.only("INSERT INTO scratch VALUES " + rows + ", (1, (SELECT MAX(ssn) FROM customers))");

        // Then
        assertThat(insert.flags()).doesNotContain("folded-rows");
        assertThat(insert.writes()).anyMatch(write -> write.sources().contains(SampleCatalog.column("SSN")));
    }
}
