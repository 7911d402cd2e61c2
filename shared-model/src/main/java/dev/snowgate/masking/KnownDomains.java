package dev.snowgate.masking;

/** Some short domains that were found to be ones, since most addresses of a column have few. Not thread-safe. */
final class KnownDomains {
    static final int SHORTEST = 8;
    static final int LONGEST = 16;
    private static final int SIZE = 64;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private final long[] first = new long[SIZE];
    private final long[] last = new long[SIZE];
    private final int[] length = new int[SIZE];

    /** Whether a domain of a length from {@link #SHORTEST} to {@link #LONGEST} is known: its two words tell all of it. */
    boolean knows(byte[] cell, int from, int end) {
        long head = Ascii.longAt(cell, from);
        long tail = Ascii.longAt(cell, end - 8);
        int place = place(head, tail);
        return first[place] == head && last[place] == tail && length[place] == end - from;
    }

    void learn(byte[] cell, int from, int end) {
        long head = Ascii.longAt(cell, from);
        long tail = Ascii.longAt(cell, end - 8);
        int place = place(head, tail);
        first[place] = head;
        last[place] = tail;
        length[place] = end - from;
    }

    private static int place(long head, long tail) {
        return (int) ((head ^ Long.rotateLeft(tail, 21)) * SPREAD >>> 58);
    }
}
