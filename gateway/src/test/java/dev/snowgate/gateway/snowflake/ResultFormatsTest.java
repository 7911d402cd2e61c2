package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.agent.ClientApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFormatsTest {
    @ParameterizedTest
    @CsvSource({
        "JDBC, JDBC_QUERY_RESULT_FORMAT, ARROW",
        "PythonConnector, PYTHON_CONNECTOR_QUERY_RESULT_FORMAT, ARROW",
        "Go, GO_QUERY_RESULT_FORMAT, ARROW",
        "ODBC, ODBC_QUERY_RESULT_FORMAT, ARROW",
        "JavaScript, NODEJS_QUERY_RESULT_FORMAT, JSON",
        ".NET, DOTNET_QUERY_RESULT_FORMAT, JSON",
        "curl, JDBC_QUERY_RESULT_FORMAT, JSON"
    })
    void a_client_that_says_nothing_gets_what_snowflake_sends_to_it(String client, String parameter, String value) {
        assertThat(ResultFormats.of(client, Map.of(), Map.of())).containsEntry(parameter, value);
    }

    @Test
    void the_statement_wins_over_the_session_and_both_over_the_default() {
        String name = "JDBC_QUERY_RESULT_FORMAT";

        assertThat(ResultFormats.of("JDBC", Map.of(), Map.of(name, "json"))).containsEntry(name, "JSON");
        assertThat(ResultFormats.of("JDBC", Map.of(name, "arrow_force"), Map.of(name, "JSON")))
                .containsEntry(name, "ARROW_FORCE");
        assertThat(ResultFormats.of("JDBC", Map.of(name, "PARQUET"), Map.of(name, "JSON")))
                .as("what Snowflake does not know")
                .containsEntry(name, "JSON");
    }

    @Test
    void the_parameter_of_another_driver_changes_nothing() {
        assertThat(ResultFormats.of("JDBC", Map.of("GO_QUERY_RESULT_FORMAT", "ARROW"), Map.of()))
                .containsEntry("GO_QUERY_RESULT_FORMAT", "JSON")
                .containsOnlyKeys(SessionParameters.RESULT_FORMATS);
    }

    @Test
    void only_known_drivers_with_a_plain_version_are_named_upstream() {
        assertThat(ResultFormats.knows(new ClientApplication("JDBC", "4.4.1"))).isTrue();
        assertThat(ResultFormats.knows(new ClientApplication("JDBC", "4.4.1'; drop")))
                .isFalse();
        assertThat(ResultFormats.knows(new ClientApplication("JavaScript", "3.3.0")))
                .isFalse();
    }
}
