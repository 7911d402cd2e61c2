package dev.snowgate.masking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Rounds numbers: to zero decimals and two significant digits, or to a number of decimals.
 *
 * @param digits decimals that stay, negative for tens and so on; null for two significant digits
 */
record RoundMask(@Nullable Integer digits) implements CellMask {
    private static final int MOST = 30;

    RoundMask {
        if (digits != null && Math.abs(digits) > MOST) {
            throw new IllegalArgumentException("digits is a number from -30 to 30");
        }
    }

    static RoundMask of(String argument) {
        return new RoundMask(argument.isEmpty() ? null : (Integer) Integer.parseInt(argument));
    }

    String argument() {
        return digits == null ? "" : digits.toString();
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.FIXED || type == CellType.REAL || type == CellType.DECFLOAT;
    }

    @Override
    public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
        if (digits != null) {
            return NumberMasks.stepped(type, cell, BigDecimal.ONE.scaleByPowerOfTen(-digits), this::toDigits);
        }
        return switch (type) {
            case FIXED -> NumberMasks.fixed(cell);
            case REAL -> NumberMasks.real(cell);
            case DECFLOAT -> NumberMasks.decfloat(cell);
            case TEXT, DATE, TIMESTAMP, TIMESTAMP_TZ, BINARY, SEMI_STRUCTURED, OTHER -> null;
        };
    }

    @Override
    public @Nullable Utf8Mask inUtf8(CellType type) {
        return type == CellType.FIXED ? Utf8Number.round(digits) : null;
    }

    private BigDecimal toDigits(BigDecimal value) {
        return digits == null ? value : value.setScale(digits, RoundingMode.HALF_UP);
    }

    @Override
    public int mostDigits(int precision, int scale) {
        return NumberMasks.digits(Math.max(precision + 1, digits == null || digits > 0 ? 0 : scale - digits + 1));
    }
}
