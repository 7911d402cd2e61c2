package dev.snowgate.masking;

import java.util.Comparator;

/** Which of two masks shows less. */
public final class MaskOrder {
    /** The strictest first; masks of one function in a fixed order. */
    public static final Comparator<Mask> STRICTEST_FIRST =
            Comparator.comparingInt((Mask mask) -> rank(mask.function())).thenComparing(Mask::argument);

    private MaskOrder() {}

    /** A mask that shows no more than either: one of the two, both joined, or the full redaction. */
    public static Mask both(Mask one, Mask other) {
        if (one.equals(other)) {
            return one;
        }
        Mask first = STRICTEST_FIRST.compare(one, other) <= 0 ? one : other;
        Mask second = first.equals(one) ? other : one;
        if (first.function() != second.function()) {
            // neither covers what the other finds
            return first.function() == MaskFunction.JSON_PATH && second.function() == MaskFunction.DETECT
                    ? Mask.of(MaskFunction.REDACT)
                    : first;
        }
        try {
            return joined(first, second);
        } catch (IllegalArgumentException unreadable) {
            return Mask.of(MaskFunction.NULL);
        }
    }

    private static Mask joined(Mask first, Mask second) {
        String a = first.argument();
        String b = second.argument();
        return switch (first.function()) {
            case PARTIAL -> least(PartialMask.of(a), PartialMask.of(b));
            case ROUND -> coarser(first, second);
            case BUCKET -> BucketMask.of(a).width().compareTo(BucketMask.of(b).width()) >= 0 ? first : second;
            case PHONE -> Mask.phone("");
            case JSON_PATH -> Mask.jsonPath(JsonPaths.of(a).with(JsonPaths.of(b)));
            case DETECT -> Mask.detect(Detection.of(a).with(Detection.of(b)));
            case SCAN -> new Mask(MaskFunction.SCAN, Net.of(a).with(Net.of(b)).argument());
            case NULL, REDACT, EMAIL, LAST4, INITIALS, HASH, YEAR, MONTH, IP -> first;
        };
    }

    private static Mask least(PartialMask a, PartialMask b) {
        int first = Math.min(a.first(), b.first());
        int last = Math.min(a.last(), b.last());
        return first + last == 0 ? Mask.of(MaskFunction.REDACT) : Mask.partial(first, last);
    }

    /** Two significant digits and a number of decimals cannot be compared. */
    private static Mask coarser(Mask first, Mask second) {
        Integer a = RoundMask.of(first.argument()).digits();
        Integer b = RoundMask.of(second.argument()).digits();
        return a == null || b == null ? Mask.of(MaskFunction.NULL) : a <= b ? first : second;
    }

    private static int rank(MaskFunction function) {
        return switch (function) {
            case NULL -> 0;
            case REDACT -> 1;
            case HASH -> 2;
            case YEAR -> 3;
            case MONTH -> 4;
            case BUCKET -> 5;
            case ROUND -> 6;
            case PHONE -> 7;
            case IP -> 8;
            case LAST4 -> 9;
            case PARTIAL -> 10;
            case INITIALS -> 11;
            case EMAIL -> 12;
            case JSON_PATH -> 13;
            case DETECT -> 14;
            case SCAN -> 15;
        };
    }
}
