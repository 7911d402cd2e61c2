package dev.snowgate.gateway.statement;

import dev.snowgate.policy.BoundValues;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The texts of canonical bindings, read in one pass where they lie: they may be tens of MB. Only a text with an escape or with
 * other letters than ASCII is copied, alone. Names and types of bindings are texts too, which can only make it stricter.
 */
final class BoundTexts implements BoundValues {
    private final byte[] encoded;

    BoundTexts(byte[] encoded) {
        this.encoded = encoded;
    }

    @Override
    public boolean anyMatches(Predicate<CharSequence> test) {
        int at = 0;
        while (at < encoded.length) {
            if (encoded[at++] != '"') {
                continue;
            }
            int start = at;
            boolean plain = true;
            while (at < encoded.length && encoded[at] != '"') {
                plain &= encoded[at] != '\\' && encoded[at] >= 0;
                at += encoded[at] == '\\' ? 2 : 1;
            }
            if (at >= encoded.length) {
                return true;
            }
            CharSequence text = plain ? new Ascii(encoded, start, at) : decoded(start, at);
            if (test.test(text)) {
                return true;
            }
            at++;
        }
        return false;
    }

    private CharSequence decoded(int start, int end) {
        String raw = new String(encoded, start, end - start, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            if (escape == 'u' && i + 4 < raw.length()) {
                text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(
                        switch (escape) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> escape;
                        });
            }
        }
        return text;
    }

    /** A run of ASCII bytes as text, without a copy. */
    private record Ascii(byte[] bytes, int start, int end) implements CharSequence {
        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            return (char) bytes[start + index];
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Ascii(bytes, start + from, start + to);
        }

        /** Matchers ask for groups only; nobody logs it. */
        @Override
        public String toString() {
            return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        }
    }
}
