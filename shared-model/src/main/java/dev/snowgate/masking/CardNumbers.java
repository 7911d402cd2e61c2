package dev.snowgate.masking;

/** Payment card numbers: a known issuer's prefix with a length that it has, and the check digit. */
final class CardNumbers {
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;
    private static final int LEAST_GROUP = 4;

    private CardNumbers() {}

    /** The end of the card number that begins there, or -1. */
    static int end(String text, int from) {
        char before = Text.at(text, from - 1);
        if (Text.isLetterOrDigit(text, from - 1) || Text.followsPoint(text, from)) {
            return -1;
        }
        long digits = 0;
        int count = 0;
        int group = 0;
        char separator = '\0';
        int best = -1;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Text.isDigit(c)) {
                if (count == LONGEST) {
                    return separator == ' ' && group == 0 ? best : -1;
                }
                digits = digits * 10 + c - '0';
                count++;
                group++;
                at++;
                if (!Text.isDigit(text, at)
                        && count >= SHORTEST
                        && isWhole(text, at, separator)
                        && isCard(digits, count)) {
                    best = at;
                }
            } else if (isSeparator(c, separator) && group >= LEAST_GROUP && Text.isDigit(text, at + 1)) {
                separator = c;
                group = 0;
                at++;
            } else {
                break;
            }
        }
        boolean continuesOther = separator == '-' && before == '-' && Text.isLetterOrDigit(text, from - 2);
        return continuesOther ? -1 : best;
    }

    private static boolean isSeparator(char c, char used) {
        return used == '\0' ? c == ' ' || c == '-' || c == '.' : c == used;
    }

    /** Other characters than a space mean that the number goes on. */
    private static boolean isWhole(String text, int end, char separator) {
        char after = Text.at(text, end);
        return !Text.isLetterOrDigit(text, end)
                && !Text.precedesPoint(text, end)
                && !(separator != ' ' && after == '-' && Text.isLetterOrDigit(text, end + 1));
    }

    private static boolean isCard(long number, int count) {
        return isIssued(number, count) && hasCheckDigit(number);
    }

    private static boolean isIssued(long number, int count) {
        long six = number;
        for (int i = count; i > 6; i--) {
            six /= 10;
        }
        int prefix = (int) six;
        int four = prefix / 100;
        int three = prefix / 1000;
        int two = prefix / 10_000;
        boolean sixteen = count >= 16;
        return switch (two / 10) {
            case 2 -> four >= 2221 && four <= 2720 ? count == 16 : four >= 2200 && four <= 2204 && sixteen;
            case 3 ->
                two == 34 || two == 37
                        ? count == 15
                        : three >= 300 && three <= 305 || four == 3095 || two == 36 || two == 38 || two == 39
                                ? count == 14 || sixteen
                                : four >= 3528 && four <= 3589 && sixteen;
            case 4 -> count == 13 || count == 16 || count == 19;
            case 5 ->
                two >= 51 && two <= 55
                        ? count == 16
                        : four == 5018 || four == 5020 || four == 5038 || four == 5893 || three == 508;
            case 6 -> isSix(four, three, two, count);
            case 8 -> (two == 81 || two == 82) && count == 16;
            default -> false;
        };
    }

    /** Discover, UnionPay, Maestro and RuPay. */
    private static boolean isSix(int four, int three, int two, int count) {
        return four == 6011 || two == 65 || two == 60 || two == 62 || three >= 644 && three <= 649
                ? count >= 16
                : four == 6304 || four == 6759 || four >= 6761 && four <= 6763;
    }

    /** The check of Luhn. */
    private static boolean hasCheckDigit(long number) {
        int sum = 0;
        boolean twice = false;
        for (long rest = number; rest > 0; rest /= 10) {
            int digit = (int) (rest % 10);
            int value = twice ? 2 * digit : digit;
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
