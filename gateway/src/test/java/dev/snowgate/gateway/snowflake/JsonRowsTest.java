package dev.snowgate.gateway.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.PageBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class JsonRowsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[null,\"a\"],[\"null\",null]] | [[\"null\",\"a\"],[\"null\",\"null\"]]",
                "[[\"n\\\"null\\\\\",null]] | [[\"n\\\"null\\\\\",\"null\"]]",
                "[ [ null ] ] | [ [ \"null\" ] ]",
                "[[1,true,false]] | [[1,true,false]]",
                "[] | []"
            })
    void nulls_become_the_text_null_and_nothing_else_changes(String rows, String expected) {
        assertThat(text(rows(rows).nullsAsText())).isEqualTo(expected);
    }

    @Test
    void where_the_rows_are_cut_makes_no_difference() {
        // Given
        byte[] rows = "[[null,\"a\\\\\",null],[\"\\\"null\",null]]".getBytes(StandardCharsets.UTF_8);
        byte[] whole = JsonRows.of(PageBytes.of(rows), 2).nullsAsText().bytes();

        for (int cut = 0; cut <= rows.length; cut++) {
            // When
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NullsAsText writer = new NullsAsText();
            writer.write(rows, 0, cut, out::write);
            writer.write(rows, cut, rows.length - cut, out::write);

            // Then
            assertThat(out.toByteArray()).isEqualTo(whole);
        }
    }

    @Test
    void nothing_is_no_rows() {
        assertThat(JsonRows.at(StrictJson.object().path("rowset")).count()).isZero();
        assertThat(text(JsonRows.at(StrictJson.object().nullNode()))).isEqualTo("[]");
    }

    @Test
    void a_tree_of_rows_is_taken_too() {
        ObjectNode reply = StrictJson.readObject("{\"rowset\":[[\"a\"],[null]]}".getBytes(StandardCharsets.UTF_8));
        assertThat(text(JsonRows.at(reply.path("rowset")))).isEqualTo("[[\"a\"],[null]]");
    }

    @Test
    void anything_else_is_not_understood() {
        assertThatThrownBy(() -> JsonRows.at(StrictJson.object())).isInstanceOf(GatewayException.class);
    }

    @Test
    void values_are_not_in_its_words() {
        assertThat(rows("[[\"secret\"]]")).hasToString("JsonRows[1 rows, 12 bytes]");
    }

    private static JsonRows rows(String text) {
        return JsonRows.of(PageBytes.of(text.getBytes(StandardCharsets.UTF_8)), 1);
    }

    private static String text(JsonRows rows) {
        return new String(rows.bytes(), StandardCharsets.UTF_8);
    }
}
