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
        if (!areWritten(column)) {
            writeEach(column);
        }
        return true;
    }

    /**
     * Writes addresses that end with a known domain without a look at what stands before it. That there is no second at sign is told by
     * their number in the whole column: if it is not the one that it should be, nothing is known of any cell.
     *
     * @return false if all are to be written again
     */
    private static boolean areWritten(Utf8Column column) {
        KnownDomains known = new KnownDomains();
        int first = column.start(0);
        int ats = Ascii.count((byte) '@', column.bytes, first, first + column.size());
        column.outEnds[0] = 0;
        int row = 0;
        while (row < column.rows) {
            int next = writeKnown(column, known, row);
            ats -= next - row;
            if (next < column.rows) {
                ats -= writeOther(column, known, next++);
            }
            row = next;
        }
        return ats == 0;
    }

    /** Writes cells from a row on, and gives the first that does not end with a known domain. Nothing else is here, so that it is fast. */
    private static int writeKnown(Utf8Column column, KnownDomains known, int first) {
        byte[] bytes = column.bytes;
        byte[] out = column.out;
        int[] ends = column.ends;
        int[] outEnds = column.outEnds;
        int data = column.data;
        int rows = column.rows;
        int to = outEnds[first];
        for (int row = first; row < rows; row++) {
            int from = data + ends[row];
            int end = data + ends[row + 1];
            if (end - from < KnownDomains.SHORTEST_ADDRESS || !column.isValid(row)) {
                return row;
            }
            long last = Ascii.longAt(bytes, end - 8);
            int place = KnownDomains.place(last);
            int at = end - 1 - known.length(place);
            if (known.last(place) != last || at <= from || known.first(place) != Ascii.longAt(bytes, at)) {
                return row;
            }
            to = putKnown(bytes, from, at, end, out, to);
            outEnds[row + 1] = to;
        }
        return rows;
    }

    /** Writes any cell; gives how many at signs there are. */
    private static int writeOther(Utf8Column column, KnownDomains known, int row) {
        byte[] bytes = column.bytes;
        int from = column.start(row);
        int end = from + column.length(row);
        int to = column.outEnds[row];
        if (column.isValid(row)) {
            int at = at(bytes, from, end);
            if (isOne(at, from, end) && isDomain(bytes, at + 1, end)) {
                known.learn(bytes, at, end);
                to = put(bytes, from, at, end, column.out, to);
            } else {
                to = Ascii.putRedacted(column.out, to);
            }
        }
        column.outEnds[row + 1] = to;
        return Ascii.count((byte) '@', bytes, from, end);
    }

    private static void writeEach(Utf8Column column) {
        int to = 0;
        for (int row = 0; row < column.rows; row++) {
            if (column.isValid(row)) {
                int from = column.start(row);
                to = ONLY.write(column.bytes, from, from + column.length(row), column.out, to);
            }
            column.outEnds[row + 1] = to;
        }
    }

    /** Writes an address with a domain of a known one's length. */
    private static int putKnown(byte[] cell, int from, int at, int end, byte[] out, int to) {
        boolean shown = at - from >= TextMasks.EMAIL_SHORTEST;
        Ascii.putInt(out, to, shown ? STARS << 8 | cell[from] : STARS);
        int start = to + (shown ? 4 : 3);
        Ascii.putLong(out, start, Ascii.longAt(cell, at));
        int last = start + end - at;
        Ascii.putLong(out, last - 8, Ascii.longAt(cell, end - 8));
        return last;
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
