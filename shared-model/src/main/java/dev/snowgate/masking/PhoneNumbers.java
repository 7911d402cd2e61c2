package dev.snowgate.masking;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers, checked by libphonenumber. A number without a calling code needs one of the regions and must look like a
 * phone number: with a leading zero, parted as that country does, or after a word that says so. Dates, amounts and ids
 * do not.
 */
record PhoneNumbers(List<String> regions) {
    private static final int FEWEST = 7;
    private static final int MOST_SHORTER = 3;
    private static final int NEAR = 24;
    private static final String[] WORDS = {
        "phone",
        "phones",
        "tel",
        "tel.",
        "telephone",
        "telefon",
        "mobile",
        "mobil",
        "cell",
        "cellphone",
        "call",
        "fax",
        "sms",
        "whatsapp",
        "ring",
        "dial",
        "natel",
        "handy",
        "portable"
    };

    /** Where the number whose first digits stand there begins: with its plus sign and bracket. */
    static int start(String text, int digits) {
        int start = digits;
        if (Text.at(text, start - 1) == '(') {
            start--;
        }
        if (Text.at(text, start - 1) == '+') {
            start--;
        }
        return Text.at(text, start - 1) == '(' && Text.at(text, start) == '+' ? start - 1 : start;
    }

    /**
     * The end of the number whose first digits stand there, or -1.
     *
     * @param free where the text begins that belongs to nothing found before
     */
    int end(String text, int digits, int free, Tries tries) {
        if (!hasEnoughDigits(text, digits)) {
            return -1;
        }
        int start = start(text, digits);
        boolean international = Text.at(text, digits - 1) == '+' || Text.at(text, start) == '+';
        char before = Text.at(text, start - 1);
        if (!international && regions.isEmpty()
                || Text.isLetterOrDigit(text, start - 1)
                || before == '_'
                || !international && continuesDigits(text, start, free)
                || Text.followsPoint(text, start)
                || !international
                        && (before == '-' || before == '/' || before == ':' || before == '#' || before == '$')) {
            return -1;
        }
        DigitGroups groups = DigitGroups.read(text, digits);
        for (int i = 0; i < MOST_SHORTER && groups != null && groups.digits() >= FEWEST; i++) {
            int end = groups.end();
            if (isWhole(text, end) && isNumber(text, start, end, groups, tries)) {
                return end;
            }
            groups = groups.shorter();
        }
        return -1;
    }

    private static boolean hasEnoughDigits(String text, int from) {
        int count = 0;
        int since = 0;
        for (int i = from; i < text.length() && since <= DigitGroups.MOST_BETWEEN; i++) {
            if (Text.isDigit(text.charAt(i))) {
                since = 0;
                if (++count == FEWEST) {
                    return true;
                }
            } else {
                since++;
            }
        }
        return false;
    }

    /** Whether three or more digits stand before it, so that it is the rest of a longer number. */
    private static boolean continuesDigits(String text, int start, int free) {
        return Text.at(text, start - 1) == ' '
                && start - 4 >= free
                && Text.isDigit(text, start - 2)
                && Text.isDigit(text, start - 3)
                && Text.isDigit(text, start - 4);
    }

    private boolean isNumber(String text, int start, int end, DigitGroups groups, Tries tries) {
        String number = text.substring(start, end);
        if (number.startsWith("+") || number.startsWith("(+")) {
            return !tries.take() || valid(number, null) != null;
        }
        if (!groups.looksLikePhone()) {
            return false;
        }
        boolean evident = number.startsWith("0") || number.startsWith("(0");
        boolean said = evident || Text.hasWord(text, start - NEAR, start, WORDS);
        if (!said && groups.count() == 1) {
            return false;
        }
        boolean begins = said || !Text.isDigit(text, start - 2) || Text.at(text, start - 1) != ' ';
        for (String region : begins ? regions : List.<String>of()) {
            if (!tries.take()) {
                return said;
            }
            PhoneNumber parsed = valid(number, region);
            if (parsed != null && (said || groups.areThoseOf(parsed))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable PhoneNumber valid(String number, @Nullable String region) {
        try {
            PhoneNumber parsed = PhoneNumberUtil.getInstance().parse(number, region);
            return PhoneNumberUtil.getInstance().isValidNumber(parsed) ? parsed : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static boolean isWhole(String text, int end) {
        char after = Text.at(text, end);
        return !Text.isLetterOrDigit(text, end)
                && after != '_'
                && after != '%'
                && !(after == ',' && Text.isDigit(text, end + 1))
                && !((after == '-' || after == '/' || after == ':' || after == '.') && Text.isDigit(text, end + 1));
    }

    /**
     * How often the library may still be asked about one text. It is slow, so a text of nothing but candidates would take
     * very long; after that what looks like a number counts as one.
     */
    static final class Tries {
        private static final int FREE = 300;
        private static final int CHARACTERS_EACH = 64;
        private int left;

        Tries(int length) {
            left = FREE + length / CHARACTERS_EACH;
        }

        private boolean take() {
            return left-- > 0;
        }
    }
}
