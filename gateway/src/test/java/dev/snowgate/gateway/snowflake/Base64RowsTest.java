package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Binary rows of a reply, read from where they stand. */
class Base64RowsTest {
    @Test
    void they_are_what_the_text_stands_for_whatever_its_slashes_look_like() {
        Random random = new Random(3);
        for (int size : new int[] {0, 1, 2, 3, 1_000, 200_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String text = Base64.getEncoder().encodeToString(bytes);
            assertThat(read(text)).isEqualTo(bytes);
            assertThat(read(text.replace("/", "\\/"))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "AB C", "AB\\nCD", "AB=C", "QQ==QQ==", "QQ==x", "\\u0041BCD", "AB-_", "=ABC", "QUJD\\\\"})
    void what_is_not_base64_from_end_to_end_is_not_understood(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(GatewayException.class);
    }

    @Test
    void nothing_is_no_rows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Rows.at(StrictJson.object().path("rowsetBase64")).readRows(out::write);
        Base64Rows.at(StrictJson.object().nullNode()).readRows(out::write);
        assertThat(out.size()).isZero();
    }

    @Test
    void a_list_in_their_place_is_not_understood() {
        ObjectNode reply = reply("{\"data\":{\"rowsetBase64\":[[\"raw\"]]}}");
        assertThatThrownBy(() -> Base64Rows.at(reply.path("data").path("rowsetBase64")))
                .isInstanceOf(GatewayException.class);
    }

    @Test
    void they_are_written_as_they_were_and_shown_to_nobody() {
        String text = "{\"data\":{\"rowsetBase64\":\"QUJD\",\"total\":1},\"success\":true}";
        assertThat(new String(StrictJson.write(reply(text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(reply(text).toString()).doesNotContain("QUJD");
    }

    private static byte[] read(String base64) {
        ObjectNode reply = reply("{\"data\":{\"x\":1,\"rowsetBase64\":\"" + base64 + "\",\"total\":1}}");
        assertThat(reply.path("data").path("total").asInt()).isEqualTo(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Rows.at(reply.path("data").path("rowsetBase64")).readRows(out::write);
        return out.toByteArray();
    }

    private static ObjectNode reply(String text) {
        return ReplyFields.tree(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)), List.of("data", "rowset"));
    }
}
