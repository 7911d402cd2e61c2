package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.masking.JsonPaths;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.apache.arrow.vector.validate.ValidateUtil;
import org.junit.jupiter.api.Test;

/** The bytes of a masked cell are nowhere in the stream that leaves, whatever they were in. */
class ArrowSecretsTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    /** Those that can be read as JSON and written again: no lists of one size, none with offsets of 64 bits. */
    private static final List<String> NESTED = List.of("OBJECT", "TEXTS", "DEEP", "MAP");

    private static final List<Mask> ALL = List.of(
            Mask.of(MaskFunction.NULL),
            new Mask(MaskFunction.REDACT, "*"),
            Mask.of(MaskFunction.EMAIL),
            Mask.of(MaskFunction.LAST4),
            Mask.of(MaskFunction.INITIALS),
            Mask.of(MaskFunction.HASH),
            Mask.of(MaskFunction.YEAR),
            Mask.of(MaskFunction.ROUND),
            Mask.partial(1, 1),
            Mask.phone(""),
            Mask.of(MaskFunction.IP),
            Mask.jsonPath(new JsonPaths(List.of("$.*"), JsonPaths.Inner.REDACT)));

    @Test
    void nothing_of_a_masked_column_is_left_in_any_encoding() throws Exception {
        for (ArrowSecrets.Column column : ArrowSecrets.columns()) {
            byte[] stream = ArrowSecrets.stream(List.of(column));
            assertThat(ArrowSecrets.isIn(stream)).as(column.field().getName()).isTrue();
            for (Mask mask : ALL) {
                byte[] masked = mask(stream, List.of(column), List.of(Optional.of(mask)));

                // of a map, paths mask the values and keep the names, as in JSON rows
                assertThat(ArrowSecrets.isIn(masked))
                        .as("%s of %s", mask, column.field())
                        .isEqualTo(isPaths(mask) && column.type().equals("map"));
                assertThat(nulls(masked).getFirst()).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void structured_values_and_vectors_become_null_beside_columns_that_stay() throws Exception {
        List<ArrowSecrets.Column> columns = ArrowSecrets.columns();
        byte[] stream = ArrowSecrets.stream(columns);
        for (Mask mask : ALL) {
            List<Optional<Mask>> masks = new ArrayList<>();
            columns.forEach(
                    column -> masks.add(column.field().getChildren().isEmpty() ? Optional.empty() : Optional.of(mask)));

            List<Integer> nulls = nulls(mask(stream, columns, masks));

            for (int i = 0; i < columns.size(); i++) {
                boolean keeps =
                        isPaths(mask) && NESTED.contains(columns.get(i).field().getName());
                assertThat(nulls.get(i))
                        .as("%s of %s", mask, columns.get(i).field().getName())
                        .isEqualTo(masks.get(i).isPresent() && !keeps ? 2 * ArrowSecrets.ROWS : 2);
            }
        }
    }

    private static boolean isPaths(Mask mask) {
        return mask.function() == MaskFunction.JSON_PATH;
    }

    @Test
    void encodings_whose_buffers_cannot_be_told_apart_are_withheld() {
        List<ArrowSecrets.Column> columns = List.of(ArrowSecrets.columns().getFirst(), ArrowSecrets.view());
        byte[] stream = ArrowSecrets.stream(columns);

        for (List<Optional<Mask>> masks : List.of(
                List.of(Optional.of(ALL.getFirst()), Optional.<Mask>empty()),
                List.of(Optional.<Mask>empty(), Optional.of(ALL.getFirst())))) {
            assertThatThrownBy(() -> mask(stream, columns, masks))
                    .isInstanceOf(ResultFault.class)
                    .hasMessageContaining("not understood");
        }
    }

    private static byte[] mask(byte[] stream, List<ArrowSecrets.Column> columns, List<Optional<Mask>> masks) {
        ByteSink out = new ByteSink(64, 1_000_000);
        ArrowRowMasker masker = masker(columns, masks);
        masker.feed(stream, 0, stream.length, out);
        masker.finish();
        return out.take();
    }

    static ArrowRowMasker masker(List<ArrowSecrets.Column> columns, List<Optional<Mask>> masks) {
        return masker(columns, masks, 2 * ArrowSecrets.ROWS);
    }

    static ArrowRowMasker masker(List<ArrowSecrets.Column> columns, List<Optional<Mask>> masks, long rows) {
        List<MaskPlan.PlannedColumn> planned = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            planned.add(new MaskPlan.PlannedColumn(columns.get(i).field().getName(), masks.get(i), "pii", "pii"));
        }
        List<String> types = columns.stream().map(ArrowSecrets.Column::type).toList();
        return new ArrowRowMasker(
                CellMasks.of(MASKS, new MaskPlan(planned, true), types),
                columns.stream().map(column -> column.field().getName()).toList(),
                rows);
    }

    /** Nulls of each column in both batches, as the Arrow library reads them after it has checked them. */
    private static List<Integer> nulls(byte[] stream) throws IOException {
        List<Integer> nulls = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                for (int i = 0; i < vectors.size(); i++) {
                    if (!(vectors.get(i) instanceof MapVector || vectors.get(i) instanceof FixedSizeListVector)) {
                        // the library cannot check these
                        ValueVectorUtility.validateFull(vectors.get(i));
                    }
                    int more = vectors.get(i).getNullCount();
                    if (nulls.size() > i) {
                        nulls.set(i, nulls.get(i) + more);
                    } else {
                        nulls.add(more);
                    }
                }
            }
        } catch (ValidateUtil.ValidateException e) {
            throw new AssertionError("not readable", e);
        }
        return nulls;
    }
}
