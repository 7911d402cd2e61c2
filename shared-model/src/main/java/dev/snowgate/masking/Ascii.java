package dev.snowgate.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Questions about bytes of cells; kinds are those of {@link Character} for the same characters. */
final class Ascii {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    private static final int SPACE = 4;
    private static final byte[] KINDS = kinds();
    private static final int COPIED = 64;
    private static final byte[] REDACTED =
            Arrays.copyOf(TextMasks.REDACTED.getBytes(StandardCharsets.US_ASCII), 2 * Long.BYTES);
    private static final long REDACTED_START = (long) LONG.get(REDACTED, 0);
    private static final long REDACTED_END = (long) LONG.get(REDACTED, Long.BYTES);

    private Ascii() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (byte) ((Character.isLetter(c) ? LETTER : 0)
                    | (Character.isDigit(c) ? DIGIT : 0)
                    | (Character.isWhitespace(c) ? SPACE : 0));
        }
        return kinds;
    }

    /** Whether all are ASCII, eight bytes at a time. */
    static boolean isAll(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (length < 8) {
            int seen = 0;
            for (int i = offset; i < end; i++) {
                seen |= bytes[i];
            }
            return seen >= 0;
        }
        // the last word may overlap the one before
        long seen = (long) LONG.get(bytes, end - 8);
        int i = offset;
        for (; i <= end - 32; i += 32) {
            seen |= (long) LONG.get(bytes, i)
                    | (long) LONG.get(bytes, i + 8)
                    | (long) LONG.get(bytes, i + 16)
                    | (long) LONG.get(bytes, i + 24);
        }
        for (; i < end - 8; i += 8) {
            seen |= (long) LONG.get(bytes, i);
        }
        return (seen & TOPS) == 0;
    }

    /** The first place of a byte; {@code end} if there is none. */
    static int indexOf(byte wanted, byte[] bytes, int from, int end) {
        int i = from;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONG.get(bytes, i) ^ ONES * wanted;
            long found = (word - ONES) & ~word & TOPS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        if (i < end) {
            long found = same(word(bytes, i, end), (char) wanted);
            return found == 0 ? end : i + (Long.numberOfTrailingZeros(found) >> 3);
        }
        return end;
    }

    static boolean isLetter(byte c) {
        return (KINDS[c] & LETTER) != 0;
    }

    static boolean isLetterOrDigit(byte c) {
        return (KINDS[c] & (LETTER | DIGIT)) != 0;
    }

    static boolean isSpace(byte c) {
        return (KINDS[c] & SPACE) != 0;
    }

    /** Up to eight bytes, the first one lowest, zeros behind the end. */
    static long word(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length >= 8) {
            return (long) LONG.get(bytes, from);
        }
        if (end >= 8) {
            // the bytes before are shifted out
            return length == 0 ? 0 : (long) LONG.get(bytes, end - 8) >>> 8 * (8 - length);
        }
        long word = 0;
        for (int i = end - 1; i >= from; i--) {
            word = word << 8 | bytes[i];
        }
        return word;
    }

    /** The top bits of the bytes that are letters, in a word of ASCII. */
    static long letters(long word) {
        return within(word | ONES * ' ', 'a', 'z');
    }

    /** The top bits of the bytes that are from {@code first} to {@code last}: no sum leaves its byte. */
    private static long within(long word, char first, char last) {
        return word + ONES * (0x80 - first) & ~(word + ONES * (0x7F - last)) & TOPS;
    }

    /** The top bits of the bytes that are digits, in a word of ASCII. */
    static long digits(long word) {
        return within(word, '0', '9');
    }

    /** The top bits of the bytes that are that character, in a word of ASCII. */
    static long same(long word, char wanted) {
        return ~((word ^ ONES * wanted) + ONES * 0x7F) & TOPS;
    }

    /** The top bits of the first bytes of a word: of all eight from 8 on. */
    static long tops(int bytes) {
        return bytes >= 8 ? TOPS : TOPS >>> 8 * (8 - bytes);
    }

    static int lettersAndDigits(long word) {
        return Long.bitCount(letters(word) | digits(word));
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putShort(byte[] bytes, int at, short value) {
        SHORT.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** Copies bytes, whole words of them: up to seven bytes behind are whatever. Gives where the copy ends. */
    static int copy(byte[] from, int start, int end, byte[] to, int at) {
        int length = end - start;
        if (length > COPIED || end > from.length - 8) {
            System.arraycopy(from, start, to, at, length);
        } else {
            for (int i = 0; i < length; i += 8) {
                LONG.set(to, at + i, (long) LONG.get(from, start + i));
            }
        }
        return at + length;
    }

    /** Writes the full redaction, with some bytes of whatever behind it; gives where it ends. */
    static int putRedacted(byte[] out, int at) {
        LONG.set(out, at, REDACTED_START);
        LONG.set(out, at + 8, REDACTED_END);
        return at + TextMasks.REDACTED.length();
    }

    /** How many letters and digits there are. */
    static int lettersAndDigits(byte[] bytes, int from, int end) {
        int count = 0;
        for (int i = from; i < end; i += 8) {
            count += lettersAndDigits(word(bytes, i, end));
        }
        return count;
    }
}
