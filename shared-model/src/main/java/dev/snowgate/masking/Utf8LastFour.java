package dev.snowgate.masking;

/** {@link TextMasks#lastFour} on ASCII. */
final class Utf8LastFour implements Utf8Mask {
    static final Utf8Mask ONLY = new Utf8LastFour();
    private static final int STARS = 0x2A2A2A2A;
    private static final int LAST = 4;

    private Utf8LastFour() {}

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        return mask(cell, from, end, out, to);
    }

    @Override
    public int most(int length) {
        return 2 * LAST;
    }

    @Override
    public boolean writeAll(Utf8Column column) {
        column.marks.readAlphanumerics(column.bytes, column.start(0), column.size());
        column.writeRuns(row -> writeShort(column, row), this);
        return true;
    }

    /** Writes cells from a row on, and gives the first that is of another length than most. */
    private static int writeShort(Utf8Column column, int start) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        Utf8Marks marks = column.marks;
        int data = column.data;
        int first = ends[0];
        int rows = column.rows;
        int to = outEnds[start];
        for (int row = start; row < rows; row++) {
            if (!column.isValid(row)) {
                outEnds[row + 1] = to;
                continue;
            }
            int from = ends[row];
            int length = ends[row + 1] - from;
            if (length > Utf8Marks.SEEN) {
                return row;
            }
            int counted = Long.bitCount(marks.from(from - first) & (1L << length) - 1);
            Ascii.putInt(out, to, STARS);
            // where they are not to be shown, what follows is written over them
            Ascii.putInt(
                    out,
                    to + LAST,
                    counted < TextMasks.LAST4_SHORTEST ? 0 : Ascii.intAt(bytes, data + from + length - LAST));
            to += counted < TextMasks.LAST4_SHORTEST ? LAST : 2 * LAST;
            outEnds[row + 1] = to;
        }
        return rows;
    }

    private static int mask(byte[] cell, int from, int end, byte[] out, int to) {
        Ascii.putInt(out, to, STARS);
        int counted = 0;
        for (int i = from; i < end && counted < TextMasks.LAST4_SHORTEST; i += 8) {
            counted += Ascii.lettersAndDigits(Ascii.word(cell, i, end));
        }
        if (counted < TextMasks.LAST4_SHORTEST) {
            return to + LAST;
        }
        Ascii.putInt(out, to + LAST, Ascii.intAt(cell, end - LAST));
        return to + 2 * LAST;
    }
}
