package dev.snowgate.masking;

/** {@link TextMasks#email} on ASCII. */
final class Utf8Email implements Utf8Mask {
    static final Utf8Mask ONLY = new Utf8Email();
    private static final int MORE = 10;
    private static final int STARS = 0x2A2A2A;

    private Utf8Email() {}

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        int at = at(cell, from, end);
        return isOne(at, from, end) && isDomain(cell, at + 1, end)
                ? put(cell, from, at, end, out, to)
                : Ascii.putRedacted(out, to);
    }

    @Override
    public int most(int length) {
        return length + MORE;
    }

    @Override
    public boolean writeAll(Utf8Column column) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        KnownDomains known = new KnownDomains();
        int data = column.data;
        int to = 0;
        for (int row = 0; row < column.rows; row++) {
            if (column.isValid(row)) {
                int from = data + ends[row];
                int end = data + ends[row + 1];
                int at = at(bytes, from, end);
                to = isOne(at, from, end) && isDomain(known, bytes, at + 1, end)
                        ? put(bytes, from, at, end, out, to)
                        : Ascii.putRedacted(out, to);
            }
            outEnds[row + 1] = to;
        }
        return true;
    }

    private static int at(byte[] cell, int from, int end) {
        return Ascii.indexOf((byte) '@', cell, from, end);
    }

    private static boolean isOne(int at, int from, int end) {
        return at > from && at < end;
    }

    private static boolean isDomain(KnownDomains known, byte[] cell, int from, int end) {
        int length = end - from;
        if (length < KnownDomains.SHORTEST || length > KnownDomains.LONGEST) {
            return isDomain(cell, from, end);
        }
        if (known.knows(cell, from, end)) {
            return true;
        }
        boolean domain = isDomain(cell, from, end);
        if (domain) {
            known.learn(cell, from, end);
        }
        return domain;
    }

    private static int put(byte[] cell, int from, int at, int end, byte[] out, int to) {
        int start = to;
        if (at - from >= TextMasks.EMAIL_SHORTEST) {
            out[start++] = cell[from];
        }
        Ascii.putInt(out, start, STARS);
        return Ascii.copy(cell, at, end, out, start + 3);
    }

    /**
     * The rules of the text's mask, eight bytes at a time: only letters, digits, dashes and dots, no empty label, and a last label, not
     * the only one, of two letters and more or one that is encoded. The bytes have one at sign before them.
     */
    private static boolean isDomain(byte[] cell, int from, int end) {
        if (end - from > TextMasks.LONGEST_DOMAIN) {
            return false;
        }
        int lastDot = from - 1;
        int lastOther = from - 1;
        // what comes before the first label ends one, as a dot does
        long dotBefore = 0x80;
        for (int i = from; i < end; i += 8) {
            long word = Ascii.word(cell, i, end);
            long dots = Ascii.same(word, '.');
            long others = Ascii.digits(word) | Ascii.same(word, '-');
            if ((dots | others | Ascii.letters(word)) != Ascii.tops(end - i) || (dots & (dots << 8 | dotBefore)) != 0) {
                return false;
            }
            lastDot = dots == 0 ? lastDot : i + 7 - (Long.numberOfLeadingZeros(dots) >> 3);
            lastOther = others == 0 ? lastOther : i + 7 - (Long.numberOfLeadingZeros(others) >> 3);
            dotBefore = dots >>> 56;
        }
        int label = lastDot + 1;
        if (lastDot < from || label == end) {
            return false;
        }
        return lastOther < lastDot && end - label >= 2 || isEncoded(cell, label, end);
    }

    private static boolean isEncoded(byte[] cell, int label, int end) {
        return end - label >= 4
                && cell[label] == 'x'
                && cell[label + 1] == 'n'
                && cell[label + 2] == '-'
                && cell[label + 3] == '-';
    }
}
