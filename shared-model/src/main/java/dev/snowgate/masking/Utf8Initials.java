package dev.snowgate.masking;

/** {@link TextMasks#initials} on ASCII. */
final class Utf8Initials implements Utf8Mask {
    static final Utf8Mask ONLY = new Utf8Initials();
    private static final int MOST = 3 * TextMasks.MAX_INITIALS;
    private static final int FEW = 3;
    /** {@code . _ . _ .} around three letters. */
    private static final long POINTS = 0x2E00_202E_0020_2E00L;

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
        int first = column.start(0);
        column.words.read(column.bytes, first, column.size());
        column.writeRuns(row -> writeNames(column, row), this);
        return true;
    }

    /** Writes cells from a row on, and gives the first that is not up to {@link #FEW} words which begin with letters. */
    private static int writeNames(Utf8Column column, int start) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        Utf8Words marks = column.words;
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
            long cell = (1L << 2 * length) - 1;
            long seen = marks.from(from - first) & cell;
            long letters = seen & Utf8Words.LETTERS;
            long partings = seen << 1 & Utf8Words.LETTERS;
            long inWords = cell & Utf8Words.LETTERS & ~partings;
            long begins = inWords & ~(inWords << 2);
            int words = Long.bitCount(begins);
            boolean known = length <= Utf8Words.SEEN && (begins & ~letters | letters & partings) == 0;
            if (!known || words == 0 || words > FEW || 2 * words > Long.bitCount(letters)) {
                return row;
            }
            to = put(bytes, data + from, begins, words, out, to);
            outEnds[row + 1] = to;
        }
        return rows;
    }

    /** Writes the letters at up to {@link #FEW} places in one word; those that are not there are overwritten by what follows. */
    private static int put(byte[] cell, int from, long begins, int words, byte[] out, int to) {
        long second = begins & begins - 1;
        long third = second & second - 1;
        long letters = cell[from + (Long.numberOfTrailingZeros(begins) >> 1)]
                | (long) cell[from + (Long.numberOfTrailingZeros(second) >> 1 & 31)] << 24
                | (long) cell[from + (Long.numberOfTrailingZeros(third) >> 1 & 31)] << 48;
        Ascii.putLong(out, to, POINTS | letters);
        return to + 3 * words - 1;
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
