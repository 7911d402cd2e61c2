package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathMaskTest {
    private static final Masks MASKS = new Masks(new byte[32]);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$.a | {\"a\": \"x\", \"b\": \"x\"} | {\"a\": \"[redacted]\", \"b\": \"x\"}",
                "$.a | {\"A\":1,\"a\" : {\"c\":[1,{}]} , \"b\":1.50} | {\"A\":null,\"a\" : null , \"b\":1.50}",
                "$.a | {\"a\": null} | {\"a\": null}",
                "$.a | {\"a\": true, \"a\": \"twice\"} | {\"a\": null, \"a\": \"[redacted]\"}",
                "$.a | {\"\\u0061\": \"x\\\"y\\\\\"} | {\"\\u0061\": \"[redacted]\"}",
                "$.a | [{\"a\": 1}] | [{\"a\": 1}]",
                "$[*].a | [{\"a\": 1}, {\"a\": -1e5}, 7] | [{\"a\": null}, {\"a\": null}, 7]",
                "$[1] | [1, 2, 3] | [1, null, 3]",
                "$.c[*].phone | {\"c\": [{\"phone\": \"1\", \"n\": 1}, {\"n\": [2]}]} | {\"c\": [{\"phone\": \"[redacted]\", \"n\": 1}, {\"n\": [2]}]}",
                "$..m | {\"m\": 1, \"x\": [{\"y\": {\"m\": \"q\"}}], \"n\": \"m\"} | {\"m\": null, \"x\": [{\"y\": {\"m\": \"[redacted]\"}}], \"n\": \"m\"}",
                "$..m.n | {\"m\": {\"m\": {\"n\": 1, \"o\": 2}}} | {\"m\": {\"m\": {\"n\": null, \"o\": 2}}}",
                "$.* | {\"a\": 1, \"b\": [\"x\"]} | {\"a\": null, \"b\": null}",
                "$['a b'][\"c.d\"] | {\"a b\": {\"c.d\": 1, \"c\": 2}} | {\"a b\": {\"c.d\": null, \"c\": 2}}",
                "$..['a'] | {\"b\": [{\"a\": 1}]} | {\"b\": [{\"a\": null}]}",
                "$.a | {\"a\": NaN, \"b\": -Infinity} | {\"a\": null, \"b\": -Infinity}",
                "$.a | {\"b\": 123456789012345678901234567890.123456789} | {\"b\": 123456789012345678901234567890.123456789}"
            })
    void what_lies_at_a_path_is_masked_and_the_rest_stays_as_it_was(String path, String cell, String masked) {
        Mask mask = Mask.jsonPath(new JsonPaths(List.of(path), JsonPaths.Inner.REDACT));

        assertThat(MASKS.apply(mask, "variant", cell)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "\"a\"",
                "7",
                "{",
                "[",
                "{\"a\": 1",
                "{\"a\": 1}}",
                "{} {}",
                "{\"a\": undefined}",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 1,}",
                "{\"b\": \"\u0001\"}",
                "{\"a\" 1}",
                "{\"b\": [}]"
            })
    void what_is_no_object_or_array_or_cannot_be_read_becomes_null(String cell) {
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$.a"), JsonPaths.Inner.NULL));

        assertThat(MASKS.apply(mask, "variant", cell)).isNull();
    }

    @Test
    void long_and_deep_values_are_masked_at_the_right_place() {
        // Given
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$..secret"), JsonPaths.Inner.REDACT));
        String filler = "\"f\": \"" + "é😀\\n".repeat(50_000) + "\", ";
        String deep = "{\"x\": ".repeat(400) + "{\"secret\": \"q\"}" + "}".repeat(400);

        // Then
        assertThat(MASKS.apply(mask, "object", "{" + filler + "\"secret\": \"q\", " + filler + "\"secret\" : 5}"))
                .isEqualTo("{" + filler + "\"secret\": \"[redacted]\", " + filler + "\"secret\" : null}");
        assertThat(MASKS.apply(mask, "object", deep)).isEqualTo(deep.replace("\"q\"", "\"[redacted]\""));
        assertThat(MASKS.apply(mask, "object", "[".repeat(5_000) + "]".repeat(5_000)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "$", "a", "$a", "$.", "$..", "$.a.", "$[", "$[x]", "$['a]", "$[-1]", "$.a..", "$[]", "$['']"
            })
    void what_is_no_path_is_refused(String path) {
        assertThatThrownBy(() -> JsonPaths.check(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
