package dev.snowgate.masking;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mask of texts only.
 *
 * @param longest the longest answer that does not depend on the value
 * @param growth characters that an answer may have more than its value, or a negative number if it never depends on it
 * @param utf8 the function on bytes, null if it has none
 */
record TextMask(
        UnaryOperator<String> function,
        int longest,
        int growth,
        @Nullable Utf8Mask utf8) implements CellMask {
    static CellMask redact(String text) {
        return new TextMask(value -> text, text.codePointCount(0, text.length()), -1, Utf8Redact.of(text));
    }

    static CellMask email() {
        return new TextMask(TextMasks::email, TextMasks.REDACTED.length(), 3, Utf8Email.ONLY);
    }

    static CellMask lastFour() {
        return new TextMask(TextMasks::lastFour, 8, -1, Utf8LastFour.ONLY);
    }

    static CellMask initials() {
        return new TextMask(
                TextMasks::initials,
                Math.max(TextMasks.REDACTED.length(), 3 * TextMasks.MAX_INITIALS),
                -1,
                Utf8Initials.ONLY);
    }

    static CellMask ip() {
        return new TextMask(
                value -> {
                    String network = IpAddresses.network(value);
                    return network == null ? TextMasks.REDACTED : network;
                },
                IpAddresses.LONGEST_NETWORK,
                -1,
                null);
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.TEXT;
    }

    @Override
    public String apply(CellType type, String cell, DetectionCounts counts) {
        return function.apply(cell);
    }

    @Override
    public @Nullable Utf8Mask inUtf8(CellType type) {
        return utf8;
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return Math.max(longest, growth < 0 ? 0 : length + growth);
    }
}
