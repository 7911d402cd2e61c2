package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.masking.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The second net in rows: what it finds is masked and counted, everything else leaves as it came. */
class DetectedCellsTest {
    private static final String ROWS =
            "[\"1\",\"mail ada@example.com\",\"{\\\"card\\\": \\\"4111 1111 1111 1111\\\"}\"],[\"4111111111111111\",\"no\\u0074hing\",null]";
    private static final String MASKED =
            "[\"1\",\"mail [email]\",\"{\\\"card\\\": \\\"[card]\\\"}\"],[\"4111111111111111\",\"no\\u0074hing\",null]";

    private static CellMasks cells() {
        Mask net = Mask.scan(
                new Detection(Set.of(Detector.EMAIL, Detector.CARD), List.of(), Map.of()),
                EnumSet.allOf(TextKind.class));
        MaskPlan.PlannedColumn column = new MaskPlan.PlannedColumn("", Optional.of(net), "net", "");
        return CellMasks.of(
                new Masks(new byte[32]),
                new MaskPlan(List.of(column, column, column), true),
                List.of("fixed", "text", "variant"));
    }

    @Test
    void a_chunk_counts_what_was_found_and_only_those_cells_as_masked() {
        // Given
        CellMasks cells = cells();
        JsonRowMasker masker = new JsonRowMasker(cells, RowEnvelope.CHUNK);
        ByteSink out = new ByteSink(16, 10_000);
        byte[] bytes = ROWS.getBytes(StandardCharsets.UTF_8);

        // When
        masker.feed(bytes, 0, bytes.length, out);
        masker.finish();

        // Then
        assertThat(new String(out.take(), StandardCharsets.UTF_8)).isEqualTo(MASKED);
        assertThat(masker.maskedCells()).isEqualTo(2);
        assertThat(cells.detections()).hasToString("card 1, email 1");
    }

    @Test
    void inline_rows_count_the_same() {
        // Given
        CellMasks cells = cells();
        DriverResultTree tree = new DriverResultTree(
                StrictJson.readObject(("{\"data\":{\"rowset\":[" + ROWS + "]}}").getBytes(StandardCharsets.UTF_8)));

        // When
        ReplyMasker.InlinePage page = InlineRows.mask(tree, cells);

        // Then
        assertThat(page.maskedCells()).isEqualTo(2);
        assertThat(new String(page.rows().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("[" + MASKED.replace("\\u0074", "t") + "]");
        assertThat(tree.rows().bytes()).isEqualTo(page.rows().bytes());
        assertThat(cells.detections().byDetector()).isEqualTo(Map.of("card", 1L, "email", 1L));
    }

    @Test
    void a_column_whose_type_holds_no_text_is_not_looked_at() {
        assertThat(cells().maskedColumns()).containsExactly(1, 2);
    }
}
