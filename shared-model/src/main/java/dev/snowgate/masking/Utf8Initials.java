package dev.snowgate.masking;

/** {@link TextMasks#initials} on ASCII. */
final class Utf8Initials implements Utf8Mask {
    static final Utf8Mask ONLY = new Utf8Initials();
    private static final int MOST = 3 * TextMasks.MAX_INITIALS;

    private Utf8Initials() {}

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        return mask(cell, from, end, out, to);
    }

    @Override
    public int most(int length) {
        return MOST;
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

    /** Eight bytes at a time as long as there are but letters and what parts words. */
    private static int mask(byte[] cell, int from, int end, byte[] out, int start) {
        int to = start;
        int words = 0;
        int counted = 0;
        long letterBefore = 0;
        for (int i = from; i < end; i += 8) {
            long word = Ascii.word(cell, i, end);
            long letters = Ascii.letters(word);
            long others = Ascii.tops(end - i) & ~letters;
            if (others != Ascii.same(word, ' ') && !arePartings(word, others)) {
                return byBytes(cell, from, end, out, start);
            }
            counted += Long.bitCount(letters);
            long begins = letters & ~(letters << 8 | letterBefore);
            letterBefore = letters >>> 56;
            for (; begins != 0 && words < TextMasks.MAX_INITIALS; begins &= begins - 1) {
                to = put(cell[i + (Long.numberOfTrailingZeros(begins) >> 3)], words++, out, to);
            }
        }
        return words == 0 || 2 * words > counted ? Ascii.putRedacted(out, start) : to;
    }

    private static boolean arePartings(long word, long others) {
        return others == (Ascii.same(word, ' ') | Ascii.same(word, '-') | Ascii.same(word, ','));
    }

    /** Digits, marks and apostrophes belong to the word they stand in. */
    private static int byBytes(byte[] cell, int from, int end, byte[] out, int start) {
        int to = start;
        int words = 0;
        int counted = 0;
        boolean inWord = false;
        for (int i = from; i < end; i++) {
            byte c = cell[i];
            if (Ascii.isLetter(c)) {
                counted++;
                if (!inWord && words < TextMasks.MAX_INITIALS) {
                    to = put(c, words++, out, to);
                }
                inWord = true;
            } else if (c == '-' || c == ',' || Ascii.isSpace(c)) {
                inWord = false;
            }
        }
        return words == 0 || 2 * words > counted ? Ascii.putRedacted(out, start) : to;
    }

    private static int put(byte letter, int words, byte[] out, int start) {
        int to = start;
        if (words > 0) {
            out[to++] = ' ';
        }
        out[to] = letter;
        out[to + 1] = '.';
        return to + 2;
    }
}
