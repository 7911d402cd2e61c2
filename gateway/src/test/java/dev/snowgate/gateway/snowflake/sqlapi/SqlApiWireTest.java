package dev.snowgate.gateway.snowflake.sqlapi;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.QUERY_ID;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.STATEMENT;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.call;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.source;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.text;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.StreamedReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

class SqlApiWireTest {
    private static final String RESULT = """
        {"resultSetMetaData":{"numRows":5,"format":"jsonv2","partitionInfo":[{"rowCount":2},{"rowCount":3}],"rowType":[{"name":"C",
         "database":"","schema":"","table":"","type":"TEXT"}]},"data":[["1"],[null]],"code":"090001",
         "statementStatusUrl":"/api/v2/statements/%1$s?requestId=upstream","requestId":"upstream","sqlState":"00000",
         "statementHandle":"%1$s","message":"Statement executed successfully.","createdOn":1597090533987}\
        """.formatted(QUERY_ID);
    private final SqlApiReplyWriter writer = new SqlApiReplyWriter();

    private static ProtocolExchange.StatementSubmission asked(boolean nullable) {
        return new ProtocolExchange.StatementSubmission("mine", false, nullable);
    }

    private static Outcome.Completed completed() {
        return new Outcome.Completed(
                STATEMENT,
                new QueryId(QUERY_ID),
                new MaskedReply(
                        new JsonReply(StrictJson.readObject(utf8(RESULT))),
                        PageBytes.of(new byte[0]),
                        5,
                        2,
                        0,
                        List.of()));
    }

    @Test
    void a_request_names_its_whole_context() {
        var body = StrictJson.readObject(SqlApiRequests.statement(
                call(Dialect.SQL_API, Bindings.none(), Map.of("TIMEZONE", "UTC", "EVIL", "1"))));

        assertThat(body.toString())
                .isEqualTo("{\"statement\":\"select 1\",\"timeout\":60,\"role\":\"ANALYST\",\"warehouse\":\"WH\","
                        + "\"database\":\"PROD\",\"schema\":\"PUBLIC\",\"parameters\":{\"autocommit\":\"true\","
                        + "\"timezone\":\"UTC\",\"query_tag\":\"{\\\"tool\\\":\\\"snowgate\\\"}\","
                        + "\"multi_statement_count\":\"2\",\"rows_per_resultset\":\"1000\"}}");
    }

    @Test
    void a_result_is_read() {
        var reply = (UpstreamReply.Complete) SqlApiReplies.parse(200, source(RESULT));

        assertThat(reply.queryId()).isEqualTo(new QueryId(QUERY_ID));
        assertThat(reply.columns()).containsExactly(new ReplyColumn("C", "", "", "", "text"));
        assertThat(reply.rows()).isEqualTo(5);
        assertThat(reply.inlineRows()).isEqualTo(2);
        assertThat(reply.chunks()).isEqualTo(1);
    }

