package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;

/**
 * What a result says of a column. Sizes that the result does not state are null.
 *
 * @param type lower-case logical type
 * @param nullable whether cells may be null
 * @param length characters (bytes for {@code binary})
 * @param byteLength bytes
 * @param precision digits
 * @param scale decimals
 */
public record MaskedType(
        String type,
        boolean nullable,
        @Nullable Long length,
        @Nullable Long byteLength,
        @Nullable Integer precision,
        @Nullable Integer scale) {}
