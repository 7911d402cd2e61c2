package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.List;

/** New buffers of a column of structured values, or a part of one, row by row. Not thread-safe. */
abstract class NestedCells {
    private final byte[] validity;
    private int rows;
    private int nulls;

    /**
     * @param most rows that there may be
     */
    NestedCells(int most) {
        this.validity = new byte[LittleEndian.bytesOfBits(most)];
    }

    /** The next row, of the value that the text is at; moves to its end. Whether the row is not null. */
    final boolean put(NestedText text) {
        return end(!text.isNull() && value(rows, text));
    }

    /** Ends a row that was written; leaves out one that was not. */
    final boolean end(boolean written) {
        if (written) {
            LittleEndian.setBit(validity, rows++);
        } else {
            putNull();
        }
        return written;
    }

    /** Rows so far. */
    final int rows() {
        return rows;
    }

    final void putNull() {
        none(rows++);
        nulls++;
    }

    /** Writes a value; false, with nothing written, if it cannot be held. */
    abstract boolean value(int row, NestedText text);

    /** Leaves out a value, so that the next one stands in its place. */
    abstract void none(int row);

    /** Adds what stands behind the validity. */
    abstract void addBuffers(List<byte[]> buffers);

    /** Adds the nodes of what is in it. */
    abstract void addNodes(List<ArrowForm.NodeCount> nodes);

    final List<byte[]> buffers() {
        List<byte[]> buffers = new ArrayList<>();
        addTo(buffers);
        return buffers;
    }

    final List<ArrowForm.NodeCount> nodes() {
        List<ArrowForm.NodeCount> nodes = new ArrayList<>();
        countTo(nodes);
        return nodes;
    }

    /** Adds all buffers of it. */
    final void addTo(List<byte[]> buffers) {
        buffers.add(validity);
        addBuffers(buffers);
    }

    /** Adds all nodes of it. */
    final void countTo(List<ArrowForm.NodeCount> nodes) {
        nodes.add(new ArrowForm.NodeCount(rows, nulls));
        addNodes(nodes);
    }
}
