package dev.snowgate.gateway.snowflake.result;

import java.util.ArrayList;
import java.util.List;

/** Makes a whole column null, whatever its type: no validity bit is set, and of its bytes and its children's none is kept. */
final class ArrowNulls {
    private ArrowNulls() {}

    /** Replaces the column; gives how many of its cells were not null before. */
    static long write(ArrowColumn column, ArrowBatchCopy copy) {
        if (column.field().layout() == ArrowField.Layout.NONE) {
            return 0;
        }
        column.checkValidity();
        int rows = column.rows();
        if (rows > 8L * bytes(column)) {
            // rows that nobody sent would take memory of ours
            throw new ResultFault("a column of the result is shorter than announced");
        }
        long before = rows - column.nulls();
        List<byte[]> buffers = new ArrayList<>();
        buffers.add(new byte[LittleEndian.bytesOfBits(rows)]);
        behindValidity(column, buffers);
        copy.replace(column.buffer(), buffers);
        copy.setNulls(column.node(), rows);
        children(column, copy);
        return before;
    }

    /** Of all of its buffers and those of its children. */
    private static long bytes(ArrowColumn column) {
        long bytes = 0;
        for (int i = 0; i < column.field().buffers(); i++) {
            bytes += column.length(i);
        }
        return bytes;
    }

    private static void children(ArrowColumn column, ArrowBatchCopy copy) {
        if (column.field().dictionary()) {
            return;
        }
        for (int i = 0; i < column.field().children().size(); i++) {
            ArrowColumn child = column.child(i);
            List<byte[]> buffers = new ArrayList<>();
            if (child.field().layout() != ArrowField.Layout.NONE) {
                buffers.add(new byte[child.length(0)]);
                behindValidity(child, buffers);
                copy.setNulls(child.node(), child.length(0) > 0 ? child.rows() : 0);
            }
            copy.replace(child.buffer(), buffers);
            children(child, copy);
        }
    }

    /** Zeros in the size of before; bytes that offsets lead to are dropped, as all offsets are zero. */
    private static void behindValidity(ArrowColumn column, List<byte[]> buffers) {
        switch (column.field().layout()) {
            case FIXED, OFFSETS -> buffers.add(new byte[column.length(1)]);
            case VARIABLE -> {
                buffers.add(new byte[column.length(1)]);
                buffers.add(new byte[0]);
            }
            case VALIDITY, NONE -> {
                // nothing stands behind it
            }
        }
    }
}
