package dev.snowgate.gateway.snowflake.result;

/** Where each list of a column begins in the column of its items, with 32 bits: those that came, and new ones. Not thread-safe. */
final class NestedOffsets {
    private final byte[] bytes;
    private int end;

    /**
     * @param most lists that there may be
     */
    NestedOffsets(int most) {
        this.bytes = new byte[4 * (most + 1)];
    }

    /** Fails unless each list of the column lies in the column of its items, behind the one before. */
    static void check(ArrowColumn column) {
        column.checkValidity();
        if (column.rows() == 0) {
            return;
        }
        column.checkLength(1, 4L * (column.rows() + 1));
        int before = at(column, 0);
        if (before < 0) {
            throw ArrowMessage.damaged();
        }
        for (int row = 1; row <= column.rows(); row++) {
            int next = at(column, row);
            if (next < before) {
                throw ArrowMessage.damaged();
            }
            before = next;
        }
        if (before > column.child(0).rows()) {
            throw ArrowMessage.damaged();
        }
    }

    static int at(ArrowColumn column, int row) {
        return LittleEndian.intAt(column.body(), column.at(1) + 4 * row);
    }

    /** One item more in the list that is written. */
    void more() {
        end++;
    }

    /** The list of a row has ended. */
    void end(int row) {
        LittleEndian.putInt(bytes, 4 * (row + 1), end);
    }

    byte[] bytes() {
        return bytes;
    }
}
