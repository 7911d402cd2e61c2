package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowMaskerTest {
    private static final String ROWS = "[\"1\",\"anna@acme.example\",\"x\"],[\"2\",null,\"y \\\"q\\\" \\\\\"],\n"
            + " [ \"3\" , \"b\\u00f6b@acme.example\" , null ]";

    @Test
    void only_the_cells_of_the_masked_column_change() {
        // When
        Masked masked = mask(ROWS, RowEnvelope.CHUNK, ROWS.length());

        // Then
        assertThat(masked.text())
                .isEqualTo("[\"1\",\"***\",\"x\"],[\"2\",null,\"y \\\"q\\\" \\\\\"],\n [ \"3\" , \"***\" , null ]");
        assertThat(masked.rows()).isEqualTo(3);
        assertThat(masked.cells()).isEqualTo(2);
    }

    @Test
    void where_the_input_is_cut_makes_no_difference() {
        // Given
        String whole = mask(ROWS, RowEnvelope.CHUNK, ROWS.length()).text();

        for (int size = 1; size <= ROWS.length(); size++) {
            // When
            String cut = mask(ROWS, RowEnvelope.CHUNK, size).text();

            // Then
            assertThat(cut).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void rows_without_a_mask_leave_as_they_came() {
        // Given
        String rows = " [\"1\",\"anna@acme.example\",\"\\u0041\\/\"],[\"2\",null,\"€😀\" ] ,\n"
                + "[ null , \"a\",\"twelve bytes and more\" ]\n";
        ByteSink out = new ByteSink(16, 10_000);
        JsonRowMasker masker = new JsonRowMasker(cells(false), RowEnvelope.CHUNK);

        // When
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        masker.feed(bytes, 0, bytes.length, out);
        masker.finish();

        // Then
        assertThat(out.take()).isEqualTo(bytes);
        assertThat(masker.maskedCells()).isZero();
    }

    @Test
    void a_partition_keeps_its_object() {
        // When
        String masked =
                mask("{ \"data\" : [" + ROWS + "] }", RowEnvelope.PARTITION, 7).text();

        // Then
        assertThat(masked).startsWith("{ \"data\" : [[\"1\",\"***\",\"x\"],").endsWith("null ]] }");
    }

    @Test
    void an_empty_chunk_and_an_empty_partition_are_whole() {
        assertThat(mask("", RowEnvelope.CHUNK, 1).text()).isEmpty();
        assertThat(mask("{\"data\":[]}", RowEnvelope.PARTITION, 3).text()).isEqualTo("{\"data\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"1\",\"a\"]",
                "[\"1\",\"a\",\"b\",\"c\"]",
                "[\"1\",\"a\",\"b\"",
                "[\"1\",\"a\",\"b\"],",
                "[\"1\",\"a\",\"b\"][\"1\",\"a\",\"b\"]",
                "[\"1\",{\"a\":1},\"b\"]",
                "[\"1\",[\"a\"],\"b\"]",
                "{\"1\":2}",
                "[\"1\",\"a\",\"b\"]]",
                "[\"1\",,\"b\"]",
                "[\"1\" \"a\",\"b\"]",
                "nonsense"
            })
    void rows_of_another_form_are_a_fault_and_nothing_of_the_row_leaves(String rows) {
        // Given
        ByteSink out = new ByteSink(16, 10_000);
        JsonRowMasker masker = new JsonRowMasker(cells(true), RowEnvelope.CHUNK);
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);

        // When / Then
        assertThatThrownBy(() -> {
                    masker.feed(bytes, 0, bytes.length, out);
                    masker.finish();
                })
                .isInstanceOf(ResultFault.class)
                .hasMessageNotContaining("nonsense");
        assertThat(new String(out.take(), StandardCharsets.UTF_8)).doesNotContain("\"a\"");
    }

    @Test
    void a_number_in_a_masked_column_becomes_null_because_no_mask_knows_it() {
        // When
        Masked masked = mask("[\"1\",42,\"x\"],[\"1\",true,\"x\"]", RowEnvelope.CHUNK, 3);

        // Then
        assertThat(masked.text()).isEqualTo("[\"1\",null,\"x\"],[\"1\",null,\"x\"]");
        assertThat(masked.cells()).isEqualTo(2);
    }

    @Test
    void text_that_is_not_utf_8_in_a_masked_column_is_a_fault() {
        // Given
        byte[] bytes = {'[', '"', '1', '"', ',', '"', (byte) 0xC3, '"', ',', 'n', 'u', 'l', 'l', ']'};
        JsonRowMasker masker = new JsonRowMasker(cells(true), RowEnvelope.CHUNK);

        // When / Then
        assertThatThrownBy(() -> masker.feed(bytes, 0, bytes.length, new ByteSink(16, 100)))
                .isInstanceOf(ResultFault.class);
    }

    @Test
    void what_a_mask_answers_is_escaped() {
        // Given
        String rows = "[\"1\",\"\u0001nna@acme.example\",\"x\"]";

        // When / Then
        assertThat(mask(rows, RowEnvelope.CHUNK, 100, Mask.of(MaskFunction.EMAIL))
                        .text())
                .isEqualTo("[\"1\",\"\\u0001***@acme.example\",\"x\"]");
        assertThat(mask(rows, RowEnvelope.CHUNK, 100, new Mask(MaskFunction.REDACT, "\"h\\\""))
                        .text())
                .isEqualTo("[\"1\",\"\\\"h\\\\\\\"\",\"x\"]");
    }

    @Test
    void whole_cells_and_cut_cells_are_masked_alike_by_every_function() {
        String rows = "[\"1\",\"Ada Ann@acme.example\",null],[\"2\",\"\",\"x\"],[\"3\",\"é 12345678\",\"x\"]";
        for (MaskFunction function : MaskFunction.values()) {
            // Given
            Masked whole = mask(rows, RowEnvelope.CHUNK, 1_000, Mask.of(function));

            // When / Then
            assertThat(mask(rows, RowEnvelope.CHUNK, 1, Mask.of(function)))
                    .as("%s", function)
                    .isEqualTo(whole);
        }
    }

    @Test
    void cells_after_the_known_columns_have_the_mask_of_the_rest() {
        // Given
        MaskPlan plan = new MaskPlan(
                List.of(new MaskPlan.PlannedColumn("ID", Optional.empty(), "", "")),
                true,
                Optional.of(new MaskPlan.PlannedColumn(
                        "", Optional.of(new Mask(MaskFunction.REDACT, "***")), "pii", "email")));
        CellMasks cells = CellMasks.of(new Masks(new byte[32]), plan, List.of("fixed", "text", "text"));
        ByteSink out = new ByteSink(16, 1_000);
        JsonRowMasker masker = new JsonRowMasker(cells, RowEnvelope.CHUNK);
        byte[] rows = "[\"1\",\"a\",\"b\"]".getBytes(StandardCharsets.UTF_8);

        // When
        masker.feed(rows, 0, rows.length, out);
        masker.finish();

        // Then
        assertThat(new String(out.take(), StandardCharsets.UTF_8)).isEqualTo("[\"1\",\"***\",\"***\"]");
    }

    static CellMasks cells(boolean masked) {
        return cells(masked ? Optional.of(new Mask(MaskFunction.REDACT, "***")) : Optional.empty());
    }

    private static CellMasks cells(Optional<Mask> mask) {
        MaskPlan plan = new MaskPlan(
                List.of(
                        new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                        new MaskPlan.PlannedColumn("EMAIL", mask, "pii", "email"),
                        new MaskPlan.PlannedColumn("NOTE", Optional.empty(), "", "")),
                true);
        return CellMasks.of(new Masks(new byte[32]), plan, List.of("fixed", "text", "text"));
    }

    private static Masked mask(String input, RowEnvelope envelope, int pieces) {
        return mask(input, envelope, pieces, new Mask(MaskFunction.REDACT, "***"));
    }

    private static Masked mask(String input, RowEnvelope envelope, int pieces, Mask mask) {
        ByteSink out = new ByteSink(16, 1_000_000);
        JsonRowMasker masker = new JsonRowMasker(cells(Optional.of(mask)), envelope);
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += pieces) {
            masker.feed(bytes, i, Math.min(pieces, bytes.length - i), out);
        }
        masker.finish();
        return new Masked(new String(out.take(), StandardCharsets.UTF_8), masker.rows(), masker.maskedCells());
    }

    private record Masked(String text, long rows, long cells) {}
}
