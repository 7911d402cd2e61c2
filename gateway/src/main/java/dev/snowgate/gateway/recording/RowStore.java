package dev.snowgate.gateway.recording;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Columns of rows as the types that we use. */
public final class RowStore {
    private RowStore() {}

    /** A column that is never null. */
    public static String text(Readable row, String column) {
        return require(row, column, String.class);
    }

    public static byte[] bytes(Readable row, String column) {
        return require(row, column, byte[].class);
    }

    public static UUID uuid(Readable row, String column) {
        return require(row, column, UUID.class);
    }

    public static Instant instant(Readable row, String column) {
        return require(row, column, Instant.class);
    }

    public static long number(Readable row, String column) {
        return require(row, column, Long.class);
    }

    public static boolean flag(Readable row, String column) {
        return require(row, column, Boolean.class);
    }

    /** A column that may be null. */
    public static <T> Optional<T> find(Readable row, String column, Class<T> type) {
        return Optional.ofNullable(row.get(column, type));
    }

    private static <T> T require(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
