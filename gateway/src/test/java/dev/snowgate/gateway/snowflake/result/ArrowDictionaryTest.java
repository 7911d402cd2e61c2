package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.PageWriter;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns whose values lie in a dictionary: rows are the second value, null and the first. */
class ArrowDictionaryTest {
    private static final Masks MASKS = new Masks(new byte[32]);
    private static final List<String> NAMES = List.of("ADDRESS", "COLOUR");
    private static final List<String> TYPES = List.of("text", "text");
    private static final ArrowType.Int INT = new ArrowType.Int(32, true);
    private static final Optional<Mask> NONE = Optional.empty();
    private static final String[] VALUES = {"anna.raw@x.example", "otto.raw@y.example", "ida.raw@z.example"};

    @ParameterizedTest
    @CsvSource({"8,true", "16,true", "32,true", "64,true", "8,false", "16,false", "32,false"})
    void a_masked_column_leaves_without_its_dictionary(int bits, boolean signed) throws Exception {
        // Given
        byte[] stream = ArrowFeatures.withDictionary(new ArrowType.Int(bits, signed), VALUES);

        // When
        byte[] masked = run(stream, List.of(Optional.of(Mask.of(MaskFunction.EMAIL)), NONE));

        // Then
        assertThat(text(masked)).contains("red", "green").doesNotContain("raw", "z.example");
        List<FieldVector> columns = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = reader(masked, allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            ValueVectorUtility.validateFull(reader.getVectorSchemaRoot());
            columns.addAll(reader.getVectorSchemaRoot().getFieldVectors());
            assertThat(columns.getFirst().getField().getDictionary()).isNull();
            assertThat(columns.getFirst().getField().isNullable()).isTrue();
            assertThat(columns.getLast().getField().getDictionary()).isNotNull();
            VarCharVector addresses = (VarCharVector) columns.getFirst();
            assertThat(addresses.getObject(0)).hasToString("o***@y.example");
            assertThat(addresses.getObject(1)).isNull();
            assertThat(addresses.getObject(2)).hasToString("a***@x.example");
        }
        assertThat(page(masked)).isEqualTo("[[\"o***@y.example\",\"green\"],[null,null],[\"a***@x.example\",\"red\"]]");
    }

    @Test
    void every_mask_gives_what_it_gives_to_a_text_and_is_counted_by_cell() {
        byte[] stream = ArrowFeatures.withDictionary(INT, VALUES);
        for (MaskFunction function : MaskFunction.values()) {
            Mask mask = Mask.of(function);
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(List.of(Optional.of(mask), NONE), HeldMemory.UNLIMITED.share());

            masker.feed(stream, 0, stream.length, out);
            masker.finish();

            byte[] masked = out.take();
            assertThat(page(masked))
                    .as("%s", function)
                    .startsWith("[[" + json(MASKS.apply(mask, "text", VALUES[1])) + ",")
                    .contains(",[" + json(MASKS.apply(mask, "text", VALUES[0])) + ",");
            assertThat(masker.maskedCells()).isEqualTo(2);
        }
    }

    @Test
    void which_cells_were_the_same_does_not_leave() {
        Optional<Mask> redact = Optional.of(Mask.of(MaskFunction.REDACT));
        byte[] different = run(ArrowFeatures.withDictionary(INT, "a.raw", "b.raw"), List.of(redact, NONE));
        byte[] same = run(ArrowFeatures.withDictionary(INT, "a.raw", "a.raw"), List.of(redact, NONE));

        assertThat(different).isEqualTo(same);
    }

    @Test
    void a_value_that_is_null_is_a_null_cell() {
        byte[] masked = run(
                ArrowFeatures.withDictionary(INT, "a.raw", null),
                List.of(Optional.of(Mask.of(MaskFunction.REDACT)), NONE));

        assertThat(page(masked)).isEqualTo("[[null,\"green\"],[null,null],[\"[redacted]\",\"red\"]]");
    }

    @Test
    void a_released_column_leaves_with_its_dictionary_and_is_shown_by_its_values() {
        byte[] stream = ArrowFeatures.withDictionary(INT, VALUES);

        byte[] masked = run(stream, List.of(NONE, Optional.of(Mask.of(MaskFunction.REDACT))));

        assertThat(text(masked)).contains(VALUES).doesNotContain("red\0", "green");
        assertThat(page(masked)).contains(VALUES[0], VALUES[1]).contains("[redacted]");
        assertThat(run(stream, List.of(NONE, NONE))).isEqualTo(stream);
    }

    @Test
    void a_dictionary_that_masked_and_released_columns_share_is_withheld() {
        byte[] stream = ArrowFeatures.withDictionaries(INT, 7, VALUES);
        Optional<Mask> mask = Optional.of(Mask.of(MaskFunction.REDACT));

        assertThatThrownBy(() -> run(stream, List.of(mask, NONE)))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("shares its dictionary");
        assertThat(text(run(stream, List.of(mask, mask)))).doesNotContain("raw");
    }

