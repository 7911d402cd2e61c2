package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.NOW;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.head;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.session;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.LogInRequest;
import dev.snowgate.gateway.snowflake.Credentials;
import dev.snowgate.gateway.snowflake.FieldTable.Row;
import dev.snowgate.gateway.snowflake.FieldTable.Treatment;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.RequestReader;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DriverRequestReaderTest {
    private static final String REQUEST = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final RequestHead QUERY = head(
            "POST", "/queries/v1/query-request", Map.of("requestId", List.of(REQUEST), "request_guid", List.of("x")));

    private final DriverRequestReader reader = new DriverRequestReader(1_000);

    private Statement read(String json) {
        return read(QUERY, json);
    }

    private Statement read(RequestHead head, String json) {
        var submission = (ProtocolExchange.StatementSubmission) reader.recognise(head);
        return reader.statement(submission, head, utf8(json), session(Dialect.DRIVER), NOW);
    }

    @Test
    void a_statement_of_jdbc_is_read() {
        // When
        Statement statement = read("""
                {"sqlText":"select ?","asyncExec":false,"sequenceId":0,"querySubmissionTime":1700000000000,
                 "describeOnly":false,"isInternal":false,"parameters":{"query_timeout":30,"TIMEZONE":"UTC"},
                 "bindings":{"1":{"type":"FIXED","value":"5","fmt":null,"schema":null}},"bindStage":null,
                 "queryContextDTO":null,"describedJobId":null,"newField":[1,{"a":2}]}""");

        // Then
        assertThat(statement.text()).isEqualTo("select ?");
        assertThat(statement.requestId()).isEqualTo(REQUEST);
        assertThat(new String(statement.bindings().encoded(), StandardCharsets.UTF_8))
                .isEqualTo("{\"1\":{\"type\":\"FIXED\",\"value\":\"5\",\"fmt\":null,\"schema\":null}}");
        assertThat(statement.bindings().digest()).hasSize(32);
        assertThat(statement.parameters()).containsExactlyEntriesOf(Map.of("TIMEZONE", "UTC"));
        assertThat(statement.timeoutSeconds()).hasValue(30);
        assertThat(statement.droppedFields()).containsExactly("newField");
        assertThat(statement.describeOnly()).isFalse();
        assertThat(statement.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void array_binds_are_kept_in_order() {
        // When
        Statement statement = read(
                "{\"sqlText\":\"insert\",\"bindings\":{ \"1\" : {\"type\":\"TEXT\", \"value\":[\"ä\",null,\"\\u0062\"]}}}");

        // Then
        assertThat(new String(statement.bindings().encoded(), StandardCharsets.UTF_8))
                .isEqualTo("{\"1\":{\"type\":\"TEXT\",\"value\":[\"ä\",null,\"b\"]}}");
    }

    @Test
    void an_empty_object_of_bindings_binds_nothing() {
        assertThat(read("{\"sqlText\":\"select 1\",\"bindings\":{}}").bindings().isEmpty())
                .isTrue();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("no text", "{}"),
                Arguments.of("blank text", "{\"sqlText\":\" \"}"),
                Arguments.of("text that is a number", "{\"sqlText\":5}"),
                Arguments.of("text with half a character", "{\"sqlText\":\"\\ud800\"}"),
                Arguments.of("a flag that is text", "{\"sqlText\":\"x\",\"asyncExec\":\"true\"}"),
                Arguments.of("describeOnly that is a number", "{\"sqlText\":\"x\",\"describeOnly\":1}"),
                Arguments.of("parameters that are a list", "{\"sqlText\":\"x\",\"parameters\":[]}"),
                Arguments.of("bindings that are a list", "{\"sqlText\":\"x\",\"bindings\":[]}"),
                Arguments.of("a binding that is text", "{\"sqlText\":\"x\",\"bindings\":{\"1\":\"5\"}}"),
                Arguments.of(
                        "a bound number", "{\"sqlText\":\"x\",\"bindings\":{\"1\":{\"type\":\"FIXED\",\"value\":5}}}"),
                Arguments.of(
                        "a bound list in a list", "{\"sqlText\":\"x\",\"bindings\":{\"1\":{\"value\":[[\"5\"]]}}}"),
                Arguments.of(
                        "half a bound character", "{\"sqlText\":\"x\",\"bindings\":{\"1\":{\"value\":\"\\udc00\"}}}"),
                Arguments.of("a duplicate field", "{\"sqlText\":\"x\",\"sqlText\":\"y\"}"),
                Arguments.of(
                        "a duplicate binding",
                        "{\"sqlText\":\"x\",\"bindings\":{\"1\":{\"value\":\"a\"},\"1\":{\"value\":\"b\"}}}"),
                Arguments.of("a duplicate in an unknown field", "{\"sqlText\":\"x\",\"z\":{\"a\":1,\"a\":2}}"),
                Arguments.of("bytes after the object", "{\"sqlText\":\"x\"}{}"),
                Arguments.of("half an object", "{\"sqlText\":\"x\""),
                Arguments.of("another request id than in the query", "{\"sqlText\":\"x\",\"requestId\":\"other\"}"),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void a_malformed_body_is_refused(String name, String json) {
        assertCode(() -> read(json), GatewayErrorCode.MALFORMED_REQUEST);
    }

    static Stream<Row> refusedRows() {
        return DriverFields.STATEMENT.bodyRows().stream().filter(row -> row.treatment() == Treatment.REFUSE);
    }

    @ParameterizedTest
    @MethodSource("refusedRows")
    void a_refused_field_is_refused_unless_null(Row row) {
        assertCode(() -> read("{\"sqlText\":\"x\",\"" + row.name() + "\":\"y\"}"), GatewayErrorCode.UNSUPPORTED_FIELD);
        assertThat(read("{\"sqlText\":\"x\",\"" + row.name() + "\":null}").droppedFields())
                .isEmpty();
    }

    static Stream<Row> droppedRows() {
        return DriverFields.STATEMENT.bodyRows().stream().filter(row -> row.treatment() == Treatment.DROP);
    }

    @ParameterizedTest
    @MethodSource("droppedRows")
    void a_dropped_field_is_named(Row row) {
        assertThat(read("{\"sqlText\":\"x\",\"" + row.name() + "\":\"y\"}").droppedFields())
                .containsExactly(row.name());
    }

    @Test
    void an_unknown_query_parameter_is_named_and_a_repeated_one_is_refused() {
        RequestHead unknown = head(
                "POST",
                "/queries/v1/query-request",
                Map.of("requestId", List.of(REQUEST), "combinedDescribe", List.of("true"), "x", List.of("1", "2")));
        RequestHead repeated =
                head("POST", "/queries/v1/query-request", Map.of("requestId", List.of(REQUEST, REQUEST)));

        assertThat(read(unknown, "{\"sqlText\":\"x\"}").droppedFields())
                .containsExactlyInAnyOrder("?combinedDescribe", "?x");
        assertCode(() -> reader.recognise(repeated), GatewayErrorCode.MALFORMED_REQUEST);
        assertCode(
                () -> reader.recognise(head("POST", "/queries/v1/query-request", Map.of())),
                GatewayErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void a_statement_beyond_the_limit_is_refused() {
        assertCode(() -> read("{\"sqlText\":\"" + "x".repeat(1_001) + "\"}"), GatewayErrorCode.STATEMENT_TOO_LARGE);
    }

    @Test
    void a_tracked_parameter_needs_the_value_that_is_in_force() {
        assertThat(read("{\"sqlText\":\"x\",\"parameters\":{\"AUTOCOMMIT\":true}}")
                        .parameters())
                .isEmpty();
        assertCode(
                () -> read("{\"sqlText\":\"x\",\"parameters\":{\"AUTOCOMMIT\":false}}"),
                GatewayErrorCode.UNSUPPORTED_FIELD);
    }

    @Test
    void a_body_of_another_type_is_refused() {
        RequestHead xml = head(
                "POST",
                "/queries/v1/query-request",
                Map.of("requestId", List.of(REQUEST)),
                Map.of("content-type", List.of("text/xml")));

        assertCode(() -> read(xml, "{\"sqlText\":\"x\"}"), GatewayErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/session/v1/login-request,Login",
        "POST,/session/token-request,TokenRenewal",
        "POST,/session/heartbeat,Heartbeat",
        "GET,/queries/01b2c3d4-0000-0000-0000-000000000009/result,ResultPoll",
        "POST,/queries/v1/abort-request,StatementCancel",
        "POST,/queries/01b2c3d4-0000-0000-0000-000000000009/abort-request,StatementCancel",
        "GET,/monitoring/queries/01b2c3d4-0000-0000-0000-000000000009,QueryStatus",
        "POST,/telemetry/send,Telemetry",
        "POST,/session,Unrecognised",
        "GET,/session,Unrecognised",
        "GET,/queries/v1/query-request,Unrecognised",
        "DELETE,/session/heartbeat,Unrecognised",
        "GET,/queries//result,Unrecognised",
        "GET,/queries/a/b/result,Unrecognised",
        "GET,/queries/%2e%2e/result,Unrecognised",
        "GET,/monitoring/queries,Unrecognised",
        "GET,/monitoring/queries/,Unrecognised",
        "POST,/session/authenticator-request,Unrecognised",
        "POST,/queries/v1/query-request/,Unrecognised"
    })
    void each_path_is_one_exchange(String method, String path, String exchange) {
        assertThat(reader.recognise(head(method, path, Map.of())).label()).isEqualTo(exchange);
    }

    @Test
    void log_out_is_known_by_its_query() {
        assertThat(reader.recognise(head("POST", "/session", Map.of("delete", List.of("true")))))
                .isEqualTo(new ProtocolExchange.Logout());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Snowflake Token=\"abc\" | abc",
                "snowflake token=\"a.b-c\" | a.b-c",
                "Snowflake Token=\"\" | -",
                "Snowflake Token=\"a\" x | -",
                "Bearer abc | -",
                "Basic | -"
            })
    void only_a_session_token_counts(String header, String token) {
        Credentials shown =
                reader.credentials(head("POST", "/session", Map.of(), Map.of("Authorization", List.of(header))));

        assertThat(shown).isEqualTo(token.equals("-") ? new Credentials.None() : new Credentials.SessionToken(token));
    }

    @Test
    void a_log_in_with_oauth_is_read() {
        // Given
        RequestHead head = head(
                "POST", "/session/v1/login-request", Map.of("databaseName", List.of("PROD"), "roleName", List.of("")));
        String json = """
                {"data":{"CLIENT_APP_ID":"JDBC","CLIENT_APP_VERSION":"4.4.1","ACCOUNT_NAME":"acme","LOGIN_NAME":"bot",
                 "AUTHENTICATOR":"oauth","TOKEN":"t0k3n","CLIENT_ENVIRONMENT":{"OS":"Linux","PLATFORM":["a"],"tracing":null},
                 "SESSION_PARAMETERS":{"TIMEZONE":"UTC","AUTOCOMMIT":false,"QUERY_TAG":"mine","JDBC_QUERY_RESULT_FORMAT":"ARROW",
                 "WHAT_IS_THIS":1},"EXT_AUTHN_DUO_METHOD":"push","SECONDARY_ROLES":"ALL"},"inFlightCtx":null}""";

        // When
        RequestReader.ReadLogin read = reader.logIn((ProtocolExchange.Login) reader.recognise(head), head, utf8(json));

        // Then
        LogInRequest request = read.request();
        assertThat(request.token()).isEqualTo("t0k3n");
        assertThat(request.database()).contains("PROD");
        assertThat(request.role()).isEqualTo(Optional.empty());
        assertThat(request.sessionParameters())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("TIMEZONE", "UTC", "AUTOCOMMIT", "false", "JDBC_QUERY_RESULT_FORMAT", "ARROW"));
        assertThat(request.environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of("OS", "Linux", "PLATFORM", "[\"a\"]", "QUERY_TAG", "mine"));
        assertThat(read.droppedFields()).containsExactlyInAnyOrder("SECONDARY_ROLES", "WHAT_IS_THIS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":{\"LOGIN_NAME\":\"u\",\"PASSWORD\":\"secret\"}} | LOGIN_METHOD_UNSUPPORTED",
                "{\"data\":{\"AUTHENTICATOR\":\"SNOWFLAKE_JWT\",\"TOKEN\":\"x\"}} | LOGIN_METHOD_UNSUPPORTED",
                "{\"data\":{\"AUTHENTICATOR\":\"OAUTH\"}} | AUTHENTICATION_FAILED",
                "{\"data\":{\"AUTHENTICATOR\":5}} | MALFORMED_REQUEST",
                "{\"data\":[]} | MALFORMED_REQUEST",
                "{} | MALFORMED_REQUEST",
                "{\"data\":{\"AUTHENTICATOR\":\"OAUTH\",\"TOKEN\":\"x\",\"SESSION_PARAMETERS\":{\"SECONDARY_ROLES\":\"ALL\"}}}"
                        + " | UNSUPPORTED_FIELD"
            })
    void any_other_log_in_is_refused(String json, GatewayErrorCode code) {
        RequestHead head = head("POST", "/session/v1/login-request", Map.of());

        assertCode(() -> reader.logIn((ProtocolExchange.Login) reader.recognise(head), head, utf8(json)), code);
    }

    @Test
    void renewal_and_cancel_name_what_they_mean() {
        assertThat(reader.oldSessionToken(utf8("{\"oldSessionToken\":\"old\",\"requestType\":\"RENEW\"}")))
                .isEqualTo("old");
        assertThat(reader.requestToCancel(utf8("{\"sqlText\":\"select 1\",\"requestId\":\"r-1\"}")))
                .isEqualTo("r-1");
        assertCode(
                () -> reader.oldSessionToken(utf8("{\"oldSessionToken\":\"old\",\"requestType\":\"CLONE\"}")),
                GatewayErrorCode.UNSUPPORTED_FIELD);
        assertCode(() -> reader.requestToCancel(utf8("{}")), GatewayErrorCode.MALFORMED_REQUEST);
    }

    private static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, GatewayErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
