package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;

/** Dates and timestamps to the first day of their year or month. */
record DateMask(Period period) implements CellMask {
    /** What the first day is taken of. */
    enum Period {
        YEAR,
        MONTH
    }

    @Override
    public boolean keeps(CellType type) {
        return type == CellType.DATE || type == CellType.TIMESTAMP || type == CellType.TIMESTAMP_TZ;
    }

    @Override
    public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
        return switch (type) {
            case DATE -> DateMasks.date(cell, period);
            case TIMESTAMP -> DateMasks.timestamp(cell, 0, period);
            case TIMESTAMP_TZ -> DateMasks.timestampWithZone(cell, period);
            case TEXT, FIXED, REAL, DECFLOAT, BINARY, SEMI_STRUCTURED, OTHER -> null;
        };
    }
}
