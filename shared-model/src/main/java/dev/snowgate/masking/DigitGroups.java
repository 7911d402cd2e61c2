package dev.snowgate.masking;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Digits in groups.
 *
 * @param ends end of each group
 * @param sizes digits of each group
 * @param separators first character after each group but the last
 */
record DigitGroups(List<Integer> ends, List<Integer> sizes, String separators) {
    static final int MOST_BETWEEN = 3;
    private static final int MOST = 17;

    static @Nullable DigitGroups read(String text, int from) {
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
                : new DigitGroups(ends, sizes, separators.toString());
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
    DigitGroups shorter() {
        int rest = ends.size() - 1;
        return rest < 1
                ? null
                : new DigitGroups(ends.subList(0, rest), sizes.subList(0, rest), separators.substring(0, rest - 1));
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
