package dev.snowgate.gateway.snowflake;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks that bytes, which may come in pieces, are UTF-8, without keeping what they decode to. Not thread-safe. */
final class Utf8 {
    private static final int WINDOW = 8_192;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer window = CharBuffer.allocate(WINDOW);
    private final byte[] first = new byte[4];
    private long taken;
    /** The beginning of a character whose end is in the next piece. */
    private byte[] begun = new byte[0];

    static void check(byte[] bytes) {
        Utf8 check = new Utf8();
        check.take(bytes, 0, bytes.length);
        check.end();
    }

    /** The next piece. */
    void take(byte[] bytes, int from, int length) {
        if (taken < first.length) {
            begin(bytes, from, length);
        }
        taken += length;
        ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
        if (begun.length > 0) {
            byte[] joined = Arrays.copyOf(begun, begun.length + length);
            System.arraycopy(bytes, from, joined, begun.length, length);
            in = ByteBuffer.wrap(joined);
        }
        decode(in, false);
        begun = new byte[in.remaining()];
        in.get(begun);
    }

    /** There are no more. */
    void end() {
        decode(ByteBuffer.wrap(begun), true);
    }

    private void begin(byte[] bytes, int from, int length) {
        for (int i = 0; i < length && taken + i < first.length; i++) {
            // The parser would guess UTF-16 or UTF-32 from a zero among the first four bytes.
            if (bytes[from + i] == 0) {
                throw new StrictJsonException("the body is not UTF-8");
            }
            first[(int) taken + i] = bytes[from + i];
        }
        if (Arrays.equals(first, 0, MARK.length, MARK, 0, MARK.length)) {
            throw new StrictJsonException("the body starts with a byte order mark");
        }
    }

    private void decode(ByteBuffer in, boolean end) {
        CoderResult result;
        do {
            window.clear();
            result = decoder.decode(in, window, end);
            if (result.isError()) {
                throw new StrictJsonException("the body is not UTF-8");
            }
        } while (result.isOverflow());
    }

    /** Whether text holds half a surrogate pair, which JSON can spell but UTF-8 cannot. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
