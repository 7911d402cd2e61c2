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
