package dev.snowgate.masking;

/**
 * US social security numbers. Nine digits alone are an id like any other: they count where they are written with dashes,
 * or where the words beside them say what they are; and only if such a number can have been issued.
 */
final class SocialSecurityNumbers {
    private static final int NEAR = 40;
    private static final int CLOSE = 14;
    private static final String[] WORDS = {
        "ssn",
        "ssns",
        "ss#",
        "ss no",
        "soc sec",
        "soc. sec",
        "social security",
        "social-security",
        "social_security",
        "itin"
    };

    private SocialSecurityNumbers() {}

    /** The end of the number that begins there, or -1. */
    static int end(String text, int from) {
        char before = Text.at(text, from - 1);
        if (Text.isLetterOrDigit(text, from - 1)
                || before == '+'
                || Text.followsPoint(text, from)
                || (before == '-' || before == '/') && Text.isLetterOrDigit(text, from - 2)) {
            return -1;
        }
        int first = digits(text, from);
        if (first == 9) {
            return isIssued(text, from, from + 3, from + 5) && isWhole(text, from + 9) && isSaid(text, from, from + 9)
                    ? from + 9
                    : -1;
        }
        char separator = Text.at(text, from + 3);
        if (first != 3
                || separator != '-' && separator != ' '
                || digits(text, from + 4) != 2
                || Text.at(text, from + 6) != separator
                || digits(text, from + 7) != 4) {
            return -1;
        }
        int end = from + 11;
        return isIssued(text, from, from + 4, from + 7)
                        && isWhole(text, end)
                        && (separator == '-' || isSaid(text, from, end))
                ? end
                : -1;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at - from < 10 && Text.isDigit(text, at)) {
            at++;
        }
        return at - from;
    }

    private static boolean isIssued(String text, int area, int group, int serial) {
        String first = text.substring(area, area + 3);
        return !first.equals("000")
                && !first.equals("666")
                && first.charAt(0) != '9'
                && !text.startsWith("00", group)
                && !text.startsWith("0000", serial);
    }

    private static boolean isWhole(String text, int end) {
        char after = Text.at(text, end);
        return !Text.isLetterOrDigit(text, end)
                && !Text.precedesPoint(text, end)
                && !((after == '-' || after == '/') && Text.isLetterOrDigit(text, end + 1));
    }

    private static boolean isSaid(String text, int from, int end) {
        return Text.hasWord(text, from - NEAR, from, WORDS) || Text.hasWord(text, end, end + CLOSE, WORDS);
    }
}
