package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.QUERY_ID;
import static dev.snowgate.gateway.snowflake.ProtocolFixture.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.QueryId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverRepliesTest {
    private static String reply(String data) {
        return "{\"data\":{\"queryId\":\"" + QUERY_ID + "\",\"rowtype\":[]" + data
                + "},\"code\":null,\"message\":null,\"success\":true}";
    }

    @Test
    void a_complete_reply_is_read() {
        // When
        var reply = (UpstreamReply.Complete) DriverReplies.parse(source("""
                {"data":{"parameters":[],"rowtype":[{"name":"C1","database":"DB","schema":"PUBLIC","table":"T","type":"FIXED",
                 "nullable":true}],"rowset":[["1"],[null]],"total":5,"returned":5,"queryId":"%s","finalDatabaseName":"DB",
                 "finalSchemaName":null,"finalRoleName":"R","statementTypeId":4096,"version":1,"queryResultFormat":"json",
                 "chunks":[{"url":"https://s","rowCount":3,"uncompressedSize":9,"compressedSize":5}]},
                 "code":null,"message":null,"success":true}""".formatted(QUERY_ID)));

        // Then
        assertThat(reply.queryId()).isEqualTo(new QueryId(QUERY_ID));
        assertThat(reply.columns()).containsExactly(new ReplyColumn("C1", "DB", "PUBLIC", "T", "fixed"));
        assertThat(reply.rows()).isEqualTo(5);
        assertThat(reply.inlineRows()).isEqualTo(2);
        assertThat(reply.chunks()).isEqualTo(1);
        assertThat(reply.finalContext())
                .isEqualTo(Map.of("database", Optional.of("DB"), "schema", Optional.empty(), "role", Optional.of("R")));
        assertThat(reply.statementTypeId()).isEqualTo(4096);
    }

    @Test
    void children_of_several_statements_are_read() {
        var reply = (UpstreamReply.Complete) DriverReplies.parse(
                source(reply(",\"rowset\":[],\"resultIds\":\"" + QUERY_ID + "," + QUERY_ID + "\"")));

        assertThat(reply.childIds()).containsExactly(new QueryId(QUERY_ID), new QueryId(QUERY_ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"333333", "333334"})
    void in_progress_is_read(String code) {
        assertThat(DriverReplies.parse(source("{\"data\":{\"queryId\":\"" + QUERY_ID
                        + "\",\"getResultUrl\":\"/x\"},\"code\":\"" + code + "\",\"success\":true}")))
                .isEqualTo(new UpstreamReply.InProgress(new QueryId(QUERY_ID)));
    }

    @Test
    void an_error_is_read_and_not_shown_by_its_text() {
        // When
        UpstreamReply reply = DriverReplies.parse(
                source(
                        "{\"data\":{\"errorCode\":\"001003\",\"sqlState\":\"42000\",\"queryId\":\"" + QUERY_ID
                                + "\",\"line\":2,\"pos\":5},\"code\":\"001003\",\"message\":\"near 'secret'\",\"success\":false}"));

        // Then
        assertThat(reply)
                .isEqualTo(new UpstreamReply.Failed(
                        Optional.of(new QueryId(QUERY_ID)), "001003", "42000", "near 'secret'", 2, 5));
        assertThat(reply.toString()).doesNotContain("secret");
    }

    @Test
    void a_lost_session_is_an_error_with_its_code() {
        var reply = (UpstreamReply.Failed) DriverReplies.parse(
                source("{\"data\":null,\"code\":\"390112\",\"message\":\"expired\",\"success\":false}"));

        assertThat(reply.code()).isEqualTo("390112");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"command\":\"UPLOAD\"",
                ",\"stageInfo\":{}",
                ",\"StageInfo\":{}",
                ",\"uploadInfo\":{}",
                ",\"encryptionMaterial\":{}",
                ",\"src_locations\":[]",
                ",\"queryResultFormat\":\"arrow\",\"rowset\":[[\"1\"]]",
                ",\"queryResultFormat\":\"csv\"",
                ",\"rowsetBase64\":\"\""
            })
    void storage_access_and_other_formats_are_withheld(String field) {
        assertThatThrownBy(() -> DriverReplies.parse(source(reply(field))))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"success\":\"true\"}",
                "{\"success\":true,\"data\":null}",
                "{\"success\":true,\"data\":{}}",
                "{\"success\":true,\"data\":{\"queryId\":\"x\",\"rowtype\":[]}}",
                "{\"success\":true,\"data\":{\"queryId\":\"01b2c3d4-0000-0000-0000-000000000009\"}}",
                "{\"success\":true,\"data\":{\"queryId\":\"01b2c3d4-0000-0000-0000-000000000009\",\"rowtype\":[5]}}",
                "{\"success\":true,\"data\":{\"queryId\":\"01b2c3d4-0000-0000-0000-000000000009\",\"rowtype\":[],\"rowset\":{}}}",
                "{\"success\":true,\"data\":{\"queryId\":\"01b2c3d4-0000-0000-0000-000000000009\",\"rowtype\":[],\"rowtype\":[]}}",
                "{\"success\":true,\"code\":\"333333\",\"data\":{}}",
                "{\"success\":false,\"data\":null,\"code\":null}",
                "{\"success\":false,\"data\":null,\"code\":\"oops\"}"
            })
    void anything_else_is_not_understood(String body) {
        assertThatThrownBy(() -> DriverReplies.parse(source(body)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD));
    }
}
