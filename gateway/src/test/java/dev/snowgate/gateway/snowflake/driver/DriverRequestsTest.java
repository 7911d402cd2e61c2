package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.call;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.snowflake.SessionParameters;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.model.statement.Dialect;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DriverRequestsTest {
    @Test
    void a_request_is_composed_of_our_own_values() {
        // Given
        Bindings bindings = new Bindings(utf8("{\"1\":{\"type\":\"TEXT\",\"value\":\"ä\"}}"), new byte[32]);

        // When
        ObjectNode body = StrictJson.readObject(DriverRequests.statement(
                call(Dialect.DRIVER, bindings, Map.of("TIMEZONE", "UTC", "QUERY_TAG", "theirs", "EVIL", "1")),
                7,
                false));

        // Then
        assertThat(body.propertyNames())
                .containsExactly("sqlText", "asyncExec", "sequenceId", "parameters", "bindings");
        assertThat(body.get("sqlText").stringValue()).isEqualTo("select 1");
        assertThat(body.get("sequenceId").longValue()).isEqualTo(7);
        assertThat(body.at("/bindings/1/value").stringValue()).isEqualTo("ä");
        ObjectNode parameters = (ObjectNode) body.get("parameters");
        assertThat(parameters.get("TIMEZONE").stringValue()).isEqualTo("UTC");
        assertThat(parameters.get("QUERY_TAG").stringValue()).isEqualTo("{\"tool\":\"snowgate\"}");
        assertThat(parameters.get("MULTI_STATEMENT_COUNT").intValue()).isEqualTo(2);
        assertThat(parameters.get("STATEMENT_TIMEOUT_IN_SECONDS").longValue()).isEqualTo(60);
        assertThat(parameters.get("ROWS_PER_RESULTSET").longValue()).isEqualTo(1_000);
        assertThat(parameters.get("ABORT_DETACHED_QUERY").booleanValue()).isFalse();
        SessionParameters.RESULT_FORMATS.forEach(
                name -> assertThat(parameters.get(name).stringValue())
                        .as(name)
                        .isEqualTo(name.startsWith("JDBC") ? "ARROW" : "JSON"));
        assertThat(parameters.has("EVIL")).isFalse();
    }

    @Test
    void a_describe_says_so_and_an_ordinary_statement_does_not() {
        var call = call(Dialect.DRIVER, Bindings.none(), Map.of());

        assertThat(StrictJson.readObject(DriverRequests.statement(call, 1, true))
                        .get("describeOnly")
                        .booleanValue())
                .isTrue();
        assertThat(StrictJson.readObject(DriverRequests.statement(call, 1, false))
                        .has("describeOnly"))
                .isFalse();
        assertThat(StrictJson.readObject(DriverRequests.statement(call, 1, false))
                        .has("bindings"))
                .isFalse();
    }
}
