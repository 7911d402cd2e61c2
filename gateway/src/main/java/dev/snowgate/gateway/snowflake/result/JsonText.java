package dev.snowgate.gateway.snowflake.result;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON strings in UTF-8. */
final class JsonText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final char REPLACED = '\uFFFD';
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long ESCAPES = ONES * '\\';

    private JsonText() {}

    /** The first quote or escape, eight bytes at a time; {@code end} if there is none. */
    static int endOfRun(byte[] bytes, int from, int end) {
        int i = from;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONG.get(bytes, i);
            long found = zeros(word ^ QUOTES) | zeros(word ^ ESCAPES);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The lowest set bit is the top bit of the first byte that is zero; 0 if none is. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }

    /** Behind a string without escapes or a null that begin here and are whole; {@code end} for anything else. */
    static int endOfPlain(byte[] bytes, int from, int end) {
        if (from >= end) {
            return end;
        }
        if (bytes[from] == '"') {
            int close = endOfRun(bytes, from + 1, end);
            return close < end && bytes[close] == '"' ? close + 1 : end;
        }
        boolean isNull = from + 4 <= end
                && bytes[from] == 'n'
                && bytes[from + 1] == 'u'
                && bytes[from + 2] == 'l'
                && bytes[from + 3] == 'l';
        return isNull ? from + 4 : end;
    }

    /** The text of a string with its quotes; malformed UTF-8 or escapes are a fault. */
    static String read(byte[] bytes, int offset, int length) {
        String raw = utf8(bytes, offset + 1, length - 2);
        return raw.indexOf('\\') < 0 ? raw : unescape(raw);
    }

    /** Text of bytes that must be UTF-8. */
    static String utf8(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACED) >= 0) {
            try {
                // The replacement may be a character of the text; a decoder that does not replace tells.
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            } catch (CharacterCodingException e) {
                throw new ResultFault("a cell of the result is not UTF-8");
            }
        }
        return text;
    }

    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = i < raw.length() ? raw.charAt(i++) : ' ';
            switch (escape) {
                case '"', '\\', '/' -> text.append(escape);
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append(unicode(raw, i));
                    i += 4;
                }
                default -> throw new ResultFault("a cell of the result has an unknown escape");
            }
        }
        return text.toString();
    }

    private static char unicode(String raw, int at) {
        try {
            return (char) Integer.parseInt(raw.substring(at, at + 4), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ResultFault("a cell of the result has an unknown escape");
        }
    }

    /** A text as a JSON string with quotes. */
    static byte[] write(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (isPlain(plain, 0, plain.length) && !hasQuestionMark(plain)) {
            byte[] quoted = new byte[plain.length + 2];
            System.arraycopy(plain, 0, quoted, 1, plain.length);
            quoted[0] = '"';
            quoted[plain.length + 1] = '"';
            return quoted;
        }
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Half a surrogate pair has become a question mark: the text itself must be looked at then. */
    private static boolean hasQuestionMark(byte[] utf8) {
        for (byte b : utf8) {
            if (b == '?') {
                return true;
            }
        }
        return false;
    }

    /** Whether no byte needs an escape, eight at a time. */
    static boolean isPlain(byte[] utf8, int from, int end) {
        int i = from;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONG.get(utf8, i);
            long below = (word - ONES * ' ') & ~word & TOPS;
            if ((below | zeros(word ^ QUOTES) | zeros(word ^ ESCAPES)) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            byte b = utf8[i];
            if (b >= 0 && b < 0x20 || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }
}
