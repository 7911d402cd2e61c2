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

/** A batch with some buffers replaced. The others leave bit by bit as they came; what lay between buffers does not leave. */
final class ArrowBatchCopy {
    private static final byte[] PADDING = new byte[8];
    private final ArrowBatch source;
    private final int buffers;
    private final Map<Integer, byte[]> replaced = new HashMap<>();
    private final int[] nulls;

    ArrowBatchCopy(ArrowBatch source) {
        this.source = source;
        this.buffers = source.offsets().length;
        this.nulls = source.nodeNulls().clone();
    }

    /** Replaces the buffers from the given one on. */
    void replace(int firstBuffer, List<byte[]> newBuffers) {
        for (int i = 0; i < newBuffers.size(); i++) {
            replaced.put(firstBuffer + i, newBuffers.get(i));
        }
    }

    void setNulls(int node, int count) {
        nulls[node] = count;
    }

    void write(short version, boolean marked, ByteSink out) {
        int[] offsets = new int[buffers];
        int end = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            end = LittleEndian.wholeWords(Math.addExact(end, length(i)));
        }
        ArrowFraming.write(marked, metadata(version, offsets, end), out);
        for (int i = 0; i < offsets.length; i++) {
            int length = length(i);
            byte[] other = replaced.get(i);
            if (other == null) {
                out.add(source.body(), source.offsets()[i], length);
            } else {
                out.add(other, 0, length);
            }
            out.add(PADDING, 0, LittleEndian.wholeWords(length) - length);
        }
    }

    private int length(int buffer) {
        byte[] other = replaced.get(buffer);
        return other == null ? source.lengths()[buffer] : other.length;
    }

    private byte[] metadata(short version, int[] offsets, int bodyLength) {
        FlatBufferBuilder to = new FlatBufferBuilder(256 + 16 * (offsets.length + nulls.length));
        RecordBatch.startBuffersVector(to, offsets.length);
        for (int i = offsets.length - 1; i >= 0; i--) {
            Buffer.createBuffer(to, offsets[i], length(i));
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
