package dev.snowgate.masking;

/**
 * Which bytes of a column of ASCII are letters, which part words, and which are control characters: two bits for each, found for all of them at once by loops without
 * branches, of which the compiler makes the first a wide one. Not thread-safe.
 */
final class Utf8Words {
    /** How many bytes {@link #from} tells of. */
    static final int SEEN = 29;

    /** The bits that are set for letters. */
    static final long LETTERS = 0xAAAA_AAAA_AAAA_AAAAL;

    private static final long PAIRS = 0x0303_0303_0303_0303L;
    private static final long FOURS = 0x000F_000F_000F_000FL;
    /** Brings four bits of four pairs of bytes together in the highest two bytes. */
    private static final long TOGETHER = 0x0001_0010_0100_1000L;

    private byte[] kinds = {};
    private byte[] marks = {};

    /** Looks at the bytes of a column. */
    void read(byte[] bytes, int from, int length) {
        if (kinds.length < length + Long.BYTES) {
            kinds = new byte[length + length / 4 + Long.BYTES];
            marks = new byte[kinds.length / 4 + 2 * Long.BYTES];
        }
        System.arraycopy(bytes, from, kinds, 0, length);
        mark(kinds, length);
        pack(kinds, marks, length + 7 >> 3);
    }

    /**
     * Of each byte, makes the highest bit whether it is a letter, and the one below whether it is a space, comma or dash. Control characters,
     * some of which are white space, are both.
     */
    private static void mark(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int c = bytes[i];
            int small = c | ' ';
            int letter = small + (0x80 - 'a') & ~(small + (0x7F - 'z'));
            int space = c ^ ' ';
            // a comma differs from a dash in the last bit
            int dash = (c | 1) ^ '-';
            int other = ((space & 0x3F) + 0x3F | space) & ((dash & 0x3F) + 0x3F | dash);
            int control = ~(c + 0x60) & 0x80 | ~((c & 0x3F) + 0x20 | c) & 0x40;
            bytes[i] = (byte) (letter & 0x80 | ~other & 0x40 | control);
        }
    }

    private static void pack(byte[] kinds, byte[] marks, int words) {
        for (int i = 0; i < words; i++) {
            long pairs = Ascii.longAt(kinds, i << 3) >>> 6 & PAIRS;
            Ascii.putShort(marks, i << 1, (short) (((pairs | pairs >>> 6) & FOURS) * TOGETHER >>> 48));
        }
    }

    /**
     * The marks of the bytes from that one on, lowest first: of each whether it parts words, then whether it is a letter. Those behind
     * {@link #SEEN} are not told.
     */
    long from(int at) {
        return Ascii.longAt(marks, at >> 2) >>> ((at & 3) << 1);
    }

    /** Bytes of its arrays. */
    long held() {
        return kinds.length + marks.length;
    }
}
