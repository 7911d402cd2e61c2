package dev.snowgate.masking;

import java.util.Locale;

/** Questions about places in a text that has been folded. */
final class Text {
    private Text() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && isDigit(text.charAt(at));
    }

    static boolean isLetterOrDigit(char c) {
        return c < 0x80
                ? c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
                : Character.isLetterOrDigit(c);
    }

    static boolean isLetterOrDigit(String text, int at) {
        return at >= 0 && at < text.length() && isLetterOrDigit(text.charAt(at));
    }

    static char at(String text, int at) {
        return at >= 0 && at < text.length() ? text.charAt(at) : '\0';
    }

    /** Whether the digits that begin there are decimals of a number, or a later part of something with dots. */
    static boolean followsPoint(String text, int at) {
        char before = at(text, at - 1);
        return (before == '.' || before == ',') && isDigit(text, at - 2);
    }

    /** Whether the digits that end there go on with a point and more of them. */
    static boolean precedesPoint(String text, int end) {
        return at(text, end) == '.' && isDigit(text, end + 1);
    }

    /** Whether one of the words stands alone in that stretch; the words are in lower case. */
    static boolean hasWord(String text, int from, int to, String... words) {
        int start = Math.max(0, from);
        String stretch = text.substring(start, Math.min(text.length(), to)).toLowerCase(Locale.ROOT);
        for (String word : words) {
            for (int at = stretch.indexOf(word); at >= 0; at = stretch.indexOf(word, at + 1)) {
                boolean begins = at == 0
                        ? !Character.isLetter(at(text, start - 1))
                        : !Character.isLetter(stretch.charAt(at - 1));
                int end = at + word.length();
                boolean ends = end >= stretch.length() || !Character.isLetter(stretch.charAt(end));
                if (begins && ends) {
                    return true;
                }
            }
        }
        return false;
    }
}