    @Test
    void values_that_are_added_and_values_that_take_the_place_of_others_are_followed() {
        // Given: the same rows twice, with other values before each
        List<byte[]> messages = messages(ArrowFeatures.withDictionary(INT, "one.raw"));
        byte[] schema = messages.get(0);
        byte[] rows = messages.get(3);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(schema);
        stream.writeBytes(values(7, false, "one.raw"));
        stream.writeBytes(values(7, true, "two.raw"));
        stream.writeBytes(messages.get(2));
        stream.writeBytes(rows);
        stream.writeBytes(values(7, false, "three.raw", "four.raw"));
        stream.writeBytes(rows);
        // When
        byte[] masked = run(stream.toByteArray(), List.of(Optional.of(Mask.of(MaskFunction.HASH)), NONE));

        // Then
        assertThat(page(masked))
                .isEqualTo("[[" + hash("two.raw") + ",\"green\"],[null,null],[" + hash("one.raw") + ",\"red\"],["
                        + hash("four.raw") + ",\"green\"],[null,null],[" + hash("three.raw") + ",\"red\"]]");
    }

    @Test
    void a_number_without_a_value_is_a_fault() {
        List<byte[]> messages = messages(ArrowFeatures.withDictionary(INT, VALUES));
        ByteArrayOutputStream without = new ByteArrayOutputStream();
        without.writeBytes(messages.get(0));
        without.writeBytes(messages.get(2));
        without.writeBytes(messages.get(3));
        ByteArrayOutputStream fewer = new ByteArrayOutputStream();
        fewer.writeBytes(messages.get(0));
        fewer.writeBytes(values(7, false, "only.raw"));
        fewer.writeBytes(messages.get(2));
        fewer.writeBytes(messages.get(3));

        for (byte[] stream : List.of(without.toByteArray(), fewer.toByteArray())) {
            assertThatThrownBy(() -> run(stream, List.of(Optional.of(Mask.of(MaskFunction.REDACT)), NONE)))
                    .isInstanceOf(ResultFault.class)
                    .hasMessageNotContaining("raw");
        }
    }

    @Test
    void a_dictionary_that_no_column_refers_to_is_withheld_where_something_is_masked() {
        List<byte[]> messages = messages(ArrowFeatures.withDictionary(INT, VALUES));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(messages.get(0));
        stream.writeBytes(values(99, false, "stray.raw"));

        assertThatThrownBy(() -> run(stream.toByteArray(), List.of(Optional.of(Mask.of(MaskFunction.REDACT)), NONE)))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("none of its columns");
    }

    @Test
    void few_numbers_of_long_values_take_no_more_than_there_is() {
        byte[] stream = ArrowFeatures.withDictionary(INT, "a".repeat(1_000), "b".repeat(100_000));
        HeldMemory memory = new HeldMemory(600_000);

        // When / Then
        try (HeldMemory.Share share = memory.share()) {
            run(masker(List.of(Optional.of(Mask.of(MaskFunction.HASH)), NONE), share), stream);
            assertThat(memory.left()).isLessThan(200_000);
        }
        assertThat(memory.left()).isEqualTo(600_000);
        HeldMemory little = new HeldMemory(400_000);
        assertThatThrownBy(() ->
                        run(masker(List.of(Optional.of(Mask.of(MaskFunction.HASH)), NONE), little.share()), stream))
                .isInstanceOfAny(ResultFault.class, GatewayException.class);
    }

    @Test
    void what_the_recording_shows_of_them_is_counted_too() {
        byte[] stream = ArrowFeatures.withDictionary(INT, "a".repeat(1_000), "b".repeat(100_000));
        HeldMemory memory = new HeldMemory(800_000);
        try (HeldMemory.Share share = memory.share();
                PageWriter page = new PageWriter()) {
            new ArrowPage(NAMES, TYPES, page, share).show(stream, stream.length);
            assertThat(memory.left()).isLessThan(600_000);
        }
        assertThat(memory.left()).isEqualTo(800_000);
        try (HeldMemory.Share little = new HeldMemory(350_000).share();
                PageWriter page = new PageWriter()) {
            ArrowPage shown = new ArrowPage(NAMES, TYPES, page, little);
            assertThatThrownBy(() -> shown.show(stream, stream.length)).isInstanceOf(ResultFault.class);
        }
    }

