package dev.snowgate.masking;

import java.util.Arrays;

/**
 * Some short domains that were found to be ones, since most addresses of a column have few. A domain is looked up by its last eight bytes,
 * which an address ends with; these and the eight from the at sign on tell all of it. Not thread-safe.
 */
final class KnownDomains {
    static final int SHORTEST = 8;
    static final int LONGEST = 15;

    /** Of the shortest address: a letter, an at sign and a domain. */
    static final int SHORTEST_ADDRESS = 2 + SHORTEST;

    /** Places, each of three words and one that is not used. */
    private static final int SIZE = 64;

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private final long[] words = new long[4 * SIZE];

    KnownDomains() {
        // no ASCII ends like that
        Arrays.fill(words, -1);
    }

    /** The place where a domain stands that ends in these eight bytes, if it is known. */
    static int place(long last) {
        return (int) (last * SPREAD >>> 58) << 2;
    }

    long last(int place) {
        return words[place];
    }

    /** An at sign and the first seven bytes. */
    long first(int place) {
        return words[place + 1];
    }

    int length(int place) {
        return (int) words[place + 2];
    }

    /** Remembers a domain, in the place of another one. */
    void learn(byte[] cell, int at, int end) {
        int length = end - at - 1;
        if (length >= SHORTEST && length <= LONGEST) {
            long last = Ascii.longAt(cell, end - 8);
            int place = place(last);
            words[place] = last;
            words[place + 1] = Ascii.longAt(cell, at);
            words[place + 2] = length;
        }
    }
}
