package dev.snowgate.masking;

/**
 * Some domains that were found to be ones, since most addresses of a column have few. Three words tell all of a domain: its first eight bytes
 * with the at sign, the next eight or the last if there are fewer, and the last eight. Of a short one all three are the same. Not
 * thread-safe.
 */
final class KnownDomains {
    static final int SHORTEST = 4;
    static final int LONGEST = 23;

    /** Places, each of four words. */
    private static final int SIZE = 128;

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    /** Zeros at first, which no word with an at sign is. */
    private final long[] words = new long[4 * SIZE];

    /** How many bits of the last eight bytes of an address stand before its at sign. */
    static int before(int length) {
        return Long.SIZE - Long.BYTES * Math.min(length + 1, Long.BYTES);
    }

    /** Where a domain stands if it is known. */
    static int place(long first, long last) {
        return (int) ((first ^ Long.rotateLeft(last, 29)) * SPREAD >>> 57) << 2;
    }

    boolean isAt(int place, int length, long first, long second, long last) {
        return words[place] == first
                && words[place + 1] == second
                && words[place + 2] == last
                && words[place + 3] == length;
    }

    /** Remembers the domain of an address, in the place of another one; the address has eight bytes or more. */
    void learn(byte[] cell, int at, int end) {
        int length = end - at - 1;
        if (length >= SHORTEST && length <= LONGEST) {
            int before = before(length);
            long first = Ascii.longAt(cell, Math.min(at, end - 8)) >>> before;
            long last = Ascii.longAt(cell, end - 8) >>> before;
            int place = place(first, last);
            words[place] = first;
            words[place + 1] = Ascii.longAt(cell, Math.min(at + 8, end - 8)) >>> before;
            words[place + 2] = last;
            words[place + 3] = length;
        }
    }
}
