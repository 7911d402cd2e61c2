package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
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

    /** Two readers that disagree about one reply would be a way around the second one. */
    @Test
    void damaged_replies_are_taken_or_refused_like_any_strict_object_wherever_they_are_cut() {
        Random random = new Random(41);
        byte[] whole = ("{\"x\":[1,{\"y\":null}],\"data\":{\"rowset\":" + ROWS
                        + ",\"rowsetBase64\":\"QUJD\\/w==\",\"n\":{\"rowset\":1}},\"success\":true}")
                .getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int round = 0; round < 30_000; round++) {
            // Given
            byte[] damaged = round == 0 ? whole : damage(whole, random);

            // When
            Optional<ObjectNode> strict = accepted(() -> StrictJson.readObject(damaged));
            Optional<ObjectNode> read = accepted(() -> ReplyReader.read(cut(damaged, random), PATH));

            // Then
            String shown = new String(damaged, StandardCharsets.ISO_8859_1);
            assertThat(read.isPresent()).as(shown).isEqualTo(strict.isPresent());
            read.ifPresent(reply -> assertThat(written(reply))
                    .as(shown)
                    .isEqualTo(isBinary(strict.orElseThrow()) ? strict : Optional.empty()));
            taken += read.isPresent() ? 1 : 0;
        }
        assertThat(taken).isBetween(1_000, 29_000);
    }

    /** Whether the text that stands for bytes, if there is one, has no letter that is written as an escape and none of Base64. */
    private static boolean isBinary(ObjectNode reply) {
        String text = reply.path("data").path("rowsetBase64").asString("");
        return text.chars().noneMatch(c -> c == '"' || c == '\\' || c < ' ')
                || !reply.path("data").path("rowsetBase64").isString();
    }

    private static Optional<ObjectNode> written(ObjectNode reply) {
        try {
            return Optional.of(StrictJson.readObject(StrictJson.write(reply)));
        } catch (UncheckedIOException noBase64) {
            return Optional.empty();
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            String marks = "\"\\[]{},:0e-n /u";
            byte b = random.nextInt(3) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) marks.charAt(random.nextInt(marks.length()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(damaged, 0, at);
            switch (random.nextInt(3)) {
                case 0 -> out.write(b);
                case 1 -> {
                    out.write(b);
                    out.write(damaged[at]);
                }
                default -> {
                    // the byte is left out
                }
            }
            out.write(damaged, at + 1, damaged.length - at - 1);
            damaged = out.toByteArray();
        }
        return damaged;
    }

    private static Optional<ObjectNode> accepted(Supplier<ObjectNode> reading) {
        try {
            return Optional.of(reading.get());
        } catch (StrictJsonException refused) {
            return Optional.empty();
        }
    }

    /** Bytes that come in pieces of any size. */
    private static ByteSource cut(byte[] bytes, Random random) {
        return () -> new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return super.read(into, from, Math.min(length, 1 + random.nextInt(7)));
            }
        };
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
