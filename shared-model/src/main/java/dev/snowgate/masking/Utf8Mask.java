package dev.snowgate.masking;

/** A mask that needs no text where a cell is ASCII: it writes the very bytes of the text's mask. */
interface Utf8Mask {
    /** Bytes behind the written ones that a mask may use as it likes, so that it can write whole words. */
    int SLACK = 16;

    /** The answer of {@link #write} where the text is to be asked. */
    int NOT_WRITTEN = -1;

    /**
     * Writes the masked cell.
     *
     * @param cell in which the bytes from {@code from} to {@code end} are ASCII
     * @param out another array, with room for {@link #most} bytes and {@link #SLACK} from {@code to} on
     * @return where the masked cell ends, or {@link #NOT_WRITTEN}
     */
    int write(byte[] cell, int from, int end, byte[] out, int to);

    /** The most bytes that it makes of a cell with so many bytes. */
    int most(int length);

    /** Whether it looks at no byte of a cell, so that they need not be ASCII. */
    default boolean isBlind() {
        return false;
    }

    /**
     * Masks a whole column. Each mask has its own loop, because one for all could not be compiled for any.
     *
     * @return false if it does not work on columns; then nothing was written
     */
    default boolean writeAll(Utf8Column column) {
        return false;
    }
}
