package dev.snowgate.gateway.snowflake.result;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * One batch of rows: where each node's buffers lie in the body. Every place was checked: inside the body, in order, none over another,
 * so that no byte of a masked column can also be a byte of a released one.
 *
 * @param body what the offsets lead into; empty where that is an {@link ArrowBody}
 * @param offsets of each buffer in the body
 * @param lengths of each buffer
 * @param nodeRows cells of each node
 * @param nodeNulls nulls of each node as stated
 */
record ArrowBatch(byte[] body, int rows, int[] offsets, int[] lengths, int[] nodeRows, int[] nodeNulls) {
    private static final int MOST_ROWS = 1 << 24;
    private static final byte[] IN_PIECES = {};

    /** A batch whose body is still in pieces. */
    static ArrowBatch read(RecordBatch header, List<ArrowField> fields, ArrowBody body) {
        return read(header, fields, IN_PIECES, body.size());
    }

    static ArrowBatch read(RecordBatch header, List<ArrowField> fields, byte[] body, int bodyLength) {
        if (header.compression() != null || header.variadicBufferCountsLength() != 0) {
            throw new ResultFault("the result's batches are compressed or of a kind that is not understood");
        }
        int nodes = fields.stream().mapToInt(ArrowField::nodes).sum();
        int buffers = fields.stream().mapToInt(ArrowField::buffers).sum();
        if (header.nodesLength() != nodes || header.buffersLength() != buffers) {
            throw new ResultFault("a batch of the result has other columns than announced");
        }
        ArrowBatch batch = new ArrowBatch(
                body,
                within(header.length(), MOST_ROWS),
                new int[buffers],
                new int[buffers],
                new int[nodes],
                new int[nodes]);
        batch.readBuffers(header, bodyLength);
        batch.readNodes(header, fields);
        return batch;
    }

    /**
     * The same batch with the buffers of one column alone, one behind the other in one array.
     *
     * @param to is cleared, and holds the array
     */
    ArrowBatch column(int firstBuffer, int count, ArrowBody from, ByteSink to) {
        int[] places = new int[offsets.length];
        int end = firstBuffer + count;
        to.clear();
        to.room(Arrays.stream(lengths, firstBuffer, end).sum());
        for (int i = firstBuffer; i < end; i++) {
            places[i] = to.size();
            from.write(offsets[i], lengths[i], to);
        }
        return new ArrowBatch(to.array(), rows, places, lengths, nodeRows, nodeNulls);
    }

    private void readBuffers(RecordBatch header, int bodyLength) {
        Buffer buffer = new Buffer();
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            header.buffers(buffer, i);
            lengths[i] = within(buffer.length(), bodyLength);
            if (lengths[i] > 0) {
                offsets[i] = within(buffer.offset(), bodyLength);
                if (offsets[i] < end || (long) offsets[i] + lengths[i] > bodyLength) {
                    throw new ResultFault("a batch of the result names bytes that it does not have");
                }
                end = (long) offsets[i] + lengths[i];
            }
        }
    }

    private void readNodes(RecordBatch header, List<ArrowField> fields) {
        FieldNode node = new FieldNode();
        for (int i = 0; i < nodeRows.length; i++) {
            header.nodes(node, i);
            nodeRows[i] = within(node.length(), Integer.MAX_VALUE);
            nodeNulls[i] = within(node.nullCount(), nodeRows[i]);
        }
        int at = 0;
        for (ArrowField field : fields) {
            if (nodeRows[at] != rows) {
                throw new ResultFault("a batch of the result has columns of different length");
            }
            at += field.nodes();
        }
    }

    private static int within(long value, int most) {
        if (value < 0 || value > most) {
            throw new ResultFault("a batch of the result names bytes that it does not have");
        }
        return (int) value;
    }
}
