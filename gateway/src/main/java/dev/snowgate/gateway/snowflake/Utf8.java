package dev.snowgate.gateway.snowflake;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Checks that bytes are UTF-8, without keeping what they decode to. */
final class Utf8 {
    private static final int WINDOW = 8_192;

    private Utf8() {}

    static void check(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new StrictJsonException("the body starts with a byte order mark");
        }
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            // The parser would guess UTF-16 or UTF-32 from a zero among the first four bytes.
            if (bytes[i] == 0) {
                throw new StrictJsonException("the body is not UTF-8");
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer window = CharBuffer.allocate(WINDOW);
        CoderResult result;
        do {
            window.clear();
            result = decoder.decode(in, window, true);
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
