package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.junit.jupiter.api.Test;

/** Small messages that say that much follows, or that the same bytes are many things. */
class ArrowClaimsTest {
    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void names_that_share_their_bytes_are_a_fault() {
        ArrowMessage message = schema(2_000, 0, 0);

        assertThatThrownBy(() -> ArrowField.names(message.schema(), message.texts()))
                .isInstanceOf(ResultFault.class);
        assertThatThrownBy(() -> ArrowField.all(message.schema(), message.texts()))
                .isInstanceOf(ResultFault.class);
        ArrowMessage one = schema(1, 0, 0);
        assertThat(ArrowField.all(one.schema(), one.texts()))
                .singleElement()
                .satisfies(field -> assertThat(field.name()).hasSize(MEGABYTE));
    }

    @Test
    void values_that_share_their_bytes_and_lists_without_end_are_a_fault() {
        for (ArrowMessage message : List.of(schema(1, 50, 0), schema(1, 101, 0), schema(1, 0, 101))) {
            assertThatThrownBy(() -> ArrowSchemaCopy.write(message, List.of(), Map.of()))
                    .isInstanceOf(ResultFault.class);
        }
        assertThat(ArrowSchemaCopy.write(schema(1, 0, 2), List.of(), Map.of())).isNotEmpty();
    }

    @Test
    void rows_that_nobody_sent_take_no_memory() {
        List<ArrowSecrets.Column> columns = List.of(ArrowSecrets.columns().get(5));
        ArrowRowMasker masker =
                ArrowSecretsTest.masker(columns, List.of(Optional.of(Mask.of(MaskFunction.NULL))), 1 << 24);
        byte[] stream = ArrowSecrets.stream(columns);
        int schema = 8 + LittleEndian.intAt(stream, 4);
        ByteSink out = new ByteSink(64, MEGABYTE);
        masker.feed(stream, 0, schema, out);
        byte[] batch = batch(1 << 24);

        assertThatThrownBy(() -> masker.feed(batch, 0, batch.length, out))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("shorter");
    }

    @Test
    void another_byte_order_is_a_fault() {
        ArrowMessage message = schema(1, 0, 0, Endianness.Big);

        assertThatThrownBy(() -> ArrowField.all(message.schema(), message.texts()))
                .isInstanceOf(ResultFault.class)
                .hasMessageContaining("byte order");
    }

    private static ArrowMessage schema(int fields, int values, int features) {
        return schema(fields, values, features, Endianness.Little);
    }

    /** Fields, and values of the schema, of which each has the same name of a megabyte. */
    private static ArrowMessage schema(int fields, int values, int features, short order) {
        FlatBufferBuilder to = new FlatBufferBuilder(2 * MEGABYTE);
        int name = to.createString("x".repeat(MEGABYTE));
        Utf8.startUtf8(to);
        int type = Utf8.endUtf8(to);
        int none = Field.createChildrenVector(to, new int[0]);
        int[] all = new int[fields];
        for (int i = 0; i < fields; i++) {
            all[i] = Field.createField(to, name, true, Type.Utf8, type, 0, none, 0);
        }
        int list = Schema.createFieldsVector(to, all);
        int[] pairs = new int[values];
        for (int i = 0; i < values; i++) {
            pairs[i] = KeyValue.createKeyValue(to, name, name);
        }
        int metadata = Schema.createCustomMetadataVector(to, pairs);
        int wanted = Schema.createFeaturesVector(
                to,
                Collections.nCopies(features, 1L).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
        int header = Schema.createSchema(to, order, list, metadata, wanted);
        to.finish(Message.createMessage(to, MetadataVersion.V5, MessageHeader.Schema, header, 0, 0));
        return ArrowMessage.of(to.sizedByteArray());
    }

    /** Of one column of numbers without bytes. */
    private static byte[] batch(int rows) {
        FlatBufferBuilder to = new FlatBufferBuilder(256);
        RecordBatch.startBuffersVector(to, 2);
        Buffer.createBuffer(to, 0, 0);
        Buffer.createBuffer(to, 0, 0);
        int buffers = to.endVector();
        RecordBatch.startNodesVector(to, 1);
        FieldNode.createFieldNode(to, rows, 0);
        int nodes = to.endVector();
        RecordBatch.startRecordBatch(to);
        RecordBatch.addLength(to, rows);
        RecordBatch.addNodes(to, nodes);
        RecordBatch.addBuffers(to, buffers);
        int header = RecordBatch.endRecordBatch(to);
        to.finish(Message.createMessage(to, MetadataVersion.V5, MessageHeader.RecordBatch, header, 0, 0));
        ByteSink out = new ByteSink(64, MEGABYTE);
        ArrowFraming.write(true, to.sizedByteArray(), out);
        return Arrays.copyOf(out.array(), out.size());
    }
}
