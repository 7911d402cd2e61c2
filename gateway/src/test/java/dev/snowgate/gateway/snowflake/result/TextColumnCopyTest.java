package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;

/** Places in a column of texts that lead elsewhere: bytes of other columns lie around it. */
class TextColumnCopyTest {
    private static final int OFFSETS = 8;
    private static final int DATA = 32;
    private static final byte[] TEXTS = "abcd".getBytes(StandardCharsets.US_ASCII);

    @Test
    void texts_are_masked_where_the_offsets_say() {
        // Given
        ByteSink out = new ByteSink(1024, 4096);

        // When
        long masked = write(column(0b0000_0011, 1, 0, 0, 2, 4), out);

        // Then
        assertThat(masked).isEqualTo(2);
        assertThat(new String(out.take(), StandardCharsets.ISO_8859_1))
                .contains("hiddenhidden")
                .doesNotContain("ab", "cd");
    }

    @Test
    void bits_behind_the_last_row_and_texts_of_null_cells_do_not_leave() {
        // Given
        ByteSink out = new ByteSink(1024, 4096);

        // When
        long masked = write(column(0b1111_1110, 1, 1, 0, 2, 4), out);

        // Then
        assertThat(masked).isEqualTo(1);
        assertThat(out.array()[out.size() - 8 - 16 - 8]).isEqualTo((byte) 0b0000_0010);
    }

    @Test
    void an_offset_before_the_texts_is_a_fault() {
        assertFault(column(3, 1, 0, -4, 2, 4));
    }

    @Test
    void an_offset_behind_the_texts_is_a_fault() {
        assertFault(column(3, 1, 0, 0, 2, 5));
        assertFault(column(3, 1, 0, 0, 5, 4));
    }

    @Test
    void offsets_that_decrease_are_a_fault() {
        assertFault(column(3, 1, 0, 0, 3, 2));
    }

    @Test
    void nulls_without_validity_are_a_fault() {
        assertFault(column(3, 0, 1, 0, 2, 4));
    }

    @Test
    void fewer_offsets_than_rows_are_a_fault() {
        ArrowBatch batch = column(3, 1, 0, 0, 2, 4);
        batch.lengths()[1] = 8;
        assertFault(batch);
    }

    private static void assertFault(ArrowBatch batch) {
        assertThatThrownBy(() -> write(batch, new ByteSink(1024, 4096))).isInstanceOf(ResultFault.class);
    }

    /** Two rows between bytes of somebody else. */
    private static ArrowBatch column(int validity, int validityLength, int nulls, int... offsets) {
        ByteBuffer body = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < body.capacity(); i++) {
            body.put(i, (byte) 'x');
        }
        body.put(0, (byte) validity);
        for (int i = 0; i < offsets.length; i++) {
            body.putInt(OFFSETS + 4 * i, offsets[i]);
        }
        body.put(DATA, TEXTS);
        return new ArrowBatch(
                body.array(),
                2,
                new int[] {0, OFFSETS, DATA},
                new int[] {validityLength, 4 * offsets.length, TEXTS.length},
                new int[] {2},
                new int[] {nulls});
    }

    private static long write(ArrowBatch batch, ByteSink out) {
        ArrowField field =
                new ArrowField(new Field(), "T", Type.Utf8, false, Map.of(), List.of(), ArrowField.Layout.VARIABLE);
        MaskPlan plan = new MaskPlan(
                List.of(new MaskPlan.PlannedColumn(
                        "T", Optional.of(new Mask(MaskFunction.REDACT, "hidden")), "pii", "pii")),
                true);
        CellMasks masks = CellMasks.of(new Masks(new byte[32]), plan, List.of("text"));
        ArrowBody body = new ArrowBody(HeldMemory.UNLIMITED.share());
        body.keep(batch.body(), 0, batch.body().length);
        ArrowBatchCopy copy = new ArrowBatchCopy(batch, body);
        long masked = new TextColumnCopy(0, masks).write(new ArrowColumn(batch, field, 0, 0), copy);
        copy.write((short) 4, true, out);
        return masked;
    }
}
