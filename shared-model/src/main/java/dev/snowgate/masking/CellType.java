package dev.snowgate.masking;

import java.util.Locale;

/** What the masks need to know of Snowflake's logical types, as results name them. */
enum CellType {
    TEXT,
    FIXED,
    REAL,
    DECFLOAT,
    DATE,
    TIMESTAMP,
    TIMESTAMP_TZ,
    BINARY,
    /** Variants, objects, arrays and maps: their cells are JSON. */
    SEMI_STRUCTURED,
    /** Booleans, times, shapes, vectors and every type that no mask keeps: always null. */
    OTHER;

    static CellType of(String logicalType) {
        CellType known = exactly(logicalType);
        return known != OTHER ? known : exactly(logicalType.toLowerCase(Locale.ROOT));
    }

    private static CellType exactly(String type) {
        return switch (type) {
            case "text", "varchar", "char", "string" -> TEXT;
            case "fixed", "number" -> FIXED;
            case "real", "float", "double" -> REAL;
            case "decfloat" -> DECFLOAT;
            case "date" -> DATE;
            case "timestamp_ntz", "timestamp_ltz" -> TIMESTAMP;
            case "timestamp_tz" -> TIMESTAMP_TZ;
            case "binary" -> BINARY;
            case "variant", "object", "array", "map" -> SEMI_STRUCTURED;
            default -> OTHER;
        };
    }

    /** Whether cells are texts, or hold texts. */
    boolean holdsText() {
        return this == TEXT || this == SEMI_STRUCTURED;
    }
}
