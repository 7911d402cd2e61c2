package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.JsonPaths;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.masking.TextKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.apache.arrow.vector.validate.ValidateUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects, arrays and maps that lie in columns of their own: masked like the JSON texts that rows have. */
class ArrowNestedTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final Detection EMAILS = new Detection(Set.of(Detector.EMAIL), List.of(), Map.of());
    private static final int ROWS = 5;
    private static final String[] VARIANTS = {
        "{\"a\": \"text-1@example.com\", \"b\": [1, {\"c\": true}]}",
        "\"text-2\"",
        "3.50",
        "[]",
        "true",
        "text-no json",
        "{"
    };
    private static final String[] PATHS = {
        "$.a", "$.b", "$..a", "$..c", "$.*", "$[*]", "$[0]", "$.a[*].b", "$..k1", "$.a.*", "$[1].a", "$..b[0]"
    };

    /** The same columns, of whatever shape, with the same masks, once as texts and once as they lie in Arrow. */
    @Test
    void masked_values_are_those_of_json_rows() {
        Random random = new Random(2027);
        int changed = 0;
        for (int round = 0; round < 600; round++) {
            // Given
            Field field = structured(random);
            Field beside = leaf("NOTE", random);
            byte[] stream = stream(List.of(field, beside), random);
            String type = type(field);
            Mask mask = mask(random);
            List<String> types = List.of(type, type(beside));
            List<List<@Nullable String>> before = page(stream, List.of("V", "NOTE"), types);

            // When
            byte[] masked = run(stream, types, List.of(Optional.of(mask), Optional.empty()));

            // Then
            List<List<@Nullable String>> after = page(masked, List.of("V", "NOTE"), types);
            for (int row = 0; row < before.size(); row++) {
                String cell = before.get(row).getFirst();
                String expected = MASKS.apply(mask, type, cell);
                assertThat(after.get(row).getFirst())
                        .as("%s on %s of %s", mask, cell, field)
                        .isEqualTo(expected);
                assertThat(after.get(row).getLast()).isEqualTo(before.get(row).getLast());
                changed += expected != null && !expected.equals(cell) ? 1 : 0;
            }
            readsBack(masked);
        }
        assertThat(changed).as("cells in which something was masked").isGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource({"NULL", "REDACT", "EMAIL", "HASH", "ROUND"})
    void masks_for_whole_values_leave_null_and_no_byte_of_what_was_in_them(MaskFunction function) {
        byte[] stream = ArrowSecrets.stream(ArrowSecrets.columns());
        List<ArrowSecrets.Column> columns = ArrowSecrets.columns();
        List<Optional<Mask>> masks =
                columns.stream().map(column -> Optional.of(Mask.of(function))).toList();
        ByteSink out = new ByteSink(64, 1_000_000);
        ArrowRowMasker masker = ArrowSecretsTest.masker(columns, masks);

        masker.feed(stream, 0, stream.length, out);
        masker.finish();

        assertThat(ArrowSecrets.isIn(out.take())).isFalse();
    }

    @Test
    void what_a_mask_takes_away_leaves_no_byte() {
        Field field = object("V", "OBJECT", text("a"), number("b"), list("c", text("item")));
        byte[] stream = stream(List.of(field), new Random(3));
        assertThat(raw(stream)).contains("text-");
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$..*"), JsonPaths.Inner.REDACT));

        byte[] masked = run(stream, List.of("object"), List.of(Optional.of(mask)));

        assertThat(raw(masked)).doesNotContain("text-");
    }

    @Test
    void a_semi_structured_member_that_cannot_be_read_is_null_since_a_path_may_lead_into_it() {
        Field field = object("V", "OBJECT", field("v", "VARIANT", new ArrowType.Utf8()));
        byte[] stream = column(field, vector -> {
            StructVector values = (StructVector) vector;
            String[] texts = {"{\"mail\": \"text-1\", \"u\": undefined}", "{\"mail\": \"text-2\", \"n\": NaN}"};
            for (int row = 0; row < 2; row++) {
                values.setIndexDefined(row);
                ((VarCharVector) values.getChildByOrdinal(0)).setSafe(row, texts[row].getBytes(StandardCharsets.UTF_8));
            }
            values.setValueCount(2);
        });
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$.v.mail"), JsonPaths.Inner.REDACT));

        byte[] masked = run(stream, List.of("object"), List.of(Optional.of(mask)));

        assertThat(raw(masked)).doesNotContain("text-");
        assertThat(page(masked, List.of("V"), List.of("object")))
                .containsExactly(List.of("{\"v\":null}"), List.of("{\"v\":{\"mail\": \"[redacted]\", \"n\": NaN}}"));
    }

    @Test
    void what_a_member_cannot_hold_is_null() {
        Field field =
                object("V", "OBJECT", field("a", "REAL", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)));
        byte[] stream = column(field, vector -> {
            StructVector values = (StructVector) vector;
            for (int row = 0; row < 2; row++) {
                values.setIndexDefined(row);
                ((Float8Vector) values.getChildByOrdinal(0)).setSafe(row, row == 0 ? Double.NaN : 1.5);
            }
            values.setValueCount(2);
        });
        Mask redact = Mask.jsonPath(new JsonPaths(List.of("$.a"), JsonPaths.Inner.REDACT));
        Mask elsewhere = Mask.jsonPath(new JsonPaths(List.of("$.b"), JsonPaths.Inner.REDACT));

        assertThat(page(run(stream, List.of("object"), List.of(Optional.of(redact))), List.of("V"), List.of("object")))
                .containsExactly(List.of("{\"a\":null}"), List.of("{\"a\":null}"));
        assertThat(page(
                        run(stream, List.of("object"), List.of(Optional.of(elsewhere))),
                        List.of("V"),
                        List.of("object")))
                .containsExactly(List.of("{\"a\":\"NaN\"}"), List.of("{\"a\":1.5}"));
    }

    @Test
    void members_that_could_not_be_null_can_be_afterwards() throws IOException {
        Field strict = new Field(
                "V",
                new FieldType(false, new ArrowType.Struct(), null, Map.of("logicalType", "OBJECT")),
                List.of(
                        new Field("a", FieldType.notNullable(new ArrowType.Int(64, true)), null),
                        new Field(
                                "m",
                                FieldType.notNullable(new ArrowType.Map(false)),
                                List.of(entries(
                                        new Field("value", FieldType.notNullable(new ArrowType.Utf8()), null))))));
        byte[] stream = stream(List.of(strict), new Random(5));
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$.a"), JsonPaths.Inner.REDACT));

        Field after = schema(run(stream, List.of("object"), List.of(Optional.of(mask))))
                .getFields()
                .getFirst();

        assertThat(after.isNullable()).isTrue();
        assertThat(after.getChildren().getFirst().isNullable()).isTrue();
        Field map = after.getChildren().getLast();
        assertThat(map.isNullable()).isTrue();
        assertThat(map.getChildren().getFirst().isNullable()).isFalse();
        assertThat(map.getChildren().getFirst().getChildren().getFirst().isNullable())
                .isFalse();
        assertThat(map.getChildren().getFirst().getChildren().getLast().isNullable())
                .isTrue();
        assertThat(schema(run(stream, List.of("object"), List.of(Optional.empty())))
                        .getFields()
                        .getFirst())
                .isEqualTo(strict);
    }

    @Test
    void where_the_input_is_cut_makes_no_difference() {
        Field field = object("V", "OBJECT", text("a"), list("b", object("item", "", number("c"), text("d"))));
        byte[] stream = stream(List.of(field, text("NOTE")), new Random(8));
        List<Optional<Mask>> masks = List.of(
                Optional.of(Mask.jsonPath(new JsonPaths(List.of("$..d"), JsonPaths.Inner.REDACT))), Optional.empty());
        byte[] whole = run(stream, List.of("object", "text"), masks);
        for (int cut = 0; cut <= stream.length; cut++) {
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(List.of("V", "NOTE"), List.of("object", "text"), masks);
            masker.feed(stream, 0, cut, out);
            masker.feed(stream, cut, stream.length - cut, out);
            masker.finish();
            assertThat(Arrays.equals(out.take(), whole)).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void damaged_streams_are_faults_or_stay_masked() {
        Field field = object("V", "OBJECT", text("a"), list("b", text("item")), map("c", text("value")), number("d"));
        byte[] stream = stream(List.of(field), new Random(12));
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$..*"), JsonPaths.Inner.NULL));
        Random random = new Random(13);
        int faults = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = stream.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0);
            }
            ByteSink out = new ByteSink(64, 4_000_000);
            ArrowRowMasker masker = masker(List.of("V"), List.of("object"), List.of(Optional.of(mask)));
            try {
                masker.feed(damaged, 0, damaged.length, out);
                masker.finish();
            } catch (ResultFault | GatewayException fault) {
                faults++;
            }
            assertThat(raw(out.take())).as("round %d", round).doesNotContain("text-");
        }
        assertThat(faults).isBetween(1_000, 20_000);
    }

    @Test
    void lists_that_lead_out_of_their_items_are_a_fault() {
        byte[] stream = stream(List.of(list("V", number("item"))), new Random(14));
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$[0]"), JsonPaths.Inner.REDACT));
        int schema = 8 + LittleEndian.intAt(stream, 4);
        int body = schema + 8 + LittleEndian.intAt(stream, schema + 4);
        // validity of eight bytes, then where the lists begin; one item too many has the bytes of something else
        int last = LittleEndian.intAt(stream, body + 8 + 4 * ROWS);
        for (int[] damage : new int[][] {{0, -1}, {1, -1}, {ROWS, last + 1}, {ROWS, 1_000}}) {
            byte[] damaged = stream.clone();
            LittleEndian.putInt(damaged, body + 8 + 4 * damage[0], damage[1]);
            assertThatThrownBy(() -> run(damaged, List.of("array"), List.of(Optional.of(mask))))
                    .isInstanceOf(ResultFault.class);
        }
    }

    @Test
    void few_bits_that_are_a_long_text_take_no_more_than_there_is() {
        byte[] stream = column(list("V", field("item", "BOOLEAN", new ArrowType.Bool())), vector -> {
            ListVector values = (ListVector) vector;
            int start = values.startNewValue(0);
            BitVector items = (BitVector) values.getDataVector();
            items.allocateNew(1_000_000);
            for (int i = 0; i < 1_000_000; i++) {
                items.set(start + i, 1);
            }
            values.endValue(0, 1_000_000);
            values.setNull(1);
            values.setValueCount(2);
        });
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$[0]"), JsonPaths.Inner.REDACT));
        for (long left : new long[] {8_000_000, 200_000_000}) {
            HeldMemory memory = new HeldMemory(left);
            try (HeldMemory.Share share = memory.share()) {
                ArrowRowMasker masker = new ArrowRowMasker(
                        CellMasks.of(MASKS, plan(List.of("V"), List.of(Optional.of(mask))), List.of("array"), share),
                        List.of("V"),
                        2);
                ByteSink out = new ByteSink(64, 4_000_000);
                if (left < 100_000_000) {
                    assertThatThrownBy(() -> masker.feed(stream, 0, stream.length, out))
                            .isInstanceOfAny(ResultFault.class, GatewayException.class);
                } else {
                    masker.feed(stream, 0, stream.length, out);
                    assertThat(memory.left()).isLessThan(left - 3 * 4_000_000);
                }
            }
            assertThat(memory.left()).isEqualTo(left);
        }
    }

    @Test
    void a_member_with_another_number_of_cells_than_its_object_is_a_fault() {
        for (Field field : List.of(
                object("V", "OBJECT", number("a")),
                map("V", number("value")),
                list("V", object("item", "", number("a"))))) {
            // Given
            byte[] stream = stream(List.of(field), new Random(15));
            int metadata = LittleEndian.intAt(stream, 4);
            ArrowMessage schema = ArrowMessage.of(Arrays.copyOfRange(stream, 8, 8 + metadata));
            int at = 8 + metadata;
            int length = LittleEndian.intAt(stream, at + 4);
            ArrowMessage rows = ArrowMessage.of(Arrays.copyOfRange(stream, at + 8, at + 8 + length));
            byte[] body = Arrays.copyOfRange(stream, at + 8 + length, at + 8 + length + (int) rows.bodyLength());
            List<ArrowField> fields = ArrowField.all(schema.schema(), schema.texts());
            ArrowBatch batch = ArrowBatch.read(rows.batch(), fields, body, body.length);
            ArrowForm form = NestedForm.of(fields.getFirst(), HeldMemory.UNLIMITED.share())
                    .orElseThrow();
            ArrowColumn column = new ArrowColumn(batch, fields.getFirst(), 0, 0);
            form.check(column);

            // When
            batch.nodeRows()[batch.nodeRows().length - 1]--;

            // Then
            assertThatThrownBy(() -> form.check(column)).isInstanceOf(ResultFault.class);
        }
    }

    @Test
    void an_entry_without_a_name_is_a_fault() {
        byte[] stream = column(map("V", text("value")), vector -> {
            MapVector values = (MapVector) vector;
            StructVector pairs = (StructVector) values.getDataVector();
            for (int row = 0; row < 2; row++) {
                int start = values.startNewValue(row);
                pairs.setIndexDefined(start);
                ((VarCharVector) pairs.getChildByOrdinal(1)).setSafe(start, "text-1".getBytes(StandardCharsets.UTF_8));
                values.endValue(row, 1);
            }
            values.setValueCount(2);
        });
        Mask mask = Mask.jsonPath(new JsonPaths(List.of("$.x"), JsonPaths.Inner.REDACT));

        assertThatThrownBy(() -> run(stream, List.of("map"), List.of(Optional.of(mask))))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("without a name");
    }

    private static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Mask mask(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Mask.detect(EMAILS);
            case 1 -> Mask.scan(EMAILS, Set.of(TextKind.values()));
            default -> {
                List<String> paths = new ArrayList<>();
                for (int i = random.nextInt(2); i >= 0; i--) {
                    paths.add(PATHS[random.nextInt(PATHS.length)]);
                }
                yield Mask.jsonPath(
                        new JsonPaths(paths, random.nextBoolean() ? JsonPaths.Inner.REDACT : JsonPaths.Inner.NULL));
            }
        };
    }

    private static Field structured(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> objectOf("V", "OBJECT", random, 0);
            case 1 -> list("V", any("item", random, 1));
            default -> map("V", any("value", random, 1));
        };
    }

    private static Field any(String name, Random random, int depth) {
        return switch (depth > 2 ? 9 : random.nextInt(10)) {
            case 0, 1 -> objectOf(name, "", random, depth + 1);
            case 2 -> list(name, any("item", random, depth + 1));
            case 3 -> map(name, any("value", random, depth + 1));
            default -> leaf(name, random);
        };
    }

    private static Field objectOf(String name, String type, Random random, int depth) {
        List<Field> members = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            members.add(any(String.valueOf((char) ('a' + i)), random, depth + 1));
        }
        return object(name, type, members.toArray(Field[]::new));
    }

    private static Field leaf(String name, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> number(name);
            case 7 -> field(name, "VARIANT", new ArrowType.Utf8());
            case 8 -> timestamp(name);
            case 1 -> field(name, "FIXED", new ArrowType.Decimal(20, 3, 128));
            case 2 -> field(name, "BOOLEAN", new ArrowType.Bool());
            case 3 -> field(name, "REAL", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
            case 4 -> field(name, "DATE", new ArrowType.Date(DateUnit.DAY));
            default -> text(name);
        };
    }

    private static Field timestamp(String name) {
        return new Field(
                name,
                new FieldType(true, new ArrowType.Struct(), null, Map.of("logicalType", "TIMESTAMP_NTZ", "scale", "9")),
                List.of(
                        new Field("epoch", FieldType.notNullable(new ArrowType.Int(64, true)), null),
                        new Field("fraction", FieldType.notNullable(new ArrowType.Int(32, true)), null)));
    }

    private static Field field(String name, String type, ArrowType arrow, Field... members) {
        Map<String, String> metadata = type.isEmpty() ? Map.of() : Map.of("logicalType", type, "scale", "0");
        return new Field(name, new FieldType(true, arrow, null, metadata), List.of(members));
    }

    private static Field text(String name) {
        return field(name, "TEXT", new ArrowType.Utf8());
    }

    private static Field number(String name) {
        return field(name, "FIXED", new ArrowType.Int(64, true));
    }

    private static Field object(String name, String type, Field... members) {
        return field(name, type, new ArrowType.Struct(), members);
    }

    private static Field list(String name, Field item) {
        return field(name, "ARRAY", new ArrowType.List(), item);
    }

    private static Field map(String name, Field value) {
        return field(name, "MAP", new ArrowType.Map(false), entries(value));
    }

    private static Field entries(Field value) {
        return new Field(
                "entries",
                FieldType.notNullable(new ArrowType.Struct()),
                List.of(new Field("key", FieldType.notNullable(new ArrowType.Utf8()), null), value));
    }

    private static String type(Field field) {
        return field.getMetadata().get("logicalType").toLowerCase(java.util.Locale.ROOT);
    }

    /** Two batches with values at random, some of them null at every depth. */
    private static byte[] stream(List<Field> fields, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            for (int batch = 0; batch < 2; batch++) {
                for (FieldVector vector : root.getFieldVectors()) {
                    vector.reset();
                    for (int row = 0; row < ROWS; row++) {
                        fill(vector, row, random);
                    }
                    vector.setValueCount(ROWS);
                }
                root.setRowCount(ROWS);
                writer.writeBatch();
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One batch of two rows. */
    private static byte[] column(Field field, Consumer<FieldVector> fill) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            fill.accept(root.getFieldVectors().getFirst());
            root.setRowCount(2);
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void fill(FieldVector vector, int at, Random random) {
        boolean isNull = vector.getField().isNullable() && random.nextInt(5) == 0;
        switch (vector) {
            case VarCharVector v ->
                v.setSafe(at, text(vector.getField(), random).getBytes(StandardCharsets.UTF_8));
            case BigIntVector v -> v.setSafe(at, random.nextInt());
            case DecimalVector v -> v.setSafe(at, new BigDecimal(random.nextInt()).movePointLeft(3));
            case BitVector v -> v.setSafe(at, random.nextInt(2));
            case Float8Vector v -> v.setSafe(at, random.nextDouble());
            case IntVector v -> v.setSafe(at, random.nextInt(1_000_000_000));
            case DateDayVector v -> v.setSafe(at, random.nextInt(20_000));
            case StructVector v -> {
                v.setIndexDefined(at);
                v.getChildrenFromFields().forEach(child -> fill(child, at, random));
            }
            case MapVector v -> {
                int start = v.startNewValue(at);
                int count = random.nextInt(3);
                StructVector entries = (StructVector) v.getDataVector();
                for (int i = 0; i < count; i++) {
                    entries.setIndexDefined(start + i);
                    ((VarCharVector) entries.getChildByOrdinal(0))
                            .setSafe(start + i, ("k" + i).getBytes(StandardCharsets.UTF_8));
                    fill((FieldVector) entries.getChildByOrdinal(1), start + i, random);
                }
                v.endValue(at, count);
            }
            case ListVector v -> {
                int start = v.startNewValue(at);
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    fill(v.getDataVector(), start + i, random);
                }
                v.endValue(at, count);
            }
            default -> throw new IllegalArgumentException(vector.getClass().getName());
        }
        if (isNull) {
            vector.setNull(at);
        }
    }

    private static String text(Field field, Random random) {
        return "VARIANT".equals(field.getMetadata().get("logicalType"))
                ? VARIANTS[random.nextInt(VARIANTS.length)]
                : word(random);
    }

    private static String word(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "text-" + random.nextInt(100) + "@example.com";
            case 1 -> "text-\"\\\n\u0001é😀" + random.nextInt(10);
            default -> "text-" + random.nextInt(1_000);
        };
    }

    private static byte[] run(byte[] stream, List<String> types, List<Optional<Mask>> masks) {
        List<String> names = types.size() == 1 ? List.of("V") : List.of("V", "NOTE");
        ArrowRowMasker masker = masker(names, types, masks);
        ByteSink out = new ByteSink(64, 4_000_000);
        masker.feed(stream, 0, stream.length, out);
        masker.finish();
        return out.take();
    }

    private static ArrowRowMasker masker(List<String> names, List<String> types, List<Optional<Mask>> masks) {
        return new ArrowRowMasker(
                CellMasks.of(MASKS, plan(names, masks), types),
                names,
                dev.snowgate.gateway.snowflake.result.ArrowStreamReader.ROWS_NOT_ANNOUNCED);
    }

    private static MaskPlan plan(List<String> names, List<Optional<Mask>> masks) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            columns.add(new MaskPlan.PlannedColumn(names.get(i), masks.get(i), "pii", "pii"));
        }
        return new MaskPlan(columns, true);
    }

    /** The rows in the recording's form. */
    private static List<List<@Nullable String>> page(byte[] stream, List<String> names, List<String> types) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        StrictJson.read(ArrowSample.page(stream, names, types)).forEach(row -> {
            List<@Nullable String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? null : cell.stringValue()));
            rows.add(cells);
        });
        return rows;
    }

    private static Schema schema(byte[] stream) throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            return reader.getVectorSchemaRoot().getSchema();
        }
    }

    /** The Arrow library itself reads every vector, and checks those that it can. */
    private static void readsBack(byte[] stream) {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                for (FieldVector vector : reader.getVectorSchemaRoot().getFieldVectors()) {
                    if (!vector.getField().toString().contains("Map(")) {
                        ValueVectorUtility.validateFull(vector);
                    }
                    for (int row = 0; row < vector.getValueCount(); row++) {
                        vector.getObject(row);
                    }
                }
            }
        } catch (IOException | ValidateUtil.ValidateException e) {
            throw new AssertionError("not readable", e);
        }
    }
}
