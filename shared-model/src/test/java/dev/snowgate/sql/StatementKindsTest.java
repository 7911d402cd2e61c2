package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.statement.TransactionState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds, effects and objects by leading keywords, and what statements leave in the session. */
class StatementKindsTest {
    static java.util.stream.Stream<String> kinds() throws java.io.IOException {
        return AttacksTest.lines("/sql/kinds.txt");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_statement_has_its_kind_effects_and_object(String line) {
        // Given
        String[] parts = line.split(" \\| ", 4);
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        Arrays.stream(parts[1].strip().split(" ")).map(Effect::valueOf).forEach(effects::add);

        // When
        StatementAnalysis statement = SampleCatalog.only(parts[3]);

        // Then
        assertThat(statement.kind().name()).isEqualTo(parts[0].strip());
        assertThat(statement.effects()).isEqualTo(effects);
        if (!parts[2].isBlank()) {
            assertThat(statement.objects()).extracting(o -> o.name().toString()).contains(parts[2].strip());
        }
    }

    @Test
    void use_and_set_change_the_context() {
        // When
        var after = SampleCatalog.only(
                        "USE DATABASE dev; USE SCHEMA play; USE WAREHOUSE \"Big\"; USE ROLE r; SET (a, b) = (1, 2); UNSET a")
                .contextAfter();

        // Then
        assertThat(after.database()).contains("DEV");
        assertThat(after.schema()).contains("PLAY");
        assertThat(after.warehouse()).contains("Big");
        assertThat(after.role()).isEqualTo("R");
        assertThat(after.variables()).containsExactly("B");
        assertThat(after.epoch()).isEqualTo(6);
    }

    @Test
    void a_read_leaves_the_context_as_it_is() {
        assertThat(SampleCatalog.only("SELECT 1").contextAfter()).isEqualTo(SampleCatalog.SESSION);
    }

    @Test
    void transactions_are_tracked() {
        // Given
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("AUTOCOMMIT", "false");
        var off = SampleCatalog.SESSION.withParameters(parameters);
        SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());

        // When
        var analysis = (SqlAnalysis.Understood)
                analyser.analyse("DELETE FROM scratch", off, SampleCatalog.CATALOG, QueryLineage.NONE);

        // Then
        assertThat(analysis.statements().getFirst().contextAfter().transaction())
                .isEqualTo(TransactionState.OPEN);
        assertThat(SampleCatalog.only("BEGIN TRANSACTION").contextAfter().transaction())
                .isEqualTo(TransactionState.OPEN);
        assertThat(SampleCatalog.only("BEGIN; COMMIT").contextAfter().transaction())
                .isEqualTo(TransactionState.NONE);
        assertThat(SampleCatalog.only("BEGIN; CREATE TABLE x (a INT)")
                        .contextAfter()
                        .transaction())
                .isEqualTo(TransactionState.NONE);
        assertThat(SampleCatalog.only("CALL p()").contextAfter().transaction()).isEqualTo(TransactionState.UNKNOWN);
    }

    @Test
    void what_can_be_described_is_listed() {
        assertThat(SqlAnalyser.describable(SampleCatalog.only("SELECT 1"))).isTrue();
        assertThat(SqlAnalyser.describable(SampleCatalog.only("DROP TABLE orders")))
                .isFalse();
    }

    @Test
    void quoted_names_fold_when_the_session_says_so() {
        // Given
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("QUOTED_IDENTIFIERS_IGNORE_CASE", "true");

        // When
        SqlAnalysis analysis = new SqlAnalyser(AnalysisLimits.defaults())
                .analyse(
                        "SELECT \"email\" FROM \"customers\"",
                        SampleCatalog.SESSION.withParameters(parameters),
                        SampleCatalog.CATALOG,
                        QueryLineage.NONE);

        // Then
        assertThat(analysis).isInstanceOf(SqlAnalysis.Understood.class);
        assertThat(SampleCatalog.analyse("SELECT \"email\" FROM customers"))
                .isInstanceOf(SqlAnalysis.NotUnderstood.class);
    }
}
