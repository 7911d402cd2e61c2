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
    /** Booleans, times, semi-structured and every type that no mask keeps: always null. */
    OTHER;

    static CellType of(String logicalType) {
        return switch (logicalType.toLowerCase(Locale.ROOT)) {
            case "text", "varchar", "char", "string" -> TEXT;
            case "fixed", "number" -> FIXED;
            case "real", "float", "double" -> REAL;
            case "decfloat" -> DECFLOAT;
            case "date" -> DATE;
            case "timestamp_ntz", "timestamp_ltz" -> TIMESTAMP;
            case "timestamp_tz" -> TIMESTAMP_TZ;
            case "binary" -> BINARY;
            default -> OTHER;
        };
    }
}
