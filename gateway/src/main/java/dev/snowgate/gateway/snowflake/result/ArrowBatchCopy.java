package dev.snowgate.gateway.snowflake.result;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** A batch with some buffers replaced. The others leave bit by bit as they came; what lay between buffers does not leave. */
final class ArrowBatchCopy {
    private static final byte[] PADDING = new byte[8];
    private final ArrowBatch source;
    private final int buffers;
    private final byte[] @Nullable [] replaced;
    private final int[] lengths;
    private final int[] nulls;

    ArrowBatchCopy(ArrowBatch source) {
        this.source = source;
        this.buffers = source.offsets().length;
        this.replaced = new byte[buffers][];
        this.lengths = source.lengths().clone();
        this.nulls = source.nodeNulls().clone();
    }

    /** Replaces the buffers from the given one on. */
    void replace(int firstBuffer, List<byte[]> newBuffers) {
        for (int i = 0; i < newBuffers.size(); i++) {
            replace(firstBuffer + i, newBuffers.get(i), newBuffers.get(i).length);
        }
    }

    /** Replaces a buffer by the first bytes of an array, which is read in {@link #write}. */
    void replace(int buffer, byte[] bytes, int length) {
        replaced[buffer] = bytes;
        lengths[buffer] = length;
    }

    void setNulls(int node, int count) {
        nulls[node] = count;
    }

    void write(short version, boolean marked, ByteSink out) {
        int[] offsets = new int[buffers];
        int end = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            end = LittleEndian.wholeWords(Math.addExact(end, lengths[i]));
        }
        ArrowFraming.write(marked, metadata(version, offsets, end), out);
        for (int i = 0; i < offsets.length; i++) {
            int length = lengths[i];
            byte[] other = replaced[i];
            if (other == null) {
                out.add(source.body(), source.offsets()[i], length);
            } else {
                out.add(other, 0, length);
            }
            out.add(PADDING, 0, LittleEndian.wholeWords(length) - length);
        }
    }

    private byte[] metadata(short version, int[] offsets, int bodyLength) {
        FlatBufferBuilder to = new FlatBufferBuilder(256 + 16 * (offsets.length + nulls.length));
        RecordBatch.startBuffersVector(to, offsets.length);
        for (int i = offsets.length - 1; i >= 0; i--) {
            Buffer.createBuffer(to, offsets[i], lengths[i]);
        }
        int list = to.endVector();
        RecordBatch.startNodesVector(to, nulls.length);
        for (int i = nulls.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(to, source.nodeRows()[i], nulls[i]);
        }
        int nodes = to.endVector();
        RecordBatch.startRecordBatch(to);
        RecordBatch.addLength(to, source.rows());
        RecordBatch.addNodes(to, nodes);
        RecordBatch.addBuffers(to, list);
        int header = RecordBatch.endRecordBatch(to);
        to.finish(Message.createMessage(to, version, MessageHeader.RecordBatch, header, bodyLength, 0));
        return to.sizedByteArray();
    }
}
