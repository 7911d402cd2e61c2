package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.snowflake.SessionParameters.Treatment;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionParametersTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z0-9_]+)` \\| (forward|tracked|ours|refuse) \\| .+ \\|");

    /** The rows of the page that people read. */
    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "parameters.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Arguments.of(
                        row.group(1), Treatment.valueOf(row.group(2).toUpperCase(Locale.ROOT))));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("rows")
    void each_documented_parameter_is_treated_as_documented(String name, Treatment treatment) {
        // When
        var given = StrictJson.object().put(name.toLowerCase(Locale.ROOT), "1");

        // Then
        assertThat(SessionParameters.treatmentOf(name)).isEqualTo(treatment);
        switch (treatment) {
            case FORWARD ->
                assertThat(StatementParameters.read(given).forwarded()).containsEntry(name, "1");
            case TRACKED ->
                assertThat(StatementParameters.read(given).tracked()).containsEntry(name, "1");
            case OURS -> {
                assertThat(StatementParameters.read(given).forwarded()).isEmpty();
                assertThat(StatementParameters.read(given).tracked()).isEmpty();
                assertThat(StatementParameters.read(given).dropped()).isEmpty();
            }
            case REFUSE ->
                assertThatThrownBy(() -> StatementParameters.read(given))
                        .isInstanceOfSatisfying(
                                GatewayException.class,
                                e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.UNSUPPORTED_FIELD));
            case UNKNOWN -> throw new AssertionError("documented, but not in the table");
        }
    }

    @Test
    void every_parameter_of_the_table_is_documented() throws IOException {
        assertThat(rows().map(row -> row.get()[0]))
                .containsExactlyInAnyOrderElementsOf(SessionParameters.all().keySet());
    }

    @Test
    void an_unknown_parameter_is_dropped_and_named() {
        // Given
        var given = StrictJson.object().put("new_sql_format", true).put("timezone", "UTC");

        // When
        StatementParameters parameters = StatementParameters.read(given);

        // Then
        assertThat(parameters.dropped()).containsExactly("NEW_SQL_FORMAT");
        assertThat(parameters.forwarded()).containsOnlyKeys("TIMEZONE");
    }

    @Test
    void limits_are_read_whatever_their_spelling_and_the_smaller_counts() {
        // Given
        var given = StrictJson.object()
                .put("multi_statement_count", "3")
                .put("STATEMENT_TIMEOUT_IN_SECONDS", 100)
                .put("query_timeout", 30)
                .put("rows_per_resultset", 0)
                .put("QUERY_TAG", "mine");

        // When
        StatementParameters parameters = StatementParameters.read(given);

        // Then
        assertThat(parameters.statementCount()).hasValue(3);
        assertThat(parameters.timeoutSeconds()).hasValue(30);
        assertThat(parameters.rowLimit()).isEmpty();
        assertThat(parameters.queryTag()).contains("mine");
    }

    @Test
    void two_spellings_with_two_values_a_structure_or_a_negative_number_are_malformed() {
        for (String json : new String[] {
            "{\"timezone\":\"UTC\",\"TIMEZONE\":\"CET\"}",
            "{\"TIMEZONE\":[\"UTC\"]}",
            "{\"MULTI_STATEMENT_COUNT\":-1}",
            "{\"QUERY_TIMEOUT\":1.5}"
        }) {
            assertThatThrownBy(() -> StatementParameters.read(StrictJson.readObject(ProtocolFixture.utf8(json))))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.MALFORMED_REQUEST));
        }
    }
}
