package dev.snowgate.masking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/**
 * Texts of one column that lie one behind the other, and their masked ones: both with 32-bit little-endian offsets of where each begins
 * and ends, as in Arrow. Serves one batch after the other with the same arrays; what it gives is valid until the next. Not thread-safe.
 */
public final class Utf8Column {
    /** Larger columns are masked cell by cell, since room for the largest answer of each cell might be far too much. */
    private static final long MOST_ROOM = 16L * 1024 * 1024;

    byte[] bytes = {};
    int data;
    int rows;
    int[] ends = {0};
    byte[] validity = {};
    boolean hasNulls;
    byte[] out = {};
    int[] outEnds = {0};
    final Utf8Words words = new Utf8Words();
    final Utf8Marks marks = new Utf8Marks();

    /**
     * Takes the next batch's texts.
     *
     * @param batch in which they lie
     * @param offsets where their {@code rows + 1} offsets begin
     * @param dataAt where the first byte that an offset can lead to lies
     * @param length how many bytes offsets can lead to
     * @return false if an offset leads elsewhere or is below the one before
     */
    public boolean read(byte[] batch, int offsets, int dataAt, int length, int count) {
        bytes = batch;
        data = dataAt;
        rows = count;
        if (ends.length <= rows) {
            ends = new int[rows + 1];
            outEnds = new int[rows + 1];
        }
        if (rows == 0) {
            ends[0] = 0;
            return true;
        }
        ByteBuffer.wrap(batch, offsets, 4 * (rows + 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(ends, 0, rows + 1);
        // One sign for all of them: no difference of two numbers that are not negative overflows.
        int below = ends[0];
        for (int i = 1; i <= rows; i++) {
            below |= ends[i] | ends[i] - ends[i - 1];
        }
        return below >= 0 && ends[rows] <= length;
    }

    /**
     * Says which texts are null.
     *
     * @param bits one per row, lowest first; not changed
     * @param nulls how many are not set
     */
    public void setValidity(byte[] bits, int nulls) {
        validity = bits;
        hasNulls = nulls > 0;
    }

    /** Where a text begins, in the batch. */
    public int start(int row) {
        return data + ends[row];
    }

    /** How many bytes a text has. */
    public int length(int row) {
        return ends[row + 1] - ends[row];
    }

    boolean isValid(int row) {
        return !hasNulls || (validity[row >> 3] >> (row & 7) & 1) != 0;
    }

    /**
     * Masks all texts, most of them in runs: loops with nothing else in them, so that they are fast.
     *
     * @param run writes cells from a row on, nulls too, and gives the first row that it leaves to the mask
     */
    void writeRuns(IntUnaryOperator run, Utf8Mask mask) {
        outEnds[0] = 0;
        int row = run.applyAsInt(0);
        while (row < rows) {
            int to = outEnds[row];
            outEnds[row + 1] = isValid(row) ? mask.write(bytes, start(row), start(row) + length(row), out, to) : to;
            row = row + 1 < rows ? run.applyAsInt(row + 1) : rows;
        }
    }

    /** Whether there is room for so many bytes of each text and so many more. */
    boolean makeRoom(long most) {
        long room = most + Utf8Mask.SLACK;
        if (room > MOST_ROOM) {
            return false;
        }
        if (out.length < room) {
            out = new byte[(int) Math.min(MOST_ROOM, room + room / 4)];
        }
        return true;
    }

    /** How many bytes all texts have. */
    int size() {
        return ends[rows] - ends[0];
    }

    /** The masked texts; only the first {@link #maskedSize} bytes are theirs. */
    public byte[] masked() {
        return out;
    }

    public int maskedSize() {
        return rows == 0 ? 0 : outEnds[rows];
    }

    /** Writes the offsets of the masked texts. */
    public void writeOffsets(byte[] target) {
        outEnds[0] = 0;
        ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(outEnds, 0, rows + 1);
    }

    /** Bytes of the arrays that serve the next batch too. */
    public long held() {
        return out.length + 4L * (ends.length + outEnds.length) + words.held() + marks.held();
    }
}
