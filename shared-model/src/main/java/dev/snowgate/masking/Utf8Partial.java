package dev.snowgate.masking;

/** {@link PartialMask} on ASCII. */
record Utf8Partial(int first, int last) implements Utf8Mask {
    private static final int STARS = 0x2A2A2A2A;

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        return mask(cell, from, end, out, to);
    }

    @Override
    public int most(int length) {
        return first + 4 + last;
    }

    @Override
    public boolean writeAll(Utf8Column column) {
        boolean few = first <= Long.BYTES && last <= Long.BYTES;
        if (few) {
            column.marks.readAlphanumerics(column.bytes, column.start(0), column.size());
        }
        column.writeRuns(few ? row -> writeShort(column, row) : row -> row, this);
        return true;
    }

    /** Writes cells from a row on, and gives the first that is of another length than most. */
    private int writeShort(Utf8Column column, int start) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        Utf8Marks marks = column.marks;
        int data = column.data;
        int rows = column.rows;
        int shown = first + last;
        int drop = 8 * (Long.BYTES - last);
        long lastBytes = last == 0 ? 0 : -1;
        long firstMarks = (1L << first) - 1;
        int to = outEnds[start];
        for (int row = start; row < rows; row++) {
            if (!column.isValid(row)) {
                outEnds[row + 1] = to;
                continue;
            }
            int from = ends[row];
            int length = ends[row + 1] - from;
            if (length < Long.BYTES || length > Utf8Marks.SEEN || shown >= length) {
                return row;
            }
            long all = marks.from(from - ends[0]) & (1L << length) - 1;
            int seen = Long.bitCount(all & firstMarks) + Long.bitCount(all >>> length - last);
            boolean less = 2 * seen <= Long.bitCount(all);
            // where they are not to be shown, what follows is written over them
            Ascii.putLong(out, to, less ? Ascii.longAt(bytes, data + from) : 0);
            to += less ? first : 0;
            Ascii.putInt(out, to, STARS);
            Ascii.putLong(
                    out,
                    to + 4,
                    less ? (Ascii.longAt(bytes, data + from + length - Long.BYTES) & lastBytes) >>> drop : 0);
            to += less ? 4 + last : 4;
            outEnds[row + 1] = to;
        }
        return rows;
    }

    private int mask(byte[] cell, int from, int end, byte[] out, int to) {
        boolean shown = first + last < end - from && isLess(cell, from, end);
        int at = shown ? Ascii.copy(cell, from, from + first, out, to) : to;
        Ascii.putInt(out, at, STARS);
        return shown ? Ascii.copy(cell, end - last, end, out, at + 4) : at + 4;
    }

    /** Whether what would be shown is not more than half of the letters and digits. */
    private boolean isLess(byte[] cell, int from, int end) {
        int shown = Ascii.lettersAndDigits(cell, from, from + first) + Ascii.lettersAndDigits(cell, end - last, end);
        return 2 * shown <= Ascii.lettersAndDigits(cell, from, end);
    }
}
