package dev.snowgate.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.console.text.MarkedText.Kind;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.MarkedText.Piece;
import dev.snowgate.console.text.StatementRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatementRowsTest {
    private static MarkedText text(List<List<Piece>> lines) {
        return new MarkedText(lines, List.of(), 0, 0);
    }

    private static Piece piece(String text) {
        return new Piece(text, Kind.PLAIN, Mark.NONE);
    }

    private static String join(List<Row> rows) {
        return rows.stream().flatMap(row -> row.pieces().stream()).map(Piece::text).collect(Collectors.joining());
    }

    @Test
    void a_line_longer_than_a_row_goes_on_and_loses_nothing() {
        // Given
        String line = "x".repeat(999) + "😀" + "y".repeat(5_000);

        // When
        List<Row> rows = StatementRows.of(text(List.of(List.of(piece(line)), List.of(piece("end")))))
                .rows();

        // Then
        assertThat(join(rows.subList(0, rows.size() - 1))).isEqualTo(line);
        assertThat(rows).hasSize(8);
        assertThat(rows.getFirst().continues()).isFalse();
        assertThat(rows.get(1).continues()).isTrue();
        assertThat(rows.get(1).pieces().getFirst().text()).startsWith("😀");
        assertThat(rows.getLast().line()).isEqualTo(1);
    }

    @Test
    void many_pieces_on_one_line_are_spread_over_rows() {
        // Given
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            pieces.add(piece(i + ","));
        }

        // When
        List<Row> rows = StatementRows.of(text(List.of(pieces))).rows();

        // Then
        assertThat(rows).allSatisfy(row -> assertThat(row.pieces()).hasSizeLessThanOrEqualTo(120));
        assertThat(join(rows)).isEqualTo(join(List.of(new Row(0, false, pieces))));
    }

    @Test
    void rows_come_in_batches_up_to_the_last() {
        // Given
        List<List<Piece>> lines = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            lines.add(List.of(piece("line " + i)));
        }

        // When
        StatementRows rows = StatementRows.of(text(lines));

        // Then
        assertThat(rows.batchEnd(0)).isEqualTo(500);
        assertThat(rows.batchEnd(500)).isEqualTo(1_000);
        assertThat(rows.batchEnd(1_000)).isEqualTo(1_200);
    }

    @Test
    void an_empty_line_is_a_row() {
        assertThat(StatementRows.of(text(List.of(List.of(), List.of(piece("x"))))).rows())
                .hasSize(2);
    }
}
