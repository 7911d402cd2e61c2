package dev.snowgate.masking;

/**
 * Which bytes of a column of ASCII are of one kind: a bit for each, found for all of them at once as in {@link Utf8Words}. Not thread-safe.
 */
final class Utf8Marks {
    /** How many bytes {@link #from} tells of. */
    static final int SEEN = 57;

    private static final long ONES = 0x0101_0101_0101_0101L;
    /** Brings the lowest bits of eight bytes together in the highest byte. */
    private static final long TOGETHER = 0x0102_0408_1020_4080L;

    private byte[] kinds = {};
    private byte[] marks = {};

    /** Marks letters and digits. */
    void readAlphanumerics(byte[] bytes, int from, int length) {
        byte[] of = load(bytes, from, length);
        for (int i = 0; i < length; i++) {
            int c = of[i];
            int small = c | ' ';
            int letter = small + (0x80 - 'a') & ~(small + (0x7F - 'z'));
            int digit = c + (0x80 - '0') & ~(c + (0x7F - '9'));
            of[i] = (byte) (letter | digit);
        }
        pack(of, marks, length + 7 >> 3);
    }

    /** Marks at signs. */
    void readAts(byte[] bytes, int from, int length) {
        byte[] of = load(bytes, from, length);
        for (int i = 0; i < length; i++) {
            of[i] = (byte) ~((of[i] ^ '@') + 0x7F);
        }
        pack(of, marks, length + 7 >> 3);
    }

    private byte[] load(byte[] bytes, int from, int length) {
        if (kinds.length < length + Long.BYTES) {
            kinds = new byte[length + length / 4 + Long.BYTES];
            marks = new byte[kinds.length / 8 + 2 * Long.BYTES];
        }
        System.arraycopy(bytes, from, kinds, 0, length);
        return kinds;
    }

    /** The highest bit of each byte. */
    private static void pack(byte[] kinds, byte[] marks, int words) {
        for (int i = 0; i < words; i++) {
            marks[i] = (byte) ((Ascii.longAt(kinds, i << 3) >>> 7 & ONES) * TOGETHER >>> 56);
        }
    }

    /** The marks of the bytes from that one on, its own lowest; those behind {@link #SEEN} are not told. */
    long from(int at) {
        return Ascii.longAt(marks, at >> 3) >>> (at & 7);
    }

    /** Bytes of its arrays. */
    long held() {
        return kinds.length + marks.length;
    }
}
