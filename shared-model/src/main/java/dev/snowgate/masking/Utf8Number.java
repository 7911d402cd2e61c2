package dev.snowgate.masking;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@link RoundMask} and {@link BucketMask} on cells of fixed numbers with at most 17 digits; others are left to the text. */
final class Utf8Number implements Utf8Mask {
    private static final int MOST_DIGITS = 17;
    private static final long[] POWERS = powers();
    private final Grid grid;

    private Utf8Number(Grid grid) {
        this.grid = grid;
    }

    /** A coarser number of an unscaled one; a negative answer for a positive number, and the other way round, does not occur but from a floor. */
    private interface Grid {
        /** {@link Long#MIN_VALUE} where the text is to be asked. */
        long coarser(long unscaled, int scale);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /** Rounds to that many decimals, or to two digits and none where they are not stated. */
    static Utf8Mask round(@Nullable Integer decimals) {
        return new Utf8Number(
                decimals == null
                        ? Utf8Number::twoDigits
                        : (unscaled, scale) -> {
                            int dropped = scale - decimals;
                            return dropped <= 0 || dropped > MOST_DIGITS
                                    ? Long.MIN_VALUE
                                    : halfUp(unscaled, POWERS[dropped]);
                        });
    }

    /** The lower end of the bucket. */
    static Utf8Mask bucket(BigDecimal width) {
        return new Utf8Number((unscaled, scale) -> {
            int zeros = scale - width.scale();
            if (zeros < 0 || zeros > MOST_DIGITS || width.precision() + zeros > MOST_DIGITS) {
                return Long.MIN_VALUE;
            }
            long step = width.unscaledValue().longValue() * POWERS[zeros];
            // as fine as the number's own digits: nothing would be hidden
            return step <= 1 ? Long.MIN_VALUE : Math.floorDiv(unscaled, step) * step;
        });
    }

    /** First to a whole number, then to two digits of it: both steps round, as those of the text's mask do. */
    private static long twoDigits(long unscaled, int scale) {
        long whole = scale == 0 ? unscaled : halfUp(unscaled, POWERS[scale]) / POWERS[scale];
        int digits = digits(Math.abs(whole));
        long rounded = digits <= 2 ? whole : halfUp(whole, POWERS[digits - 2]);
        return digits(Math.abs(rounded)) + scale > MOST_DIGITS + 1 ? Long.MIN_VALUE : rounded * POWERS[scale];
    }

    private static long halfUp(long value, long step) {
        long magnitude = (Math.abs(value) + step / 2) / step * step;
        return value < 0 ? -magnitude : magnitude;
    }

    private static int digits(long magnitude) {
        int digits = 1;
        while (digits < POWERS.length && magnitude >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    @Override
    public int write(byte[] cell, int from, int end, byte[] out, int to) {
        boolean negative = from < end && cell[from] == '-';
        long value = 0;
        int digits = 0;
        int dot = -1;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            int digit = cell[i] - '0';
            if (digit >= 0 && digit <= 9 && digits < MOST_DIGITS) {
                value = 10 * value + digit;
                digits++;
            } else if (cell[i] == '.' && dot < 0) {
                dot = i;
            } else {
                return NOT_WRITTEN;
            }
        }
        if (digits == 0) {
            return NOT_WRITTEN;
        }
        int scale = dot < 0 ? 0 : end - dot - 1;
        long coarser = grid.coarser(negative ? -value : value, scale);
        return coarser == Long.MIN_VALUE ? NOT_WRITTEN : put(coarser, scale, out, to);
    }

    /** As many decimals as the cell had. */
    private static int put(long value, int scale, byte[] out, int start) {
        int to = start;
        if (value < 0) {
            out[to++] = '-';
        }
        long magnitude = Math.abs(value);
        int digits = Math.max(digits(magnitude), scale + 1);
        int end = to + digits + (scale > 0 ? 1 : 0);
        int at = end;
        for (int i = 0; i < digits; i++) {
            if (i == scale && scale > 0) {
                out[--at] = '.';
            }
            out[--at] = (byte) ('0' + magnitude % 10);
            magnitude /= 10;
        }
        return end;
    }

    @Override
    public int most(int length) {
        return length + 24;
    }
}
