package dev.snowgate.gateway.snowflake.sqlapi;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.NOW;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.head;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.session;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlApiRequestReaderTest {
    private static final String PATH = "/api/v2/statements";
    private final SqlApiRequestReader reader = new SqlApiRequestReader(1_000);

    private Statement read(Map<String, List<String>> query, String json) {
        RequestHead head = head("POST", PATH, query);
        return reader.statement(
                (ProtocolExchange.StatementSubmission) reader.recognise(head),
                head,
                utf8(json),
                session(Dialect.SQL_API),
                NOW);
    }

    @Test
    void names_of_the_request_are_used_exactly_and_defaults_complete_them() {
        // When
        Statement statement = read(Map.of("requestId", List.of("r-1"), "async", List.of("true")), """
                {"statement":"select ?","timeout":10,"database":"Dev","role":"","warehouse":"BIG","bindings":{"1":{"type":"FIXED",
                 "value":"1"}},"parameters":{"timezone":"UTC","query_tag":"mine","quoted_identifiers_ignore_case":"true",
                 "statement_timeout_in_seconds":"5"}}""");

        // Then
        assertThat(statement.requestId()).isEqualTo("r-1");
        assertThat(statement.async()).isTrue();
        assertThat(statement.timeoutSeconds()).hasValue(5);
        assertThat(statement.context().role()).isEqualTo("ANALYST");
        assertThat(statement.context().warehouse()).contains("BIG");
        assertThat(statement.context().database()).contains("Dev");
        assertThat(statement.context().schema()).contains("PUBLIC");
        assertThat(statement.context().quotedIdentifiersIgnoreCase()).isTrue();
        assertThat(statement.parameters()).containsExactlyEntriesOf(Map.of("TIMEZONE", "UTC"));
        assertThat(statement.queryTag()).isEqualTo("mine");
    }

    @Test
    void a_request_id_is_made_where_there_is_none() {
        assertThat(read(Map.of(), "{\"statement\":\"x\"}").requestId()).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MALFORMED_REQUEST",
                "{\"statement\":1} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"timeout\":\"5\"} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"timeout\":-1} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"timeout\":99999999999999999999} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"timeout\":604801} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"role\":[\"A\"]} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"role\":\"A\",\"role\":\"B\"} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"requestId\":\"other\"} | MALFORMED_REQUEST",
                "{\"statement\":\"x\",\"describeOnly\":true} | UNSUPPORTED_FIELD",
                "{\"statement\":\"x\",\"bindStage\":\"@s\"} | UNSUPPORTED_FIELD",
                "{\"statement\":\"x\",\"parameters\":{\"secondary_roles\":\"ALL\"}} | UNSUPPORTED_FIELD"
            })
    void a_bad_body_is_refused(String json, GatewayErrorCode code) {
        assertCode(() -> read(Map.of("requestId", List.of("r-1")), json), code);
    }

    @ParameterizedTest
    @CsvSource({"async,maybe", "nullable,1", "retry,x", "requestId,a b"})
    void a_bad_query_parameter_is_refused(String name, String value) {
        assertCode(
                () -> reader.recognise(head("POST", PATH, Map.of(name, List.of(value)))),
                GatewayErrorCode.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v2/statements,StatementSubmission",
        "POST,/api/v2/statements/,StatementSubmission",
        "GET,/api/v2/statements/01b2c3d4-0000-0000-0000-000000000009,ResultPoll",
        "POST,/api/v2/statements/01b2c3d4-0000-0000-0000-000000000009/cancel,StatementCancel",
        "GET,/api/v2/statements,Unrecognised",
        "DELETE,/api/v2/statements/01b2c3d4-0000-0000-0000-000000000009,Unrecognised",
        "GET,/api/v2/statements/01b2c3d4-0000-0000-0000-000000000009/cancel,Unrecognised",
        "GET,/api/v2/statements/a/b,Unrecognised",
        "GET,/api/v2/databases,Unrecognised",
        "POST,/api/v2/cortex/inference:complete,Unrecognised"
    })
    void each_path_is_one_exchange(String method, String path, String exchange) {
        assertThat(reader.recognise(head(method, path, Map.of())).label()).isEqualTo(exchange);
    }

    @Test
    void partition_zero_is_a_poll_and_later_ones_are_parts() {
        assertThat(reader.recognise(head("GET", PATH + "/h", Map.of("partition", List.of("0")))))
                .isEqualTo(new ProtocolExchange.ResultPoll("h", Optional.empty(), true));
        assertThat(reader.recognise(head("GET", PATH + "/h", Map.of("partition", List.of("3")))))
                .isEqualTo(new ProtocolExchange.ResultPart("h", 3, true));
        assertCode(
                () -> reader.recognise(head("GET", PATH + "/h", Map.of("partition", List.of("-1")))),
                GatewayErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void a_bearer_token_counts_with_its_type() {
        assertThat(reader.credentials(head("GET", PATH, Map.of(), Map.of("authorization", List.of("Bearer abc")))))
                .isEqualTo(new Credentials.Bearer("abc", "OAUTH"));
        assertThat(reader.credentials(head(
                        "GET",
                        PATH,
                        Map.of(),
                        Map.of(
                                "Authorization", List.of("bearer abc"),
                                "X-Snowflake-Authorization-Token-Type", List.of("keypair_jwt")))))
                .isEqualTo(new Credentials.Bearer("abc", "KEYPAIR_JWT"));
        assertThat(reader.credentials(
                        head("GET", PATH, Map.of(), Map.of("Authorization", List.of("Snowflake Token=\"a\"")))))
                .isEqualTo(new Credentials.None());
    }

    private static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, GatewayErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