    @Test
    void waiting_and_errors_are_read() {
        assertThat(SqlApiReplies.parse(202, source("{\"code\":\"333334\",\"statementHandle\":\"" + QUERY_ID + "\"}")))
                .isEqualTo(new UpstreamReply.InProgress(new QueryId(QUERY_ID)));
        assertThat(SqlApiReplies.parse(
                        422,
                        source("{\"code\":\"002003\",\"message\":\"no\",\"sqlState\":\"42S02\",\"statementHandle\":\""
                                + QUERY_ID + "\"}")))
                .isEqualTo(
                        new UpstreamReply.Failed(Optional.of(new QueryId(QUERY_ID)), "002003", "42S02", "no", -1, -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {} | UPSTREAM_REPLY_NOT_UNDERSTOOD",
                "200 | <html> | UPSTREAM_REPLY_NOT_UNDERSTOOD",
                "200 | {\"resultSetMetaData\":{\"format\":\"arrowv1\"}} | RESULT_WITHHELD",
                "200 | {\"stageInfo\":{}} | RESULT_WITHHELD",
                "202 | {} | UPSTREAM_REPLY_NOT_UNDERSTOOD",
                "422 | {\"message\":\"x\"} | UPSTREAM_REPLY_NOT_UNDERSTOOD",
                "401 | {\"code\":\"390144\"} | UPSTREAM_REPLY_NOT_UNDERSTOOD",
                "429 | {} | UPSTREAM_UNAVAILABLE",
                "503 | <html> | UPSTREAM_UNAVAILABLE"
            })
    void other_replies_are_faults(int status, String body, GatewayErrorCode code) {
        assertThatThrownBy(() -> SqlApiReplies.parse(status, source(body)))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_result_is_written_under_the_clients_own_request_id_with_links() {
        // When
        Reply reply = writer.submitted(asked(true), completed());

        // Then
        String path = "/api/v2/statements/" + QUERY_ID + "?requestId=mine";
        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply))
                .doesNotContain("upstream")
                .contains("\"requestId\":\"mine\"")
                .contains("\"" + path + "\"");
        assertThat(reply.headers().get("Link"))
                .isEqualTo("<" + path + "&partition=0>;rel=\"first\",<" + path + "&partition=1>;rel=\"next\",<" + path
                        + "&partition=1>;rel=\"last\"");
    }

    @Test
    void nulls_become_text_where_the_client_wants_it() {
        assertThat(text(writer.submitted(asked(false), completed()))).contains("\"data\":[[\"1\"],[\"null\"]]");
        assertThat(text(writer.submitted(asked(true), completed()))).contains("\"data\":[[\"1\"],[null]]");
    }

    @Test
    void waiting_is_http_202() {
        Reply reply = writer.submitted(asked(true), new Outcome.InProgress(STATEMENT, Optional.empty(), false));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(text(reply))
                .isEqualTo(
                        "{\"code\":\"333334\",\"message\":\"Asynchronous execution in progress. Use provided query id"
                                + " to perform query monitoring and management.\",\"statementHandle\":\"" + STATEMENT
                                + "\",\"statementStatusUrl\":\"/api/v2/statements/" + STATEMENT + "?requestId=mine\"}");
    }

    @Test
    void an_error_keeps_its_status_and_names_the_statement() {
        var error = new LedgerEntry.StoredError("003001", "42501", "Blocked by policy.", -1, -1);

        Reply reply = writer.submitted(asked(true), new Outcome.Failed(STATEMENT, Optional.empty(), error, 422));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(text(reply))
                .isEqualTo("{\"code\":\"003001\",\"message\":\"Blocked by policy.\",\"sqlState\":\"42501\","
                        + "\"statementHandle\":\"" + STATEMENT + "\",\"statementStatusUrl\":\"/api/v2/statements/"
                        + STATEMENT
                        + "\"}");
    }

    @Test
    void every_failure_has_its_http_status() {
        for (GatewayErrorCode code : GatewayErrorCode.values()) {
            EncodedReply reply = writer.failure(new GatewayException(code, "why"));
            assertThat(reply.status()).isEqualTo(code.httpStatus());
            assertThat(StrictJson.readObject(reply.body()).get("code").stringValue())
                    .isEqualTo(code.wireCode());
        }
    }

    @Test
    void a_cancel_is_confirmed() {
        assertThat(text(writer.cancelled(new Outcome.InProgress(STATEMENT, Optional.empty(), false))))
                .startsWith("{\"code\":\"000604\",\"message\":\"SQL execution canceled\",\"sqlState\":\"57014\"");
    }

    @Test
    void a_later_part_is_always_gzip() {
        // Given
        Flux<byte[]> body = Flux.just(utf8("made elsewhere"));

        // When
        StreamedReply reply = writer.part(body);

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Content-Type", EncodedReply.JSON);
        assertThat(reply.body()).isSameAs(body);
    }
}
