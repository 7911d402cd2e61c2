package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DetectionTest {
    private static final Masks MASKS = new Masks("a key of thirty-two bytes, fixed".getBytes(StandardCharsets.UTF_8));
    private static final Mask ALL = Mask.detect(
            new Detection(EnumSet.allOf(Detector.class), List.of("CH", "US", "DE"), Map.of("badge", "B-[0-9]{6}")));

    /** Lines {@code text ⇒ expected}; without an arrow, nothing may be found. */
    static List<Example> examples() throws IOException {
        try (InputStream in = DetectionTest.class.getResourceAsStream("detection.txt")) {
            List<Example> examples = new ArrayList<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .map(DetectionTest::unescaped)
                    .forEach(line -> {
                        int arrow = line.indexOf(" ⇒ ");
                        examples.add(
                                arrow < 0
                                        ? new Example(line, line)
                                        : new Example(line.substring(0, arrow), line.substring(arrow + 3)));
                    });
            return examples;
        }
    }

    record Example(String text, String expected) {}

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            if (line.startsWith("\\u", i)) {
                text.append((char) Integer.parseInt(line.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (line.startsWith("\\n", i)) {
                text.append('\n');
                i++;
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_is_personal_is_found_and_what_only_looks_like_it_is_not(Example example) {
        assertThat(MASKS.apply(ALL, "text", example.text())).isEqualTo(example.expected());
    }

    @Test
    void the_table_has_many_examples_of_both_kinds() throws IOException {
        long found =
                examples().stream().filter(e -> !e.text().equals(e.expected())).count();

        assertThat(found).isGreaterThanOrEqualTo(75);
        assertThat(examples().size() - found).isGreaterThanOrEqualTo(75);
    }

    @Test
    void examples_are_found_inside_semi_structured_values_too() throws IOException {
        for (Example example : examples()) {
            String cell = "{\"a\": [1.50, " + Json.quoted(example.text()) + "]}";
            String expected = "{\"a\": [1.50, "
                    + (example.text().equals(example.expected())
                            ? Json.quoted(example.text())
                            : Json.quoted(example.expected()))
                    + "]}";

            assertThat(MASKS.apply(ALL, "variant", cell)).isEqualTo(expected);
        }
    }

    @Test
    void what_was_found_is_counted_by_detector() {
        // Given
        DetectionCounts counts = new DetectionCounts();

        // When
        MASKS.apply(ALL, "text", "ada@example.com, bob@example.com, badge B-123456", counts);
        MASKS.apply(ALL, "variant", "{\"ip\": \"203.0.113.9\", \"n\": 4111111111111111}", counts);
        MASKS.apply(ALL, "text", "nothing", counts);

        // Then
        assertThat(counts.byDetector()).isEqualTo(Map.of("email", 2L, "badge", 1L, "ip", 1L));
        assertThat(counts.total()).isEqualTo(4);
        assertThat(counts).hasToString("badge 1, email 2, ip 1");
    }

    @Test
    void a_text_without_a_hit_is_the_very_same() {
        String text = "order 4711 of 2024-01-02 for züri";

        assertThat(MASKS.apply(ALL, "text", text)).isSameAs(text);
        String json = "{\"order\": 4711}";
        assertThat(MASKS.apply(ALL, "object", json)).isSameAs(json);
    }

    @Test
    void names_of_fields_are_scanned_and_stay_different() {
        assertThat(MASKS.apply(
                        ALL, "object", "{\"ada@example.com\": {\"x\\u0040example.com\": 1}, \"bob@example.com\": 2}"))
                .isEqualTo("{\"[email]\": {\"[email]#2\": 1}, \"[email]#3\": 2}");
    }

    @Test
    void semi_structured_values_that_cannot_be_read_become_null() {
        for (String broken : List.of("", "{", "{\"a\": ada@example.com}", "{} {}", "[1,", "\"a", "undefined")) {
            assertThat(MASKS.apply(ALL, "variant", broken)).as(broken).isNull();
        }
    }

    @Test
    void types_without_text_become_null_under_the_mask_and_stay_under_the_net() {
        // Given
        Mask net = Mask.scan(new Detection(Set.of(Detector.CARD), List.of(), Map.of()), Set.of(TextKind.TEXT));

        // Then
        assertThat(MASKS.apply(ALL, "fixed", "4111111111111111")).isNull();
        assertThat(MASKS.apply(net, "fixed", "4111111111111111")).isEqualTo("4111111111111111");
        assertThat(MASKS.leaves(net, "fixed")).isTrue();
        assertThat(MASKS.leaves(net, "variant")).isTrue();
        assertThat(MASKS.leaves(net, "text")).isFalse();
        assertThat(MASKS.apply(net, "text", "4111111111111111")).isEqualTo("[card]");
        assertThat(MASKS.leaves(ALL, "fixed")).isFalse();
    }

    @Test
    void only_the_detectors_of_the_policy_speak() {
        Mask cards = Mask.detect(new Detection(Set.of(Detector.CARD), List.of(), Map.of()));

        assertThat(MASKS.apply(cards, "text", "ada@example.com 4111 1111 1111 1111"))
                .isEqualTo("ada@example.com [card]");
    }

    @Test
    void national_numbers_need_a_region() {
        Mask phones = Mask.detect(new Detection(Set.of(Detector.PHONE), List.of(), Map.of()));

        assertThat(MASKS.apply(phones, "text", "079 123 45 67, +41 79 123 45 67"))
                .isEqualTo("079 123 45 67, [phone]");
    }

    @Test
    void bad_patterns_are_refused() {
        for (String bad : List.of("(", "a*", "(?=x)", "(a)\\1", "x".repeat(501))) {
            assertThatThrownBy(() -> new Detection(Set.of(), List.of(), Map.of("p", bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Detection(Set.of(), List.of(), Map.of("Bad Name", "x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Detection(Set.of(), List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Texts that make careless scanners slow. */
    @Test
    void hostile_texts_are_read_to_their_end() {
        int many = 200_000;
        for (String piece : List.of(
                "@",
                "a@",
                "1",
                "1 ",
                "1-",
                "+",
                "+1",
                ":",
                "a:",
                "1:",
                "::",
                "-----BEGIN ",
                "eyJ",
                "eyJ.",
                "A",
                "DE89 ",
                "0.",
                "(1",
                "\u200b",
                "１",
                "ssn ",
                "xoxb-",
                "b@c.",
                "1.1.1.")) {
            String text = piece.repeat(many / piece.length());

            assertThat(MASKS.apply(ALL, "text", text)).as(piece).isNotNull();
        }
        String backtracking = "a".repeat(many) + "!";
        Mask custom = Mask.detect(new Detection(Set.of(), List.of(), Map.of("p", "(a+)+$")));
        assertThat(MASKS.apply(custom, "text", backtracking)).isSameAs(backtracking);
    }
}
