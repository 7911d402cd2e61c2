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
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        int data = column.data;
        int to = 0;
        for (int row = 0; row < column.rows; row++) {
            if (column.isValid(row)) {
                to = mask(bytes, data + ends[row], data + ends[row + 1], out, to);
            }
            outEnds[row + 1] = to;
        }
        return true;
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
