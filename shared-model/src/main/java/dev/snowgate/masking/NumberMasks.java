package dev.snowgate.masking;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Coarser numbers; whatever does not read as a number gives null. */
final class NumberMasks {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);
    private static final int MOST_DIGITS = 38;
    private static final int LONGEST = 80;
    private static final double PLAIN_BELOW = 1e18;
    private static final BigDecimal PLAIN = new BigDecimal("1E18");
    private static final int TINY = 400;

    private NumberMasks() {}

    /** Keeps the number of decimals of the cell (as zeros), since readers may expect the scale of the column. */
    static @Nullable String fixed(String cell) {
        if (!isPlainDecimal(cell)) {
            return null;
        }
        BigDecimal value = new BigDecimal(cell);
        BigDecimal rounded = round(value, RoundingMode.HALF_UP);
        if (integerDigits(rounded) + Math.max(0, value.scale()) > MOST_DIGITS) {
            rounded = round(value, RoundingMode.DOWN);
        }
        return rounded.setScale(Math.max(0, value.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    static @Nullable String real(String cell) {
        double value;
        try {
            value = cell.length() > LONGEST ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return null;
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        BigDecimal rounded = round(new BigDecimal(value), RoundingMode.HALF_UP);
        return Math.abs(value) < PLAIN_BELOW ? rounded.toPlainString() : Double.toString(rounded.doubleValue());
    }

    static @Nullable String decfloat(String cell) {
        try {
            BigDecimal value = new BigDecimal(cell.length() > LONGEST ? "" : cell);
            if (value.signum() == 0 || integerDigits(value) < 0) {
                return "0";
            }
            // never plain: an exponent of 16,000 would become a text of that length
            BigDecimal rounded = value.round(TWO_DIGITS);
            return integerDigits(value) > MOST_DIGITS
                    ? rounded.stripTrailingZeros().toString()
                    : round(value, RoundingMode.HALF_UP).toPlainString();
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    /**
     * A number on a coarser grid. Where the grid is as fine as the column's own digits, the value would stay: null.
     *
     * @param step distance of two neighbours on the grid
     * @param function to the grid
     */
    static @Nullable String stepped(CellType type, String cell, BigDecimal step, UnaryOperator<BigDecimal> function) {
        BigDecimal value = number(type, cell);
        if (value == null || integerDigits(value) > MOST_DIGITS && type != CellType.REAL) {
            return null;
        }
        if (integerDigits(value) < -TINY) {
            value = BigDecimal.valueOf(value.signum(), TINY);
        }
        BigDecimal result = function.apply(value);
        if (type == CellType.FIXED) {
            int scale = Math.max(0, value.scale());
            boolean finer = step.compareTo(BigDecimal.ONE.scaleByPowerOfTen(-scale)) <= 0;
            BigDecimal scaled = result.setScale(scale, RoundingMode.FLOOR);
            return finer || scaled.precision() > MOST_DIGITS ? null : scaled.toPlainString();
        }
        BigDecimal shortest = result.signum() == 0 ? BigDecimal.ZERO : result.stripTrailingZeros();
        return shortest.abs().compareTo(PLAIN) < 0 && shortest.scale() <= MOST_DIGITS
                ? shortest.toPlainString()
                : Double.toString(shortest.doubleValue());
    }

    private static @Nullable BigDecimal number(CellType type, String cell) {
        try {
            return switch (type) {
                case FIXED -> isPlainDecimal(cell) ? new BigDecimal(cell) : null;
                case REAL -> isScientific(cell) ? BigDecimal.valueOf(Double.parseDouble(cell)) : null;
                case DECFLOAT -> isScientific(cell) ? new BigDecimal(cell) : null;
                case TEXT, DATE, TIMESTAMP, TIMESTAMP_TZ, BINARY, SEMI_STRUCTURED, OTHER -> null;
            };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A precision that Snowflake has. */
    static int digits(int precision) {
        return Math.min(MOST_DIGITS, precision);
    }

    private static BigDecimal round(BigDecimal value, RoundingMode mode) {
        BigDecimal whole = value.setScale(0, mode);
        return whole.round(new MathContext(TWO_DIGITS.getPrecision(), mode)).setScale(0, RoundingMode.UNNECESSARY);
    }

    private static long integerDigits(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }

    /** Whether only signs of decimal numbers are in it: Java also reads hexadecimal ones. */
    private static boolean isScientific(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if ("0123456789.+-eE".indexOf(cell.charAt(i)) < 0) {
                return false;
            }
        }
        return cell.length() <= LONGEST;
    }

    private static boolean isPlainDecimal(String cell) {
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                dots++;
            } else if (c != '-' || i > 0) {
                return false;
            }
        }
        return digits > 0 && dots <= 1 && cell.length() <= LONGEST;
    }
}
