package dev.snowgate.gateway.snowflake.result;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final ArrowBody body;
    private final int buffers;
    private final byte[] @Nullable [] replaced;
    private final Map<Integer, byte[]> behind = new HashMap<>();
    private final int[] lengths;
    private final int[] rows;
    private final int[] nulls;

    /**
     * @param source leads into the body
     */
    ArrowBatchCopy(ArrowBatch source, ArrowBody body) {
        this.source = source;
        this.body = body;
        this.buffers = source.offsets().length;
        this.replaced = new byte[buffers][];
        this.lengths = source.lengths().clone();
        this.rows = source.nodeRows().clone();
        this.nulls = source.nodeNulls().clone();
    }

    /** Replaces the buffers from the given one on. */
    void replace(int firstBuffer, List<byte[]> newBuffers) {
        for (int i = 0; i < newBuffers.size(); i++) {
            replace(firstBuffer + i, newBuffers.get(i), newBuffers.get(i).length);
        }
    }

    /** The same for a column of {@code count} buffers that has one more in its new form, or as many. */
    void replace(int firstBuffer, int count, List<byte[]> newBuffers) {
        replace(firstBuffer, newBuffers.subList(0, count));
        if (newBuffers.size() > count) {
            behind.put(firstBuffer + count - 1, newBuffers.get(count));
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

    void setNode(int node, ArrowForm.NodeCount count) {
        rows[node] = count.rows();
        nulls[node] = count.nulls();
    }

    void write(short version, boolean marked, ByteOutput out) {
        int[] sizes = new int[buffers + behind.size()];
        int next = 0;
        for (int i = 0; i < buffers; i++) {
            sizes[next++] = lengths[i];
            byte[] more = behind.get(i);
            if (more != null) {
                sizes[next++] = more.length;
            }
        }
        ArrowFraming.write(marked, metadata(version, sizes), out);
        for (int i = 0; i < buffers; i++) {
            byte[] other = replaced[i];
            if (other == null) {
                body.write(source.offsets()[i], lengths[i], out);
            } else {
                out.add(other, 0, lengths[i]);
            }
            pad(lengths[i], out);
            byte[] more = behind.get(i);
            if (more != null) {
                out.add(more, 0, more.length);
                pad(more.length, out);
            }
        }
    }

    private static void pad(int length, ByteOutput out) {
        out.add(PADDING, 0, LittleEndian.wholeWords(length) - length);
    }

    private byte[] metadata(short version, int[] sizes) {
        FlatBufferBuilder to = new FlatBufferBuilder(256 + 16 * (sizes.length + nulls.length));
        int bodyLength = 0;
        for (int size : sizes) {
            bodyLength = LittleEndian.wholeWords(Math.addExact(bodyLength, size));
        }
        RecordBatch.startBuffersVector(to, sizes.length);
        int offset = bodyLength;
        for (int i = sizes.length - 1; i >= 0; i--) {
            offset -= LittleEndian.wholeWords(sizes[i]);
            Buffer.createBuffer(to, offset, sizes[i]);
        }
        int list = to.endVector();
        RecordBatch.startNodesVector(to, nulls.length);
        for (int i = nulls.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(to, rows[i], nulls[i]);
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
