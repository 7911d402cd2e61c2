package dev.snowgate.emulator.result;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One column of a result, as Snowflake describes it.
 *
 * @param width bytes of the physical integer of a FIXED column in Arrow: 1, 2, 4, 8 or 16
 * @param length characters of a TEXT column, bytes of a BINARY one
 * @param database origin, where it is easily known
 */
public record Column(
        String name,
        Kind kind,
        int precision,
        int scale,
        int width,
        long length,
        boolean nullable,
        @Nullable String database,
        @Nullable String schema,
        @Nullable String table) {
    private static final long MAX_TEXT = 16_777_216;

    /** Logical types of Snowflake. */
    public enum Kind {
        FIXED,
        REAL,
        TEXT,
        BOOLEAN,
        DATE,
        TIME,
        TIMESTAMP_NTZ,
        TIMESTAMP_LTZ,
        TIMESTAMP_TZ,
        BINARY,
        VARIANT,
        OBJECT,
        ARRAY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasScale() {
            return this == FIXED || this == TIME || isTimestamp();
        }

        boolean isTimestamp() {
            return this == TIMESTAMP_NTZ || this == TIMESTAMP_LTZ || this == TIMESTAMP_TZ;
        }
    }

    public static Column text(String name) {
        return new Column(name, Kind.TEXT, 0, 0, 0, MAX_TEXT, true, null, null, null);
    }

    public static Column fixed(String name, int precision, int scale, int width) {
        return new Column(name, Kind.FIXED, precision, scale, width, 0, true, null, null, null);
    }

    public static Column of(String name, Kind kind) {
        int scale = kind == Kind.TIME || kind.isTimestamp() ? 9 : 0;
        long length = kind == Kind.TEXT ? MAX_TEXT : kind == Kind.BINARY ? MAX_TEXT / 2 : 0;
        return new Column(name, kind, 0, scale, 0, length, true, null, null, null);
    }

    public Column from(@Nullable String newDatabase, @Nullable String newSchema, @Nullable String newTable) {
        return new Column(name, kind, precision, scale, width, length, nullable, newDatabase, newSchema, newTable);
    }

    public Column named(String newName) {
        return new Column(newName, kind, precision, scale, width, length, nullable, database, schema, table);
    }

    /** The type as DDL names it, such as {@code NUMBER(12,2)}. */
    public String ddlType() {
        return switch (kind) {
            case FIXED -> "NUMBER(" + precision + "," + scale + ")";
            case REAL -> "FLOAT";
            case TEXT -> "VARCHAR(" + length + ")";
            case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ -> kind.name() + "(" + scale + ")";
            case BINARY -> "BINARY(" + length + ")";
            case BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> kind.name();
        };
    }

    /** {@link #precision()} where the wire has one. */
    public @Nullable Integer wirePrecision() {
        return kind == Kind.FIXED ? Integer.valueOf(precision) : kind == Kind.TIME || kind.isTimestamp() ? 0 : null;
    }

    public @Nullable Integer wireScale() {
        return kind.hasScale() ? Integer.valueOf(scale) : null;
    }

    public @Nullable Long wireLength() {
        return kind == Kind.TEXT || kind == Kind.BINARY ? Long.valueOf(length) : null;
    }

    public @Nullable Long wireByteLength() {
        return kind == Kind.TEXT ? Long.valueOf(Math.min(length * 4, MAX_TEXT)) : wireLength();
    }
}
