package dev.snowgate.masking;

import java.math.BigDecimal;
import java.util.Set;

/**
 * A mask function with its argument in canonical text ({@code ""} where it has none): the fixed text for
 * {@code REDACT}; for the others what the factory methods write. A mask whose argument its function does not
 * understand makes everything null.
 */
public record Mask(MaskFunction function, String argument) {
    /** A mask without argument. */
    public static Mask of(MaskFunction function) {
        return new Mask(function, "");
    }

    /**
     * Keeps the first and the last characters.
     *
     * @param first characters kept at the beginning, 0 to 100
     * @param last characters kept at the end, 0 to 100
     */
    public static Mask partial(int first, int last) {
        return new Mask(MaskFunction.PARTIAL, new PartialMask(first, last).argument());
    }

    /**
     * Keeps the calling code of phone numbers.
     *
     * @param region country of numbers that are written without one, such as {@code CH}; empty text for none
     */
    public static Mask phone(String region) {
        return new Mask(MaskFunction.PHONE, PhoneMask.of(region).argument());
    }

    /** Rounds to that many decimals, negative for tens, hundreds and so on; -30 to 30. */
    public static Mask round(int digits) {
        return new Mask(
                MaskFunction.ROUND, RoundMask.of(Integer.toString(digits)).argument());
    }

    /** Puts numbers into buckets of that width, which is above 0. */
    public static Mask bucket(BigDecimal width) {
        return new Mask(
                MaskFunction.BUCKET, BucketMask.of(width.toPlainString()).argument());
    }

    /** Masks what lies at the paths. */
    public static Mask jsonPath(JsonPaths paths) {
        return new Mask(MaskFunction.JSON_PATH, paths.argument());
    }

    /** Masks what the detectors find. */
    public static Mask detect(Detection detection) {
        return new Mask(MaskFunction.DETECT, detection.argument());
    }

    /** The second net: what the detectors find in result columns of these kinds; all others stay as they are. */
    public static Mask scan(Detection detection, Set<TextKind> kinds) {
        return new Mask(MaskFunction.SCAN, new Net(detection, kinds).argument());
    }

    /** The texts in brackets that a detection puts in the place of what it finds; empty for other masks. */
    public Set<String> placeholders() {
        return switch (function) {
            case DETECT -> Detection.of(argument).placeholders();
            case SCAN -> Net.of(argument).detection().placeholders();
            default -> Set.of();
        };
    }
}
