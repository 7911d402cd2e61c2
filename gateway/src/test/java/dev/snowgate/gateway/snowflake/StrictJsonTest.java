package dev.snowgate.gateway.snowflake;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("nothing", utf8(""), "empty"),
                Arguments.of("half an object", utf8("{\"a\":"), "not valid JSON"),
                Arguments.of("single quotes", utf8("{'a':1}"), "not valid JSON"),
                Arguments.of("a comment", utf8("{/* */}"), "not valid JSON"),
                Arguments.of("NaN", utf8("{\"a\":NaN}"), "not valid JSON"),
                Arguments.of("a duplicate key", utf8("{\"a\":1,\"a\":1}"), "twice"),
                Arguments.of("a duplicate key in depth", utf8("{\"x\":[{\"a\":1,\"\\u0061\":2}]}"), "twice"),
                Arguments.of("a second value", utf8("{} {}"), "follows"),
                Arguments.of("letters after the value", utf8("{}x"), "not valid JSON"),
                Arguments.of("a list", utf8("[1]"), "not a JSON object"),
                Arguments.of("a byte order mark", utf8("\uFEFF{}"), "byte order mark"),
                Arguments.of("UTF-16", "{}".getBytes(StandardCharsets.UTF_16LE), "not UTF-8"),
                Arguments.of(
                        "a lone continuation byte", new byte[] {'{', '"', (byte) 0x80, '"', ':', '1', '}'}, "UTF-8"),
                Arguments.of(
                        "an overlong slash",
                        new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
                        "UTF-8"),
                Arguments.of(
                        "a surrogate in UTF-8",
                        new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
                        "UTF-8"),
                Arguments.of("100 levels", utf8("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"), "64 levels"),
                Arguments.of("a number of 1000 digits", utf8("{\"a\":" + "1".repeat(1_000) + "}"), "not valid JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void anything_else_than_one_strict_object_is_refused(String name, byte[] body, String told) {
        assertThatThrownBy(() -> StrictJson.readObject(body))
                .isInstanceOf(StrictJsonException.class)
                .hasMessageContaining(told)
                .hasNoCause();
    }

    @Test
    void numbers_are_kept_as_written() {
        // Given
        String text =
                "{\"big\":9223372036854775807123,\"exact\":1.10,\"small\":1.0000000000000000000001,\"id\":9007199254740993}";

        // When
        byte[] written = StrictJson.write(StrictJson.readObject(utf8(text)));

        // Then
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void the_message_never_quotes_the_body() {
        assertThatThrownBy(() -> StrictJson.readObject(utf8("{\"a\":secret4711}")))
                .hasMessageNotContaining("secret");
    }
}
