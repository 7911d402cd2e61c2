package dev.snowgate.masking;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
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
    private static final int MOST = 17;
    private static final int MOST_SHORTER = 3;
    private static final int MOST_BETWEEN = 3;
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
        Groups groups = Groups.read(text, digits);
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
        for (int i = from; i < text.length() && since <= MOST_BETWEEN; i++) {
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

    private boolean isNumber(String text, int start, int end, Groups groups, Tries tries) {
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

    /**
     * Digits in groups.
     *
     * @param ends end of each group
     * @param sizes digits of each group
     * @param separators first character after each group but the last
     */
    private record Groups(List<Integer> ends, List<Integer> sizes, String separators) {
        static @Nullable Groups read(String text, int from) {
            java.util.ArrayList<Integer> ends = new java.util.ArrayList<>();
            java.util.ArrayList<Integer> sizes = new java.util.ArrayList<>();
            StringBuilder separators = new StringBuilder();
            int at = from;
            int total = 0;
            while (true) {
                int start = at;
                while (Text.isDigit(text, at) && at - start <= MOST) {
                    at++;
                }
                total += at - start;
                if (at == start || total > MOST) {
                    break;
                }
                ends.add(at);
                sizes.add(at - start);
                int next = at;
                while (next - at < MOST_BETWEEN && " -./()".indexOf(Text.at(text, next)) >= 0) {
                    next++;
                }
                if (next == at || !Text.isDigit(text, next)) {
                    break;
                }
                separators.append(text.charAt(at));
                at = next;
            }
            return ends.isEmpty() || total > MOST && ends.size() < 3
                    ? null
                    : new Groups(ends, sizes, separators.toString());
        }

        int end() {
            return ends.getLast();
        }

        int count() {
            return ends.size();
        }

        int digits() {
            return sizes.stream().mapToInt(Integer::intValue).sum();
        }

        @Nullable
        Groups shorter() {
            int rest = ends.size() - 1;
            return rest < 1
                    ? null
                    : new Groups(ends.subList(0, rest), sizes.subList(0, rest), separators.substring(0, rest - 1));
        }

        /** Whether the digits are parted as the number's country does: any digits are a number somewhere. */
        boolean areThoseOf(PhoneNumber number) {
            String written = PhoneNumberUtil.getInstance().format(number, PhoneNumberFormat.NATIONAL);
            List<Integer> expected = java.util.Arrays.stream(written.split("[^0-9]+", -1))
                    .filter(part -> !part.isEmpty())
                    .map(String::length)
                    .toList();
            return expected.equals(sizes);
        }

        /** Not a date, an amount, an address of a network, a range of years or a number with decimals. */
        boolean looksLikePhone() {
            String shape = sizes.toString();
            boolean date = shape.equals("[4, 2, 2]")
                    || shape.startsWith("[2, 2, 4")
                    || shape.startsWith("[4, 2, 2, ")
                    || shape.equals("[4, 4]") && separators.charAt(0) == '-'
                    || shape.equals("[1, 2, 4]")
                    || shape.equals("[1, 1, 4]")
                    || shape.equals("[2, 1, 4]");
            boolean decimal = count() == 2 && (separators.charAt(0) == '.' || separators.charAt(0) == '/');
            boolean network = count() >= 4
                    && sizes.stream().allMatch(s -> s <= 3)
                    && separators.chars().allMatch(c -> c == '.')
                    && !shape.startsWith("[2, 2, 2, 2");
            return !date && !decimal && !network && !isAmount();
        }

        private boolean isAmount() {
            boolean same = separators.chars().allMatch(c -> c == ' ' || c == '.');
            return count() >= 2
                    && same
                    && sizes.getFirst() <= 3
                    && sizes.subList(1, count()).stream().allMatch(s -> s == 3);
        }
    }
}
