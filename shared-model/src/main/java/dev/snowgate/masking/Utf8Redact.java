package dev.snowgate.masking;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A fixed text in the place of each cell, whatever is in it. */
record Utf8Redact(byte[] fixed) implements Utf8Mask {
    /** Null if the text has no bytes of its own, as with half a surrogate pair. */
    static @Nullable Utf8Mask of(String text) {
        byte[] fixed = text.getBytes(StandardCharsets.UTF_8);
        return new String(fixed, StandardCharsets.UTF_8).equals(text) ? new Utf8Redact(fixed) : null;
    }

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        System.arraycopy(fixed, 0, out, to, fixed.length);
        return to + fixed.length;
    }

    @Override
    public int most(int length) {
        return fixed.length;
    }

    @Override
    public boolean isBlind() {
        return true;
    }

    @Override
    public boolean writeAll(Utf8Column column) {
        int[] ends = column.outEnds;
        int to = 0;
        for (int row = 0; row < column.rows; row++) {
            to += column.isValid(row) ? fixed.length : 0;
            ends[row + 1] = to;
        }
        repeat(column.out, to);
        return true;
    }

    /** One copy, then as much again as there is. */
    private void repeat(byte[] out, int size) {
        int done = Math.min(fixed.length, size);
        System.arraycopy(fixed, 0, out, 0, done);
        while (done < size) {
            int more = Math.min(done, size - done);
            System.arraycopy(out, 0, out, done, more);
            done += more;
        }
    }
}
