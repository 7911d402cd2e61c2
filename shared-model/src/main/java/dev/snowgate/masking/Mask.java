package dev.snowgate.masking;

/** A mask function with its argument ({@code ""} where it has none; the fixed text for {@code REDACT}). */
public record Mask(MaskFunction function, String argument) {
    /** A mask without argument. */
    public static Mask of(MaskFunction function) {
        return new Mask(function, "");
    }
}
