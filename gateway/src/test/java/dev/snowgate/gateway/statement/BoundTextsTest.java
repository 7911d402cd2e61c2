package dev.snowgate.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundTextsTest {
    private static List<String> texts(String json) {
        List<String> seen = new ArrayList<>();
        boolean found = new Bindings(json.getBytes(StandardCharsets.UTF_8), new byte[32])
                .texts()
                .anyMatches(text -> {
                    seen.add(text.toString());
                    return false;
                });
        assertThat(found).isFalse();
        return seen;
    }

    @Test
    void every_text_is_shown_as_it_was_bound() {
        assertThat(
                        texts(
                                "{\"1\":{\"type\":\"TEXT\",\"value\":\"a***@b.example\"},\"2\":{\"type\":\"TEXT\",\"value\":null}}"))
                .containsExactly("1", "type", "TEXT", "value", "a***@b.example", "2", "type", "TEXT", "value");
    }

    @Test
    void cells_of_array_bindings_are_seen_one_by_one() {
        assertThat(texts("{\"1\":{\"value\":[\"x\",null,\"[redacted]\"]}}")).contains("x", "[redacted]");
    }

    @Test
    void escapes_and_other_letters_are_decoded() {
        assertThat(texts("[\"\\\"q\\\\\",\"\\u005bredacted]\",\"é—😀\",\"\\n\"]"))
                .containsExactly("\"q\\", "[redacted]", "é—😀", "\n");
    }

    @Test
    void a_text_without_an_end_counts_as_found() {
        assertThat(new Bindings("[\"abc".getBytes(StandardCharsets.UTF_8), new byte[32])
                        .texts()
                        .anyMatches(text -> false))
                .isTrue();
        assertThat(new Bindings("[\"abc\\".getBytes(StandardCharsets.UTF_8), new byte[32])
                        .texts()
                        .anyMatches(text -> false))
                .isTrue();
    }

    @Test
    void nothing_bound_has_no_texts() {
        assertThat(Bindings.none().texts().anyMatches(text -> true)).isFalse();
    }
}
