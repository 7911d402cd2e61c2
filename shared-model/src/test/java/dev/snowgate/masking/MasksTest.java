package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MasksTest {
    private static final byte[] KEY = "a key of thirty-two bytes, fixed".getBytes(StandardCharsets.UTF_8);
    private static final Masks MASKS = new Masks(KEY);
    /** A cell of every logical type, as results carry it. */
    private static final Map<String, String> CELLS = Map.ofEntries(
            Map.entry("text", "Ada King-Lovelace"),
            Map.entry("fixed", "1234.56"),
            Map.entry("real", "1234.56"),
            Map.entry("decfloat", "1234.56"),
            Map.entry("boolean", "1"),
            Map.entry("date", "18262"),
            Map.entry("time", "45296.123456789"),
            Map.entry("timestamp_ntz", "1577934245.123456789"),
            Map.entry("timestamp_ltz", "1577934245.123"),
            Map.entry("timestamp_tz", "1577934245.123456789 1980"),
            Map.entry("binary", "DEADBEEF"),
            Map.entry("variant", "{\"a\": 1}"),
            Map.entry("object", "{\"a\": 1}"),
            Map.entry("array", "[1, 2]"),
            Map.entry("map", "{\"a\": 1}"),
            Map.entry("geography", "{\"type\":\"Point\"}"),
            Map.entry("geometry", "{\"type\":\"Point\"}"),
            Map.entry("vector", "[1.0,2.0]"),
            Map.entry("interval_year_month", "12"),
            Map.entry("a type of tomorrow", "x"));

    @ParameterizedTest
    @EnumSource(MaskFunction.class)
    void null_stays_null(MaskFunction function) {
        CELLS.keySet()
                .forEach(type ->
                        assertThat(MASKS.apply(Mask.of(function), type, null)).isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, a***@example.com",
        "a@b.co, ***@b.co",
        "ab@b.co, ***@b.co",
        "😀b@b.co, ***@b.co",
        "abc@xn--bcher-kva.xn--p1ai, a***@xn--bcher-kva.xn--p1ai",
        "ssn@123.45.6789, [redacted]",
        "ada@[10.0.0.1], [redacted]",
        "ada@example..com, [redacted]",
        "ada@.com, [redacted]",
        "ada@bücher.de, [redacted]",
        "ada@example.c, [redacted]",
        "Ada <ada@example.com>, [redacted]",
        "'', [redacted]",
        "@, [redacted]",
        "a, [redacted]",
        "'{\"mail\":\"ada@example.com\"}', [redacted]",
        "'ada@example.com\n', [redacted]",
        "@example.com, [redacted]",
        "ada@localhost, [redacted]",
        "ada@x@example.com, [redacted]",
        "'ada@example.com, 555-1234', [redacted]",
        "plain text, [redacted]",
        "😀da@example.com, 😀***@example.com"
    })
    void an_address_keeps_its_first_letter_and_domain_and_anything_else_nothing(String value, String masked) {
        assertThat(MASKS.apply(Mask.of(MaskFunction.EMAIL), "text", value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "123-45-6789, ****6789",
        "1234567, ****",
        "12345678, ****5678",
        "'', ****",
        "a, ****",
        "abcd, ****",
        "+41 44 1234😀567, ****😀567",
        "'        1234', ****",
        "'1234        ', ****",
        "12-34-56, ****",
        "----------, ****",
        "'+41 44 123 45 67 ext. 9', ****t. 9",
        "😀😀😀😀😀😀😀😀1234, ****",
        "'\u200b\u200b\u200b\u200b\u200b1234', ****",
        "'{\"pin\": 123456789}', ****789}"
    })
    void short_values_keep_none_of_their_last_characters(String value, String masked) {
        assertThat(MASKS.apply(Mask.of(MaskFunction.LAST4), "text", value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "Ada Lovelace, A. L.",
        "'  o''Neil,  Jean-Luc ', o. J. L.",
        "12345, [redacted]",
        "'', [redacted]",
        "A, [redacted]",
        "Al, A.",
        "Al Li, A. L.",
        "A B C, [redacted]",
        "s-e-c-r-e-t, [redacted]",
        "李 小龙, [redacted]",
        "J.R.R. Tolkien, J. T.",
        "Ada K. L., [redacted]"
    })
    void initials_are_the_first_letters_of_words(String value, String masked) {
        assertThat(MASKS.apply(Mask.of(MaskFunction.INITIALS), "text", value)).isEqualTo(masked);
    }

    @Test
    void initials_of_a_long_text_end_after_eight_words() {
        assertThat(MASKS.apply(Mask.of(MaskFunction.INITIALS), "text", "an be ce de ef ge ha id je ka"))
                .isEqualTo("a. b. c. d. e. g. h. i.");
    }

    @ParameterizedTest
    @CsvSource({
        "fixed, 0, 0",
        "fixed, 0.4, 0.0",
        "fixed, -7, -7",
        "fixed, 996, 1000",
        "fixed, 123456, 120000",
        "fixed, 99999999999999999999999999999999999999, 99000000000000000000000000000000000000",
        "fixed, 1e5, ",
        "fixed, abc, ",
        "fixed, '', ",
        "real, 1e300, 1.0E300",
        "real, NaN, ",
        "real, inf, ",
        "real, -inf, ",
        "real, -0.2, 0",
        "real, x, ",
        "decfloat, 1.23e100, 1.2E+100",
        "decfloat, 1e-100, 0",
        "decfloat, 1e999999999999, ",
        "decfloat, 0, 0"
    })
    void numbers_keep_two_digits_or_become_null(String type, String value, String masked) {
        assertThat(MASKS.apply(Mask.of(MaskFunction.ROUND), type, value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "date, -1, -365",
        "date, 0, 0",
        "date, 2020-01-02, ",
        "date, 1.5, ",
        "date, 99999999999999, ",
        "date, '', ",
        "timestamp_ntz, 86400, 0",
        "timestamp_ntz, -0.5, -31536000.0",
        "timestamp_ntz, -0.000, 0.000",
        "timestamp_ntz, 2020-01-02 03:04:05, ",
        "timestamp_ntz, 1., 0",
        "timestamp_ntz, 9e18, ",
        "timestamp_tz, 1577836800 1500, 1577833200 1500",
        "timestamp_tz, 1577836800, ",
        "timestamp_tz, 1577836800 9999, ",
        "timestamp_tz, 1577836800 -5, "
    })
    void dates_and_timestamps_go_to_the_first_of_their_year_or_null(String type, String value, String masked) {
        assertThat(MASKS.apply(Mask.of(MaskFunction.YEAR), type, value)).isEqualTo(masked);
    }

    @Test
    void a_redaction_says_what_the_policy_says() {
        assertThat(MASKS.apply(new Mask(MaskFunction.REDACT, "—"), "text", "secret"))
                .isEqualTo("—");
        assertThat(MASKS.apply(new Mask(MaskFunction.REDACT, "—"), "variant", "{}"))
                .isNull();
    }

    @Test
    void equal_values_have_equal_hashes_under_one_key_and_different_ones_under_another() {
        // Given
        Masks other = new Masks("another key of 32 bytes, as long".getBytes(StandardCharsets.UTF_8));
        Mask hash = Mask.of(MaskFunction.HASH);

        // Then
        assertThat(MASKS.apply(hash, "text", "a")).isEqualTo(new Masks(KEY).apply(hash, "text", "a"));
        assertThat(MASKS.apply(hash, "text", "a")).isNotEqualTo(MASKS.apply(hash, "text", "b"));
        assertThat(MASKS.apply(hash, "text", "a")).isNotEqualTo(other.apply(hash, "text", "a"));
    }

    @Test
    void short_keys_are_refused() {
        assertThatThrownBy(() -> new Masks(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_type_after_a_mask_holds_its_longest_answer() {
        // Given
        MaskedType shortText = new MaskedType("text", false, 3L, 12L, null, null);
        MaskedType number = new MaskedType("fixed", false, null, null, 3, 0);

        // Then
        assertThat(MASKS.typeAfter(Mask.of(MaskFunction.HASH), shortText))
                .isEqualTo(new MaskedType("text", false, 32L, 128L, null, null));
        assertThat(MASKS.typeAfter(Mask.of(MaskFunction.NULL), shortText))
                .isEqualTo(new MaskedType("text", true, 3L, 12L, null, null));
        assertThat(MASKS.typeAfter(Mask.of(MaskFunction.REDACT), shortText).length())
                .isEqualTo(10);
        assertThat(MASKS.typeAfter(Mask.of(MaskFunction.ROUND), number))
                .isEqualTo(new MaskedType("fixed", true, null, null, 4, 0));
        assertThat(MASKS.typeAfter(Mask.of(MaskFunction.REDACT), number).nullable())
                .isTrue();
    }

    /** Whatever the value, no more of it stays than the mask's documentation says. */
    @Test
    void odd_values_never_show_more_than_documented() {
        List<String> odd = List.of(
                "",
                " ",
                "a",
                "ab",
                "abc",
                "abcd",
                "a@b",
                "a@b.de",
                "@",
                "a@",
                "12345678",
                "1 2 3 4 5 6 7 8",
                "\u0000\u0000",
                "\ud83d",
                "é",
                "e\u0301e\u0301",
                "\u202eabcdefgh",
                "١٢٣٤٥٦٧٨٩",
                "{\"a\":\"b@c.de\"}",
                "null",
                "a b c d",
                "a\nb\nc",
                "李小龙");
        for (String value : odd) {
            String email = String.valueOf(MASKS.apply(Mask.of(MaskFunction.EMAIL), "text", value));
            String last = String.valueOf(MASKS.apply(Mask.of(MaskFunction.LAST4), "text", value));
            String initials = String.valueOf(MASKS.apply(Mask.of(MaskFunction.INITIALS), "text", value));
            assertThat(email).as(value).matches("(?s)\\[redacted\\]|.?\\*\\*\\*@[a-zA-Z0-9.-]+");
            assertThat(last.codePointCount(0, last.length())).as(value).isLessThanOrEqualTo(8);
            assertThat(2 * initials.codePoints().filter(c -> c == '.').count())
                    .as(value)
                    .isLessThanOrEqualTo(Math.max(2, value.length()));
            for (String type : List.of("variant", "object", "array", "a type of tomorrow")) {
                for (MaskFunction function : MaskFunction.values()) {
                    assertThat(MASKS.apply(Mask.of(function), type, value)).isNull();
                }
            }
        }
    }

    @Test
    void many_threads_get_the_same_hashes() throws Exception {
        // Given
        List<String> expected = values().stream().map(MasksTest::hash).toList();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<String>>> runs = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                runs.add(threads.submit(
                        () -> values().stream().map(MasksTest::hash).collect(Collectors.toList())));
            }

            // Then
            for (Future<List<String>> run : runs) {
                assertThat(run.get()).isEqualTo(expected);
            }
        }
    }

    private static List<String> values() {
        return java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> "value " + i)
                .toList();
    }

    private static String hash(String value) {
        return String.valueOf(MASKS.apply(Mask.of(MaskFunction.HASH), "text", value));
    }
}
