package dev.snowgate.masking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers to the lower end of the bucket that they are in. Buckets begin at multiples of the width. */
record BucketMask(BigDecimal width) implements CellMask {
    private static final int LONGEST = 40;

    BucketMask {
        if (width.signum() <= 0 || width.precision() > LONGEST || Math.abs(width.scale()) > LONGEST) {
            throw new IllegalArgumentException("the width of a bucket is a number above 0");
        }
    }

    static BucketMask of(String argument) {
        return new BucketMask(new BigDecimal(argument).stripTrailingZeros());
    }

    String argument() {
        return width.toPlainString();
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.FIXED || type == CellType.REAL || type == CellType.DECFLOAT;
    }

    @Override
    public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
        return NumberMasks.stepped(type, cell, width, this::lowerEnd);
    }

    @Override
    public @Nullable Utf8Mask inUtf8(CellType type) {
        return type == CellType.FIXED ? Utf8Number.bucket(width) : null;
    }

    private BigDecimal lowerEnd(BigDecimal value) {
        return value.divide(width, 0, RoundingMode.FLOOR).multiply(width);
    }

    @Override
    public int mostDigits(int precision, int scale) {
        return NumberMasks.digits(Math.max(precision + 1, width.precision() - width.scale() + scale + 1));
    }
}