    @Test
    void where_the_input_is_cut_makes_no_difference() {
        byte[] stream = ArrowFeatures.withDictionary(INT, VALUES);
        List<Optional<Mask>> masks = List.of(Optional.of(Mask.of(MaskFunction.EMAIL)), NONE);
        byte[] whole = run(stream, masks);
        for (int cut = 0; cut <= stream.length; cut++) {
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(masks, HeldMemory.UNLIMITED.share());
            masker.feed(stream, 0, cut, out);
            masker.feed(stream, cut, stream.length - cut, out);
            masker.finish();
            assertThat(Arrays.equals(out.take(), whole)).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void damaged_streams_are_faults_or_stay_masked() {
        byte[] stream = ArrowFeatures.withDictionary(INT, VALUES);
        Random random = new Random(11);
        int faults = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = stream.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ByteSink out = new ByteSink(64, 1_000_000);
            ArrowRowMasker masker = masker(
                    List.of(Optional.of(new Mask(MaskFunction.REDACT, "*")), NONE), new HeldMemory(1_000_000).share());
            try {
                masker.feed(damaged, 0, damaged.length, out);
                masker.finish();
            } catch (ResultFault | GatewayException fault) {
                faults++;
            }
            assertThat(text(out.take())).as("round %d", round).doesNotContain(".raw@");
        }
        assertThat(faults).isBetween(2_000, 20_000);
    }

    private static String hash(String value) {
        return json(MASKS.apply(Mask.of(MaskFunction.HASH), "text", value));
    }

    private static String json(@Nullable String value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private static byte[] run(byte[] stream, List<Optional<Mask>> masks) {
        return run(masker(masks, HeldMemory.UNLIMITED.share()), stream);
    }

    private static byte[] run(ArrowRowMasker masker, byte[] stream) {
        ByteSink out = new ByteSink(64, 1_000_000);
        byte[] ended = Arrays.copyOf(stream, stream.length);
        masker.feed(ended, 0, ended.length, out);
        if (!endsWithMark(stream)) {
            masker.feed(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0}, 0, 8, out);
        }
        masker.finish();
        return out.take();
    }

    private static boolean endsWithMark(byte[] stream) {
        return Arrays.equals(stream, stream.length - 8, stream.length, new byte[] {-1, -1, -1, -1, 0, 0, 0, 0}, 0, 8);
    }

    private static ArrowRowMasker masker(List<Optional<Mask>> masks, HeldMemory.Share memory) {
        List<MaskPlan.PlannedColumn> columns = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            columns.add(new MaskPlan.PlannedColumn(NAMES.get(i), masks.get(i), "pii", "pii"));
        }
        return new ArrowRowMasker(
                CellMasks.of(MASKS, new MaskPlan(columns, true), TYPES, memory),
                NAMES,
                dev.snowgate.gateway.snowflake.result.ArrowStreamReader.ROWS_NOT_ANNOUNCED);
    }

    private static String page(byte[] stream) {
        return new String(ArrowSample.page(stream, NAMES, TYPES), StandardCharsets.UTF_8);
    }

    private static String text(byte[] stream) {
        return new String(stream, StandardCharsets.ISO_8859_1);
    }

    private static ArrowStreamReader reader(byte[] stream, RootAllocator allocator) throws IOException {
        return new ArrowStreamReader(new ByteArrayInputStream(stream), allocator);
    }

    /** The messages of a stream without its end: schema, values of both dictionaries, rows. */
    private static List<byte[]> messages(byte[] stream) {
        List<byte[]> all = new ArrayList<>();
        int at = 0;
        while (LittleEndian.intAt(stream, at + 4) != 0) {
            int metadata = LittleEndian.intAt(stream, at + 4);
            ArrowMessage message = ArrowMessage.of(Arrays.copyOfRange(stream, at + 8, at + 8 + metadata));
            int end = at + 8 + metadata + (int) message.bodyLength();
            all.add(Arrays.copyOfRange(stream, at, end));
            at = end;
        }
        assertThat(all).hasSize(4);
        return all;
    }

    /** Texts of a dictionary, which the library does not write as more of them. */
    private static byte[] values(long id, boolean more, String... texts) {
        ByteSink body = new ByteSink(64, 1_000_000);
        byte[] offsets = new byte[4 * (texts.length + 1)];
        byte[] joined = String.join("", texts).getBytes(StandardCharsets.US_ASCII);
        int end = 0;
        for (int i = 0; i < texts.length; i++) {
            end += texts[i].length();
            LittleEndian.putInt(offsets, 4 * i + 4, end);
        }
        int dataAt = LittleEndian.wholeWords(offsets.length);
        body.add(Arrays.copyOf(offsets, dataAt), 0, dataAt);
        body.add(
                Arrays.copyOf(joined, LittleEndian.wholeWords(joined.length)),
                0,
                LittleEndian.wholeWords(joined.length));

        FlatBufferBuilder to = new FlatBufferBuilder(512);
        RecordBatch.startBuffersVector(to, 3);
        Buffer.createBuffer(to, dataAt, joined.length);
        Buffer.createBuffer(to, 0, offsets.length);
        Buffer.createBuffer(to, 0, 0);
        int buffers = to.endVector();
        RecordBatch.startNodesVector(to, 1);
        FieldNode.createFieldNode(to, texts.length, 0);
        int nodes = to.endVector();
        RecordBatch.startRecordBatch(to);
        RecordBatch.addLength(to, texts.length);
        RecordBatch.addNodes(to, nodes);
        RecordBatch.addBuffers(to, buffers);
        int data = RecordBatch.endRecordBatch(to);
        int header = DictionaryBatch.createDictionaryBatch(to, id, data, more);
        to.finish(Message.createMessage(to, MetadataVersion.V5, MessageHeader.DictionaryBatch, header, body.size(), 0));
        ByteSink out = new ByteSink(64, 1_000_000);
        ArrowFraming.write(true, to.sizedByteArray(), out);
        out.add(body.array(), 0, body.size());
        return out.take();
    }
}
