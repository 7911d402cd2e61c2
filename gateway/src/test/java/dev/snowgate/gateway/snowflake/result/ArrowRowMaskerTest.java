package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.MetadataVersion;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.apache.arrow.vector.validate.ValidateUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowRowMaskerTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final ArrowSample SAMPLE = ArrowSample.of(ArrowSample.everyKind(), 2);

    @ParameterizedTest
    @EnumSource(MaskFunction.class)
    void every_type_gets_the_value_that_the_same_mask_gives_to_json_rows(MaskFunction function) {
        for (int column = 0; column < SAMPLE.columns().size(); column++) {
            // Given
            ArrowSample.Column masked = SAMPLE.columns().get(column);
            String type = SAMPLE.types().get(column);
            Mask mask = Mask.of(function);

            // When
            Result result = mask(SAMPLE, plan(SAMPLE, column, mask));

            // Then
            List<String> expected = masked.cells().stream()
                    .map(cell -> masked.kind() == ArrowSample.Kind.LARGE_TEXT ? null : MASKS.apply(mask, type, cell))
                    .map(cell -> cell == null || !fits(masked, cell) ? null : plain(masked, cell))
                    .toList();
            assertThat(column(result.page(), column))
                    .as("%s of %s", function, masked.name())
                    .isEqualTo(expected);
            assertThat(result.cells())
                    .isEqualTo(
                            masked.cells().stream().filter(cell -> cell != null).count());
            assertThat(result.rows()).isEqualTo(SAMPLE.rows());
            readsBack(result.stream());
        }
    }

    @Test
    void columns_after_the_known_ones_have_the_mask_of_the_rest() {
        // Given
        Mask mask = Mask.of(MaskFunction.REDACT);
        int known = SAMPLE.columns().size() - 3;
        MaskPlan closed = plan(
                SAMPLE,
                java.util.stream.IntStream.range(0, SAMPLE.columns().size())
                        .mapToObj(i -> i < known ? Optional.<Mask>empty() : Optional.of(mask))
                        .toList());
        MaskPlan open = new MaskPlan(
                closed.columns().subList(0, known),
                true,
                Optional.of(new MaskPlan.PlannedColumn("", Optional.of(mask), "pii", "pii")));

        // When / Then
        assertThat(mask(SAMPLE, open).stream()).isEqualTo(mask(SAMPLE, closed).stream());
    }

    @Test
    void cells_that_are_not_masked_read_as_json_rows_have_them() {
        String page = page(SAMPLE.stream(), SAMPLE);

        for (int column = 0; column < SAMPLE.columns().size(); column++) {
            ArrowSample.Column expected = SAMPLE.columns().get(column);
            if (expected.kind() == ArrowSample.Kind.LARGE_TEXT) {
                assertThat(column(page, column)).contains(ArrowPage.NOT_SHOWN);
            } else {
                assertThat(column(page, column)).as(expected.name()).isEqualTo(expected.cells());
            }
        }
    }

    @Test
    void a_stream_without_a_masked_column_leaves_byte_by_byte() {
        assertThat(mask(SAMPLE, plan(SAMPLE)).stream()).isEqualTo(SAMPLE.stream());
    }

    @Test
    void buffers_of_released_columns_leave_bit_by_bit() throws IOException {
        // Given
        int text = SAMPLE.names().indexOf("T");

        // When
        byte[] masked = mask(SAMPLE, plan(SAMPLE, text, Mask.of(MaskFunction.HASH))).stream();

        // Then
        List<byte[]> before = buffers(SAMPLE.stream(), text);
        List<byte[]> after = buffers(masked, text);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).as("buffer %d", i).isEqualTo(before.get(i));
        }
    }

    @Test
    void where_the_input_is_cut_makes_no_difference() {
        // Given
        int text = SAMPLE.names().indexOf("T");
        MaskPlan plan = plan(SAMPLE, text, Mask.of(MaskFunction.EMAIL));
        byte[] whole = mask(SAMPLE, plan).stream();

        for (int cut = 0; cut <= SAMPLE.stream().length; cut++) {
            // When
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(SAMPLE, plan);
            masker.feed(SAMPLE.stream(), 0, cut, out);
            masker.feed(SAMPLE.stream(), cut, SAMPLE.stream().length - cut, out);
            masker.finish();

            // Then
            assertThat(Arrays.equals(out.take(), whole)).as("cut at %d", cut).isTrue();
        }
        ByteSink single = new ByteSink(64, 1_000_000);
        ArrowRowMasker masker = masker(SAMPLE, plan);
        for (int i = 0; i < SAMPLE.stream().length; i++) {
            masker.feed(SAMPLE.stream(), i, 1, single);
        }
        assertThat(single.take()).as("byte by byte").isEqualTo(whole);
    }

    @Test
    void how_rows_are_batched_makes_no_difference_to_the_values() {
        int text = SAMPLE.names().indexOf("T");
        String expected =
                mask(SAMPLE, plan(SAMPLE, text, Mask.of(MaskFunction.EMAIL))).page();

        for (int batch = 1; batch <= 6; batch++) {
            ArrowSample other = ArrowSample.of(ArrowSample.everyKind(), batch);
            assertThat(mask(other, plan(other, text, Mask.of(MaskFunction.EMAIL)))
                            .page())
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_framing_of_older_writers_is_kept() {
        // Given
        ArrowSample old = ArrowSample.of(ArrowSample.everyKind(), 3, new IpcOption(true, MetadataVersion.V4));
        int text = old.names().indexOf("T");

        // When
        Result result = mask(old, plan(old, text, Mask.of(MaskFunction.REDACT)));

        // Then
        assertThat(column(result.page(), text)).containsOnly("[redacted]", null);
        assertThat(result.stream()[0]).as("no mark").isNotEqualTo((byte) -1);
        readsBack(result.stream());
    }

    @Test
    void the_schema_says_what_the_masks_make_and_keeps_everything_else() throws IOException {
        // Given
        int text = SAMPLE.names().indexOf("T");
        int date = SAMPLE.names().indexOf("D");
        List<Optional<Mask>> masks = none(SAMPLE);
        masks.set(text, Optional.of(Mask.of(MaskFunction.HASH)));
        masks.set(date, Optional.of(Mask.of(MaskFunction.NULL)));

        // When
        byte[] masked = mask(SAMPLE, plan(SAMPLE, masks)).stream();

        // Then
        List<Field> before = fields(SAMPLE.stream());
        List<Field> after = fields(masked);
        for (int i = 0; i < before.size(); i++) {
            if (i == text) {
                assertThat(after.get(i).getMetadata())
                        .containsEntry("charLength", "32")
                        .containsEntry("byteLength", "128")
                        .containsEntry("finalType", "T");
            } else if (i == date) {
                assertThat(after.get(i).isNullable()).isTrue();
                assertThat(after.get(i).getMetadata()).isEqualTo(before.get(i).getMetadata());
            } else {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
        }
    }

    @Test
    void a_stream_that_ends_early_is_a_fault_wherever_it_ends() {
        int text = SAMPLE.names().indexOf("T");
        for (MaskPlan plan : List.of(plan(SAMPLE), plan(SAMPLE, text, Mask.of(MaskFunction.NULL)))) {
            // the end mark itself may be missing where all rows came
            for (int length = 0; length < SAMPLE.stream().length - 8; length++) {
                byte[] cut = Arrays.copyOf(SAMPLE.stream(), length);
                ArrowRowMasker masker = masker(SAMPLE, plan);
                assertThatThrownBy(() -> {
                            masker.feed(cut, 0, cut.length, new ByteSink(64, 1_000_000));
                            masker.finish();
                        })
                        .isInstanceOf(ResultFault.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x80, 0xFF, 0x10})
    void damaged_bytes_are_a_fault_or_stay_masked(int flip) {
        // Given
        ArrowSample sample = ArrowSample.of(
                List.of(
                        new ArrowSample.Column("ID", ArrowSample.Kind.FIXED4, 0, ArrowSample.cells("1", "2", null)),
                        new ArrowSample.Column(
                                "EMAIL",
                                ArrowSample.Kind.TEXT,
                                0,
                                ArrowSample.cells("anna.raw@x", "otto.raw@x", "ida.raw@x")),
                        new ArrowSample.Column("NOTE", ArrowSample.Kind.TEXT, 0, ArrowSample.cells("a", null, "b"))),
                3);
        MaskPlan plan = plan(sample, 1, new Mask(MaskFunction.REDACT, "*"));

        for (int i = 0; i < sample.stream().length; i++) {
            byte[] damaged = sample.stream().clone();
            damaged[i] ^= (byte) flip;
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(sample, plan);

            // When
            try {
                masker.feed(damaged, 0, damaged.length, out);
                masker.finish();
            } catch (ResultFault fault) {
                // what left before the fault is looked at all the same
            }

            // Then
            assertThat(new String(out.take(), StandardCharsets.ISO_8859_1))
                    .as("byte %d", i)
                    .doesNotContain("raw@x");
        }
    }

    @Test
    void other_columns_or_rows_than_announced_are_a_fault() {
        MaskPlan plan = plan(SAMPLE);
        CellMasks cells = CellMasks.of(MASKS, plan, SAMPLE.types());
        List<String> renamed = new ArrayList<>(SAMPLE.names());
        renamed.set(3, "OTHER");
        List<String> fewer = SAMPLE.names().subList(0, SAMPLE.names().size() - 1);

        for (ArrowRowMasker masker : List.of(
                new ArrowRowMasker(cells, renamed, SAMPLE.rows()),
                new ArrowRowMasker(cells, fewer, SAMPLE.rows()),
                new ArrowRowMasker(cells, SAMPLE.names(), SAMPLE.rows() - 1),
                new ArrowRowMasker(cells, SAMPLE.names(), SAMPLE.rows() + 1))) {
            assertThatThrownBy(() -> {
                        masker.feed(SAMPLE.stream(), 0, SAMPLE.stream().length, new ByteSink(64, 1_000_000));
                        masker.finish();
                    })
                    .isInstanceOf(ResultFault.class)
                    .hasMessageNotContaining("raw");
        }
    }

    @Test
    void nested_columns_become_null_with_all_that_is_in_them() {
        // Given
        byte[] stream = ArrowFeatures.withList();

        // When
        byte[] masked = run(
                stream,
                List.of("TAGS", "NOTE"),
                List.of("array", "text"),
                List.of(Optional.of(Mask.of(MaskFunction.REDACT)), Optional.empty()));

        // Then
        assertThat(new String(masked, StandardCharsets.ISO_8859_1))
                .contains("kept")
                .doesNotContain("raw@x");
        readsBack(masked);
        assertThat(new String(
                        ArrowSample.page(masked, List.of("TAGS", "NOTE"), List.of("array", "text")),
                        StandardCharsets.UTF_8))
                .isEqualTo("[[null,\"kept\"],[null,\"kept\"]]");
    }

    @Test
    void compressed_batches_are_withheld_where_something_is_masked() {
        byte[] stream = ArrowFeatures.compressed();

        assertThatThrownBy(() -> run(
                        stream, List.of("EMAIL"), List.of("text"), List.of(Optional.of(Mask.of(MaskFunction.REDACT)))))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("compressed");
    }

    private static byte[] run(byte[] stream, List<String> names, List<String> types, List<Optional<Mask>> masks) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            columns.add(new MaskPlan.PlannedColumn(names.get(i), masks.get(i), "pii", "pii"));
        }
        CellMasks cells = CellMasks.of(MASKS, new MaskPlan(columns, true), types);
        ArrowRowMasker masker = new ArrowRowMasker(
                cells, names, dev.snowgate.gateway.snowflake.result.ArrowStreamReader.ROWS_NOT_ANNOUNCED);
        ByteSink out = new ByteSink(64, 1_000_000);
        masker.feed(stream, 0, stream.length, out);
        masker.finish();
        return out.take();
    }

    @Test
    void lengths_that_are_only_claimed_take_no_memory() {
        byte[] metadata = {-1, -1, -1, -1, 0, 0, 0, 0x40};

        assertThatThrownBy(() -> masker(SAMPLE, plan(SAMPLE)).feed(metadata, 0, 8, new ByteSink(64, 1_000)))
                .isInstanceOf(ResultFault.class);
    }

    @Test
    void bytes_behind_the_end_are_a_fault() {
        byte[] more = Arrays.copyOf(SAMPLE.stream(), SAMPLE.stream().length + 1);

        assertThatThrownBy(() -> masker(SAMPLE, plan(SAMPLE)).feed(more, 0, more.length, new ByteSink(64, 1_000_000)))
                .isInstanceOf(ResultFault.class);
    }

    private record Result(byte[] stream, String page, long rows, long cells) {}

    private static ArrowRowMasker masker(ArrowSample sample, MaskPlan plan) {
        return new ArrowRowMasker(CellMasks.of(MASKS, plan, sample.types()), sample.names(), sample.rows());
    }

    private static Result mask(ArrowSample sample, MaskPlan plan) {
        ByteSink out = new ByteSink(64, 1_000_000);
        ArrowRowMasker masker = masker(sample, plan);
        masker.feed(sample.stream(), 0, sample.stream().length, out);
        masker.finish();
        byte[] stream = out.take();
        return new Result(stream, page(stream, sample), masker.rows(), masker.maskedCells());
    }

    private static String page(byte[] stream, ArrowSample sample) {
        return new String(ArrowSample.page(stream, sample.names(), sample.types()), StandardCharsets.UTF_8);
    }

    private static List<String> column(String page, int column) {
        List<String> cells = new ArrayList<>();
        dev.snowgate.gateway.snowflake.StrictJson.read(page.getBytes(StandardCharsets.UTF_8))
                .forEach(row -> cells.add(
                        row.get(column).isNull() ? null : row.get(column).stringValue()));
        return cells;
    }

    /** Whether the physical form of the column can hold a masked value. */
    private static boolean fits(ArrowSample.Column column, String cell) {
        return switch (column.kind()) {
            case FIXED1 -> new java.math.BigDecimal(cell).abs().intValue() < 128;
            case FIXED2 -> new java.math.BigDecimal(cell).abs().doubleValue() < 327.67;
            case FIXED4 -> new java.math.BigDecimal(cell).abs().doubleValue() < 214748364.7;
            case FIXED8 -> new java.math.BigDecimal(cell).abs().doubleValue() < 9223372036854775.0;
            default -> true;
        };
    }

    /** The text of a value that JSON could write in more than one way. */
    private static String plain(ArrowSample.Column column, String cell) {
        return switch (column.kind()) {
            case REAL -> {
                double value = Double.parseDouble(cell);
                yield value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value);
            }
            case DECFLOAT -> new java.math.BigDecimal(cell).stripTrailingZeros().toString();
            default -> cell;
        };
    }

    /** The Arrow library itself reads and checks every vector. */
    private static void readsBack(byte[] stream) {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                ValueVectorUtility.validateFull(reader.getVectorSchemaRoot());
            }
        } catch (IOException | ValidateUtil.ValidateException e) {
            throw new AssertionError("not readable", e);
        }
    }

    private static List<Field> fields(byte[] stream) throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getCustomMetadata())
                    .containsEntry("made by", "a test");
            return reader.getVectorSchemaRoot().getSchema().getFields();
        }
    }

    private static List<byte[]> buffers(byte[] stream, int exceptColumn) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                for (int i = 0; i < vectors.size(); i++) {
                    if (i != exceptColumn) {
                        for (ArrowBuf buffer : vectors.get(i).getBuffers(false)) {
                            byte[] bytes = new byte[Math.toIntExact(buffer.readableBytes())];
                            buffer.getBytes(0, bytes);
                            all.add(bytes);
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<Optional<Mask>> none(ArrowSample sample) {
        List<Optional<Mask>> masks = new ArrayList<>();
        sample.columns().forEach(column -> masks.add(Optional.empty()));
        return masks;
    }

    private static MaskPlan plan(ArrowSample sample) {
        return plan(sample, none(sample));
    }

    private static MaskPlan plan(ArrowSample sample, int column, Mask mask) {
        List<Optional<Mask>> masks = none(sample);
        masks.set(column, Optional.of(mask));
        return plan(sample, masks);
    }

    private static MaskPlan plan(ArrowSample sample, List<Optional<Mask>> masks) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            columns.add(new MaskPlan.PlannedColumn(sample.names().get(i), masks.get(i), "pii", "pii"));
        }
        return new MaskPlan(columns, true);
    }
}
