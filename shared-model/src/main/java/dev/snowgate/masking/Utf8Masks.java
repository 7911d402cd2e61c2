package dev.snowgate.masking;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Masks of {@link TextMasks} and their like on ASCII bytes: no text and no array per cell. Rules stand there; each of these must answer the
 * same.
 */
final class Utf8Masks {
    private static final byte[] REDACTED = TextMasks.REDACTED.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STARS = PartialMask.STARS.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST = 4;

    private Utf8Masks() {}

    /** A fixed text; null if it has no bytes of its own, as with half a surrogate pair. */
    static @Nullable Utf8Mask redact(String text) {
        byte[] fixed = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(fixed, StandardCharsets.UTF_8).equals(text)) {
            return null;
        }
        return (cell, offset, length, sink) -> put(fixed, sink);
    }

    static void email(byte[] cell, int offset, int length, Utf8Sink sink) {
        int end = offset + length;
        int at = Ascii.indexOf((byte) '@', cell, offset, end);
        if (at == offset || at == end || !isDomain(cell, at + 1, end)) {
            put(REDACTED, sink);
            return;
        }
        int first = at - offset >= TextMasks.EMAIL_SHORTEST ? 1 : 0;
        byte[] out = sink.room(first + 3 + end - at);
        int to = sink.size();
        if (first == 1) {
            out[to++] = cell[offset];
        }
        out[to] = '*';
        out[to + 1] = '*';
        out[to + 2] = '*';
        System.arraycopy(cell, at, out, to + 3, end - at);
        sink.grow(first + 3 + end - at);
    }

    private static boolean isDomain(byte[] cell, int from, int end) {
        if (end - from > TextMasks.LONGEST_DOMAIN) {
            return false;
        }
        int label = from;
        boolean letters = true;
        for (int i = from; i < end; i++) {
            byte c = cell[i];
            if (c == '.') {
                if (i == label) {
                    return false;
                }
                label = i + 1;
                letters = true;
            } else if (!Ascii.isLetter(c)) {
                if (c != '-' && !Ascii.isLetterOrDigit(c)) {
                    return false;
                }
                letters = false;
            }
        }
        if (label == from) {
            return false;
        }
        return letters && end - label >= 2 || isEncoded(cell, label, end);
    }

    private static boolean isEncoded(byte[] cell, int label, int end) {
        return end - label >= 4
                && cell[label] == 'x'
                && cell[label + 1] == 'n'
                && cell[label + 2] == '-'
                && cell[label + 3] == '-';
    }

    static void lastFour(byte[] cell, int offset, int length, Utf8Sink sink) {
        int end = offset + length;
        boolean shown = Ascii.lettersAndDigits(cell, offset, end) >= TextMasks.LAST4_SHORTEST;
        put(cell, offset, 0, shown ? end - LAST : end, end, sink);
    }

    static Utf8Mask partial(int first, int last) {
        return (cell, offset, length, sink) -> {
            int end = offset + length;
            if (first + last >= length) {
                put(cell, offset, 0, end, end, sink);
                return;
            }
            int tail = end - last;
            int shown = Ascii.lettersAndDigits(cell, offset, offset + first) + Ascii.lettersAndDigits(cell, tail, end);
            boolean most = 2 * shown > Ascii.lettersAndDigits(cell, offset, end);
            put(cell, offset, most ? 0 : first, most ? end : tail, end, sink);
        };
    }

    static void initials(byte[] cell, int offset, int length, Utf8Sink sink) {
        byte[] out = sink.room(3 * TextMasks.MAX_INITIALS);
        int start = sink.size();
        int to = start;
        int words = 0;
        int letters = 0;
        boolean inWord = false;
        for (int i = offset; i < offset + length; i++) {
            byte c = cell[i];
            if (Ascii.isLetter(c)) {
                letters++;
                if (!inWord && words < TextMasks.MAX_INITIALS) {
                    if (words > 0) {
                        out[to++] = ' ';
                    }
                    out[to++] = c;
                    out[to++] = '.';
                    words++;
                }
                inWord = true;
            } else if (c == '-' || c == ',' || Ascii.isSpace(c)) {
                inWord = false;
            }
        }
        if (words == 0 || 2 * words > letters) {
            put(REDACTED, sink);
        } else {
            sink.grow(to - start);
        }
    }

    /** @param upper hex digits as in cells of binary columns */
    static Utf8Mask hash(Supplier<Mac> macs, int bytes, boolean upper) {
        byte[] digits = upper ? UPPER_DIGITS : LOWER_DIGITS;
        return (cell, offset, length, sink) -> {
            Mac mac = macs.get();
            mac.update(cell, offset, length);
            byte[] digest = mac.doFinal();
            byte[] out = sink.room(2 * bytes);
            int to = sink.size();
            for (int i = 0; i < bytes; i++) {
                out[to + 2 * i] = digits[digest[i] >> 4 & 15];
                out[to + 2 * i + 1] = digits[digest[i] & 15];
            }
            sink.grow(2 * bytes);
        };
    }

    private static void put(byte[] fixed, Utf8Sink sink) {
        System.arraycopy(fixed, 0, sink.room(fixed.length), sink.size(), fixed.length);
        sink.grow(fixed.length);
    }

    /** The first bytes of a cell, stars, and those from {@code tail} on. */
    private static void put(byte[] cell, int offset, int first, int tail, int end, Utf8Sink sink) {
        int count = first + STARS.length + end - tail;
        byte[] out = sink.room(count);
        int to = sink.size();
        System.arraycopy(cell, offset, out, to, first);
        System.arraycopy(STARS, 0, out, to + first, STARS.length);
        System.arraycopy(cell, tail, out, to + first + STARS.length, end - tail);
        sink.grow(count);
    }
}
