package dev.snowgate.masking;

/** Masks of plain text. Each answers the full redaction where the value does not have the expected form. */
final class TextMasks {
    static final String REDACTED = "[redacted]";
    static final int MAX_INITIALS = 8;
    static final int LAST4_SHORTEST = 8;
    static final int EMAIL_SHORTEST = 3;
    static final int LONGEST_DOMAIN = 253;

    private TextMasks() {}

    static String email(String value) {
        int at = value.indexOf('@');
        if (at < 1 || at != value.lastIndexOf('@') || !isDomain(value.substring(at + 1))) {
            return REDACTED;
        }
        // of a name with one or two letters, the first would be half of it or all
        boolean shown = value.codePointCount(0, at) >= EMAIL_SHORTEST;
        return (shown ? value.substring(0, value.offsetByCodePoints(0, 1)) : "") + "***" + value.substring(at);
    }

    /** A host name that ends in letters: numbers, notes and addresses in brackets are no domain. */
    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        if (labels.length < 2 || domain.length() > LONGEST_DOMAIN) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty() || !label.chars().allMatch(c -> c == '-' || isAsciiLetter(c) || c >= '0' && c <= '9')) {
                return false;
            }
        }
        String last = labels[labels.length - 1];
        return last.startsWith("xn--") || last.length() >= 2 && last.chars().allMatch(TextMasks::isAsciiLetter);
    }

    private static boolean isAsciiLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /**
     * Short values would be shown by half or more, so nothing of them stays. Only letters and digits count: padding and
     * separators carry nothing.
     */
    static String lastFour(String value) {
        long counted = value.codePoints().filter(Character::isLetterOrDigit).count();
        return counted < LAST4_SHORTEST
                ? "****"
                : "****" + value.substring(value.offsetByCodePoints(value.length(), -4));
    }

    static String initials(String value) {
        StringBuilder out = new StringBuilder();
        int words = 0;
        int letters = 0;
        boolean inWord = false;
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            boolean letter = Character.isLetter(c);
            letters += letter ? 1 : 0;
            if (letter && !inWord && words < MAX_INITIALS) {
                out.append(out.isEmpty() ? "" : " ").appendCodePoint(c).append('.');
                words++;
            }
            // digits, marks and apostrophes belong to the word they stand in
            inWord = letter || (inWord && !Character.isWhitespace(c) && c != '-' && c != ',');
            i += Character.charCount(c);
        }
        // spelled letters and scripts that write a word in one character would be shown as they are
        return out.isEmpty() || 2 * words > letters ? REDACTED : out.toString();
    }
}
