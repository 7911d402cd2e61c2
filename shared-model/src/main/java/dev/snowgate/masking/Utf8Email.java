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
        KnownDomains known = new KnownDomains();
        column.marks.readAts(column.bytes, column.start(0), column.size());
        column.outEnds[0] = 0;
        int row = writeKnown(column, known, 0);
        while (row < column.rows) {
            writeOther(column, known, row++);
            row = row < column.rows ? writeKnown(column, known, row) : row;
        }
        return true;
    }

    /** Writes cells from a row on, and gives the first whose domain is not known. Nothing else is here, so that it is fast. */
    private static int writeKnown(Utf8Column column, KnownDomains known, int start) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        Utf8Marks ats = column.marks;
        int data = column.data;
        int rows = column.rows;
        int to = outEnds[start];
        for (int row = start; row < rows; row++) {
            if (!column.isValid(row)) {
                outEnds[row + 1] = to;
                continue;
            }
            int from = data + ends[row];
            int end = data + ends[row + 1];
            int at = from + Long.numberOfTrailingZeros(ats.from(ends[row] - ends[0]));
            int length = end - at - 1;
            if (at == from || at - from >= Utf8Marks.SEEN || end - from < Long.BYTES) {
                return row;
            }
            int before = KnownDomains.before(length);
            int second = Math.min(at + 8, end - 8);
            long firstWord = Ascii.longAt(bytes, Math.min(at, end - 8)) >>> before;
            long secondWord = Ascii.longAt(bytes, second);
            long lastWord = Ascii.longAt(bytes, end - 8);
            int place = KnownDomains.place(firstWord, lastWord >>> before);
            if (!known.isAt(place, length, firstWord, secondWord >>> before, lastWord >>> before)) {
                return row;
            }
            // of a short domain, the ends begin in what is then written over them
            boolean shown = at - from >= TextMasks.EMAIL_SHORTEST;
            int domain = to + (shown ? 4 : 3);
            Ascii.putLong(out, domain + second - at, secondWord);
            Ascii.putLong(out, domain + end - at - 8, lastWord);
            Ascii.putInt(out, to, shown ? STARS << 8 | bytes[from] : STARS);
            Ascii.putLong(out, domain, firstWord);
            to = domain + end - at;
            outEnds[row + 1] = to;
        }
        return rows;
    }

    private static void writeOther(Utf8Column column, KnownDomains known, int row) {
        byte[] bytes = column.bytes;
        int from = column.start(row);
        int end = from + column.length(row);
        int to = column.outEnds[row];
        int at = at(bytes, from, end);
        if (isOne(at, from, end) && isDomain(bytes, at + 1, end)) {
            if (end - from >= Long.BYTES) {
                known.learn(bytes, at, end);
            }
            column.outEnds[row + 1] = put(bytes, from, at, end, column.out, to);
        } else {
            column.outEnds[row + 1] = Ascii.putRedacted(column.out, to);
        }
    }

    private static int at(byte[] cell, int from, int end) {
        return Ascii.indexOf((byte) '@', cell, from, end);
    }

    private static boolean isOne(int at, int from, int end) {
        return at > from && at < end;
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
