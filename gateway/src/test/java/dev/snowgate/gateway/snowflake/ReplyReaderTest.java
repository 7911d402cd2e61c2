package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Replies are trees but for their rows, and as strict inside of the rows as outside. */
class ReplyReaderTest {
    private static final List<String> PATH = List.of("data", "rowset");
    private static final String ROWS = "[ [\"caf\\u00e9\" ,null],\n[\"\u20ac [1]\",\"\\\"],[\"] ]";

    @Test
    void rows_stay_the_bytes_that_they_were() {
        // When
        ObjectNode reply =
                read("{\"x\":1,\"data\":{\"a\":\"é\",\"rowset\":" + ROWS + ",\"total\":2},\"rowset\":[[1]]}");

        // Then
        JsonRows rows = JsonRows.at(reply.path("data").path("rowset"));
        assertThat(new String(rows.bytes(), StandardCharsets.UTF_8)).isEqualTo(ROWS);
        assertThat(rows.count()).isEqualTo(2);
        assertThat(reply.path("data").path("total").asInt()).isEqualTo(2);
        assertThat(reply.path("rowset").isArray()).isTrue();
    }

    @Test
    void a_reply_is_written_with_the_very_bytes_of_its_rows() {
        // Given
        String text = "{\"data\":{\"rowset\":" + ROWS + ",\"total\":2},\"success\":true}";

        // When
        ObjectNode reply = read(text);

        // Then
        assertThat(new String(StrictJson.write(reply), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(new String(StrictJson.write(reply.deepCopy()), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(reply.toString()).doesNotContain("caf");
    }

    @Test
    void a_place_without_a_list_is_read_like_any_other() {
        assertThat(ReplyFields.sizeOf(data("{\"data\":{\"rowset\":null}}"), "rowset"))
                .isZero();
        assertThat(ReplyFields.sizeOf(data("{\"data\":{}}"), "rowset")).isZero();
        assertThatThrownBy(() -> ReplyFields.sizeOf(data("{\"data\":{\"rowset\":{\"a\":1}}}"), "rowset"))
                .isInstanceOf(GatewayException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"data\":{\"rowset\":[[1]]}",
                "{\"data\":{\"rowset\":[[1}]}}",
                "{\"data\":{\"rowset\":[[\"a]}}",
                "{\"data\":{\"rowset\":[{\"a\":1,\"a\":2}]}}",
                "{\"data\":{\"rowset\":[[1]],\"rowset\":[[2]]}}",
                "{\"data\":{\"rowset\":[[1]]}} {}",
                "{\"data\":{\"rowset\":[['a']]}}",
                "{\"data\":{\"rowset\":[[1],]}}"
            })
    void what_is_not_one_strict_object_is_not_understood(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(GatewayException.class);
    }

    @Test
    void rows_are_not_nested_without_end() {
        String deep = "[".repeat(70) + "]".repeat(70);
        assertThatThrownBy(() -> read("{\"data\":{\"rowset\":" + deep + "}}")).isInstanceOf(GatewayException.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_not_understood() {
        byte[] text = "{\"data\":{\"rowset\":[[\"x\"]]}}".getBytes(StandardCharsets.US_ASCII);
        text[22] = (byte) 0xC0;
        assertThatThrownBy(() -> ReplyFields.tree(ByteSource.of(text), PATH)).isInstanceOf(GatewayException.class);
    }

    private static ObjectNode data(String text) {
        return (ObjectNode) read(text).path("data");
    }

    private static ObjectNode read(String text) {
        return ReplyFields.tree(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)), PATH);
    }
}
