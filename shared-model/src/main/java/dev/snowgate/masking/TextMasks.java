package dev.snowgate.masking;

/** Masks of plain text. Each answers the full redaction where the value does not have the expected form. */
final class TextMasks {
    static final String REDACTED = "[redacted]";
    static final int MAX_INITIALS = 8;
    private static final int LAST4_SHORTEST = 8;

    private TextMasks() {}

    static String email(String value) {
        int at = value.indexOf('@');
        if (at < 1 || at != value.lastIndexOf('@') || !isDomain(value, at + 1)) {
            return REDACTED;
        }
        int first = Character.charCount(value.codePointAt(0));
        return first > at ? REDACTED : value.substring(0, first) + "***" + value.substring(at);
    }

    private static boolean isDomain(String value, int from) {
        int dots = 0;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.') {
                dots++;
            } else if (!(c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
                return false;
            }
        }
        int length = value.length() - from;
        return dots > 0 && length >= 3 && length <= 253;
    }

    /** Short values would be shown by half or more, so nothing of them stays. */
    static String lastFour(String value) {
        int length = value.codePointCount(0, value.length());
        return length < LAST4_SHORTEST ? "****" : "****" + value.substring(value.offsetByCodePoints(value.length(), -4));
    }

    static String initials(String value) {
        StringBuilder out = new StringBuilder();
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < value.length() && words < MAX_INITIALS; ) {
            int c = value.codePointAt(i);
            boolean letter = Character.isLetter(c);
            if (letter && !inWord) {
                out.append(out.isEmpty() ? "" : " ").appendCodePoint(c).append('.');
                words++;
            }
            // digits, marks and apostrophes belong to the word they stand in
            inWord = letter || (inWord && !Character.isWhitespace(c) && c != '-' && c != ',');
            i += Character.charCount(c);
        }
        return out.isEmpty() ? REDACTED : out.toString();
    }
}
