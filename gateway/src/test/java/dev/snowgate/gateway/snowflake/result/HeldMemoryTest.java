package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However many chunks with large batches or rows are fetched at a time, they hold what is allowed to all of them. */
class HeldMemoryTest {
    private static final long MEGABYTE = 1024 * 1024;
    private static final MaskPlan PLAN = new MaskPlan(
            List.of(
                    new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                    new MaskPlan.PlannedColumn("EMAIL", Optional.of(Mask.of(MaskFunction.EMAIL)), "pii", "email")),
            true);
    private static final MaskPlan PLAN_OF_NOTHING = new MaskPlan(
            List.of(
                    new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                    new MaskPlan.PlannedColumn("EMAIL", Optional.empty(), "", "")),
            true);
    private static final ArrowSample SAMPLE = sample();

    @Test
    void batches_of_several_chunks_share_the_memory_and_each_gives_its_part_back() {
        // Given
        assertThat(SAMPLE.stream().length).isBetween((int) (2 * MEGABYTE), (int) (4 * MEGABYTE));
        HeldMemory memory = new HeldMemory(24 * MEGABYTE);
        List<ChunkCodec> open = new ArrayList<>();

        // When
        int served = 0;
        GatewayErrorCode told = null;
        while (told == null && served < 100) {
            ChunkCodec codec = arrow(memory);
            open.add(codec);
            try {
                feed(codec, SAMPLE.stream(), SAMPLE.stream().length - 8);
                served++;
            } catch (GatewayException e) {
                told = e.code();
            }
        }

        // Then
        assertThat(told).isEqualTo(GatewayErrorCode.OVERLOADED);
        assertThat(served).isBetween(1, 7);
        open.forEach(ChunkCodec::close);
        assertThat(memory.left()).isEqualTo(24 * MEGABYTE);
        try (ChunkCodec again = arrow(memory)) {
            assertThat(feed(again, SAMPLE.stream(), SAMPLE.stream().length)).isPositive();
            assertThat(again.finish()).isNotEmpty();
        }
        assertThat(memory.left()).isEqualTo(24 * MEGABYTE);
    }

    @Test
    void what_would_never_fit_is_a_fault_of_the_result() {
        HeldMemory memory = new HeldMemory(2 * MEGABYTE);

        try (ChunkCodec codec = arrow(memory)) {
            assertThatThrownBy(() -> feed(codec, SAMPLE.stream(), SAMPLE.stream().length))
                    .isInstanceOf(ResultFault.class)
                    .hasMessageContaining("held");
        }
        byte[] row = ("[\"1\",\"" + "x".repeat((int) (4 * MEGABYTE)) + "\"]").getBytes(StandardCharsets.US_ASCII);
        CellMasks cells = CellMasks.of(new Masks(new byte[32]), PLAN, SAMPLE.types(), memory.share());
        try (ChunkCodec codec = new ChunkCodec(
                new JsonRowMasker(cells, RowEnvelope.CHUNK), cells, new ChunkCodec.Form(false, false, 1 << 30), null)) {
            assertThatThrownBy(() -> feed(codec, row, row.length)).isInstanceOf(ResultFault.class);
        }
        assertThat(memory.left()).isEqualTo(2 * MEGABYTE);
    }

    @Test
    void what_leaves_at_a_time_is_counted_as_often_as_it_is_there() {
        HeldMemory memory = new HeldMemory(64 * MEGABYTE);
        byte[] row = ("[\"1\",\"" + "x".repeat((int) MEGABYTE) + "\"]").getBytes(StandardCharsets.US_ASCII);
        CellMasks cells = CellMasks.of(new Masks(new byte[32]), PLAN_OF_NOTHING, SAMPLE.types(), memory.share());
        try (ChunkCodec codec = new ChunkCodec(
                new JsonRowMasker(cells, RowEnvelope.CHUNK), cells, new ChunkCodec.Form(false, false, 1 << 30), null)) {
            feed(codec, row, row.length);

            assertThat(codec.finish()).hasSize(row.length);
            // the row, and three times what leaves
            assertThat(64 * MEGABYTE - memory.left()).isGreaterThan(4 * MEGABYTE);
        }
        assertThat(memory.left()).isEqualTo(64 * MEGABYTE);
    }

    private static ChunkCodec arrow(HeldMemory memory) {
        CellMasks cells = CellMasks.of(new Masks(new byte[32]), PLAN, SAMPLE.types(), memory.share());
        ArrowRowMasker masker = new ArrowRowMasker(cells, SAMPLE.names(), SAMPLE.rows());
        return new ChunkCodec(masker, cells, new ChunkCodec.Form(false, false, 1 << 30), null);
    }

    private static long feed(ChunkCodec codec, byte[] stream, int length) {
        codec.feed(java.util.Arrays.copyOf(stream, length));
        long left = 0;
        for (byte[] step = codec.step(); step != null; step = codec.step()) {
            left += step.length;
        }
        return left;
    }

    /** One batch. */
    private static ArrowSample sample() {
        int rows = 60_000;
        List<@Nullable String> ids = new ArrayList<>();
        List<@Nullable String> emails = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            ids.add(Integer.toString(i));
            emails.add("person" + i + "@some.domain.example");
        }
        return ArrowSample.of(
                List.of(
                        new ArrowSample.Column("ID", ArrowSample.Kind.FIXED4, 0, ids),
                        new ArrowSample.Column("EMAIL", ArrowSample.Kind.TEXT, 0, emails)),
                rows);
    }
}
