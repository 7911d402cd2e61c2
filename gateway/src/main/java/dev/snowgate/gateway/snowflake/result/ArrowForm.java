package dev.snowgate.gateway.snowflake.result;

import java.util.List;

/**
 * How Snowflake lays the cells of a logical type into the buffers of a column. Cells are read as, and written from, the texts that JSON
 * rows have, so that a mask gives the same in both formats. Not thread-safe.
 */
interface ArrowForm {
    /** Fails unless each row's bytes are there; before the first cell of a batch is read. */
    void check(ArrowColumn column);

    /** The text of a cell that is not null. */
    String read(ArrowColumn column, int row);

    /** Whether a cell of a valid row is null all the same, because a part of it is. */
    default boolean isNull(ArrowColumn column, int row) {
        return column.isNull(row);
    }

    /** New buffers for the rows of a column that was checked. */
    Writer writer(ArrowColumn column);

    /** What a node says of its cells. */
    record NodeCount(int rows, int nulls) {}

    /** New buffers of a column, row by row. */
    interface Writer {
        /** Writes a cell; false if the column cannot hold it: it is null then. */
        boolean put(int row, String text);

        /** A null cell; rows come in order. */
        void putNull(int row);

        /** All buffers behind the column's own validity, its children's included. */
        List<byte[]> buffers();

        /** The nodes of all that is in the column; none where each has the column's rows and no nulls of its own. */
        default List<NodeCount> children() {
            return List.of();
        }
    }
}
