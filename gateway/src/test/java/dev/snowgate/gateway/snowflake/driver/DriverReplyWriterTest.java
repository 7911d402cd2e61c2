package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.NOW;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.QUERY_ID;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.STATEMENT;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.session;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.text;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DriverReplyWriterTest {
    private static final ProtocolExchange.StatementSubmission SUBMITTED =
            new ProtocolExchange.StatementSubmission("r", false, true);
    private static final ProtocolExchange.ResultPoll POLLED =
            new ProtocolExchange.ResultPoll("x", Optional.empty(), true);
    private final DriverReplyWriter writer = new DriverReplyWriter();

    @ParameterizedTest
    @CsvSource({"false,333333", "true,333334"})
    void a_waiting_statement_gets_the_code_of_its_kind_and_a_path(boolean async, String code) {
        Reply reply = writer.submitted(SUBMITTED, new Outcome.InProgress(STATEMENT, Optional.empty(), async));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsExactlyEntriesOf(Map.of("Content-Type", "application/json"));
        assertThat(text(reply))
                .isEqualTo("{\"data\":{\"getResultUrl\":\"/queries/5e000000-0000-8000-8000-000000000001/result\","
                        + "\"progressDesc\":null,\"queryAbortsAfterSecs\":300,"
                        + "\"queryId\":\"5e000000-0000-8000-8000-000000000001\"},\"code\":\"" + code
                        + "\",\"message\":\"Query execution in progress\",\"success\":true}");
    }

    @Test
    void a_poll_keeps_every_driver_waiting() {
        String text = text(
                writer.polled(POLLED, new Outcome.InProgress(STATEMENT, Optional.of(new QueryId(QUERY_ID)), false)));

        assertThat(text).contains("\"code\":\"333334\"").contains("\"queryId\":\"" + QUERY_ID + "\"");
    }

    @Test
    void an_error_has_everything_that_drivers_need() {
        var error = new LedgerEntry.StoredError("003001", "42501", "Blocked by policy.", -1, -1);

        Reply reply = writer.polled(POLLED, new Outcome.Failed(STATEMENT, Optional.empty(), error, 422));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply))
                .isEqualTo("{\"data\":{\"internalError\":false,\"unredactedFromSecureObject\":false,"
                        + "\"errorCode\":\"003001\",\"age\":0,\"sqlState\":\"42501\","
                        + "\"queryId\":\"5e000000-0000-8000-8000-000000000001\",\"line\":-1,\"pos\":-1,"
                        + "\"type\":\"COMPILATION\"},\"code\":\"003001\",\"message\":\"Blocked by policy.\","
                        + "\"success\":false,\"headers\":null}");
    }

    @Test
    void every_code_of_ours_is_a_whole_number_for_drivers_and_http_200() {
        for (GatewayErrorCode code : GatewayErrorCode.values()) {
            EncodedReply reply = writer.failure(new GatewayException(code, "why"));
            ObjectNode body = StrictJson.readObject(reply.body());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(Integer.parseInt(body.get("code").stringValue())).isPositive();
            assertThat(body.at("/data/sqlState").stringValue()).hasSize(5);
            assertThat(body.at("/data/queryId").stringValue()).hasSize(36);
        }
    }

    @Test
    void a_result_is_written_with_our_parameters_and_unknown_fields_of_the_envelope() {
        // Given
        var tree = StrictJson.readObject(utf8("""
            {"data":{"parameters":[{"name":"TIMEZONE","value":"UTC"},{"name":"CLIENT_STAGE_ARRAY_BINDING_THRESHOLD",
             "value":65280}],"rowtype":[],"rowset":[["1"]],"queryId":"%s","sessionId":42},"code":null,"message":null,
             "success":true,"later":{"x":1}}\
            """.formatted(QUERY_ID)));
        var masked = new MaskedReply(new JsonReply(tree), PageBytes.of(new byte[0]), 1, 1, 0, List.of());

        // When
        String text =
                text(writer.submitted(SUBMITTED, new Outcome.Completed(STATEMENT, new QueryId(QUERY_ID), masked)));

        // Then
        assertThat(text)
                .isEqualTo("{\"data\":{\"parameters\":[{\"name\":\"TIMEZONE\",\"value\":\"UTC\"},"
                        + "{\"name\":\"CLIENT_STAGE_ARRAY_BINDING_THRESHOLD\",\"value\":0}],\"rowtype\":[],"
                        + "\"rowset\":[[\"1\"]],\"queryId\":\"" + QUERY_ID + "\"},\"code\":null,\"message\":null,"
                        + "\"success\":true,\"later\":{\"x\":1}}");
    }

    @ParameterizedTest
    @CsvSource({"qrmk", "rowsetBase64"})
    void keys_and_unmasked_formats_never_leave(String field) {
        ObjectNode tree = StrictJson.object();
        tree.putObject("data").put(field, "x");
        var completed = new Outcome.Completed(
                STATEMENT,
                new QueryId(QUERY_ID),
                new MaskedReply(new JsonReply(tree), PageBytes.of(new byte[0]), 0, 0, 0, List.of()));

        assertThatThrownBy(() -> writer.submitted(SUBMITTED, completed))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD));
    }

    @Test
    void a_session_is_told_with_our_tokens_only() {
        // Given
        var opened = new OpenedSession(
                session(Dialect.DRIVER),
                "S",
                "M",
                Duration.ofHours(1),
                Duration.ofHours(4),
                Map.of("AUTOCOMMIT", true, "CLIENT_PREFETCH_THREADS", 4L, "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 5L),
                Map.of("database", Optional.of("PROD"), "schema", Optional.empty()),
                77);

        // When
        ObjectNode data =
                (ObjectNode) StrictJson.readObject(writer.opened(opened).body()).get("data");

        // Then
        assertThat(data.get("token").stringValue()).isEqualTo("S");
        assertThat(data.get("masterToken").stringValue()).isEqualTo("M");
        assertThat(data.get("validityInSeconds").longValue()).isEqualTo(3_600);
        assertThat(data.get("masterValidityInSeconds").longValue()).isEqualTo(14_400);
        assertThat(data.get("sessionId").longValue()).isEqualTo(77);
        assertThat(data.get("sessionInfo").toString())
                .isEqualTo("{\"databaseName\":\"PROD\",\"schemaName\":null,\"warehouseName\":null,\"roleName\":null}");
        assertThat(data.get("parameters").toString())
                .isEqualTo(
                        "[{\"name\":\"AUTOCOMMIT\",\"value\":true},{\"name\":\"CLIENT_PREFETCH_THREADS\",\"value\":4},"
                                + "{\"name\":\"CLIENT_STAGE_ARRAY_BINDING_THRESHOLD\",\"value\":0}]");
    }

    @Test
    void small_answers_have_the_exact_form() {
        AgentSession session = session(Dialect.DRIVER);

        assertThat(text(writer.done())).isEqualTo("{\"data\":null,\"code\":null,\"message\":null,\"success\":true}");
        assertThat(text(writer.telemetryTaken()))
                .isEqualTo("{\"data\":\"Log Received\",\"code\":null,\"message\":null,\"success\":true}");
        assertThat(text(writer.renewed(
                        new RenewedTokens(session.id(), "S2", "M2", Duration.ofHours(1), Duration.ofHours(4), 77))))
                .isEqualTo(
                        "{\"data\":{\"sessionToken\":\"S2\",\"validityInSecondsST\":3600,\"masterToken\":\"M2\","
                                + "\"validityInSecondsMT\":14400,\"sessionId\":77},\"code\":null,\"message\":null,\"success\":true}");
        assertThat(text(writer.status(new ProtocolExchange.QueryStatus("x"), Optional.empty())))
                .isEqualTo("{\"data\":{\"queries\":[]},\"code\":null,\"message\":null,\"success\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVED,RUNNING",
        "CLEARED,RUNNING",
        "HELD,QUEUED",
        "RELEASED,QUEUED",
        "SENT,RUNNING",
        "STARTED,RUNNING",
        "SUCCEEDED,SUCCESS",
        "FAILED,FAILED_WITH_ERROR",
        "REFUSED,FAILED_WITH_ERROR",
        "DENIED,FAILED_WITH_ERROR",
        "EXPIRED,ABORTED",
        "CANCELLED,ABORTED",
        "ABANDONED,ABORTED",
        "OUTCOME_UNKNOWN,FAILED_WITH_INCIDENT"
    })
    void the_status_has_the_id_that_was_asked_for_and_a_word_that_drivers_know(StatementState state, String word) {
        // When
        ObjectNode query = (ObjectNode) StrictJson.readObject(writer.status(
                                new ProtocolExchange.QueryStatus("asked"),
                                Optional.of(new StatementStatus(
                                        entry(state), "select 'mine'", Optional.of(NOW.plusMillis(1_500)))))
                        .body())
                .at("/data/queries/0");

        // Then
        assertThat(query.get("id").stringValue()).isEqualTo("asked");
        assertThat(query.get("status").stringValue()).isEqualTo(word);
        assertThat(query.get("errorCode").stringValue()).isEmpty();
        assertThat(query.get("errorMessage").isNull()).isTrue();
        assertThat(query.get("startTime").longValue()).isEqualTo(NOW.toEpochMilli());
        assertThat(query.get("endTime").longValue()).isEqualTo(NOW.toEpochMilli() + 1_500);
        assertThat(query.get("totalDuration").longValue()).isEqualTo(1_500);
        assertThat(query.get("sqlText").stringValue()).isEqualTo("select 'mine'");
    }

    private static LedgerEntry entry(StatementState state) {
        AgentSession session = session(Dialect.DRIVER);
        return new LedgerEntry(
                STATEMENT,
                session.id(),
                Owner.of(session),
                Dialect.DRIVER,
                "r",
                new byte[0],
                state,
                false,
                false,
                false,
                session.context(),
                STATEMENT.value(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                Optional.empty(),
                java.util.OptionalLong.empty());
    }
}
