package dev.snowgate.gateway.snowflake.result;

/**
 * Masks one body of rows as it streams by. Nothing leaves before it is known to be well formed; where the input is cut into pieces
 * makes no difference. Not thread-safe.
 */
interface RowMasker {
    /** Takes the next piece; what may leave is added to {@code out}. */
    void feed(byte[] bytes, int offset, int length, ByteOutput out);

    /** The same for bytes that nobody changes any more: they need not be copied where they have to wait for others. */
    default void give(byte[] bytes, int offset, int length, ByteOutput out) {
        feed(bytes, offset, length, out);
    }

    /** The input is over; fails if that is in the middle. */
    void finish();

    /** Rows that left. */
    long rows();

    /** Cells that were masked, nulls not counted. */
    long maskedCells();
}
