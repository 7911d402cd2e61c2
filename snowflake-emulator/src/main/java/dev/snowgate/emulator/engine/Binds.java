package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bind values as DuckDB literals. */
final class Binds {
    private static final long NANOS = 1_000_000_000L;

    private Binds() {}

    static boolean isArray(List<Binding> bindings) {
        return !bindings.isEmpty() && bindings.getFirst().array();
    }

    /** The literals of one row, one per bind. */
    static List<String> row(List<Binding> bindings, int row) {
        List<String> literals = new ArrayList<>(bindings.size());
        for (Binding binding : bindings) {
            literals.add(literal(binding.type(), binding.values().get(row)));
        }
        return literals;
    }

    private static String literal(String type, @Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        try {
            return switch (type.toUpperCase(Locale.ROOT)) {
                case "FIXED" -> "(" + new BigDecimal(value).toPlainString() + ")";
                case "REAL" -> "CAST(" + DuckDb.literal(value) + " AS DOUBLE)";
                case "BOOLEAN" -> "CAST(" + DuckDb.literal(value) + " AS BOOLEAN)";
                case "DATE" -> "CAST('" + date(value) + "' AS DATE)";
                case "TIME" -> "CAST('" + LocalTime.ofNanoOfDay(Long.parseLong(value)) + "' AS TIME)";
                case "TIMESTAMP_NTZ" ->
                    "CAST('" + instant(value).atOffset(ZoneOffset.UTC).toLocalDateTime() + "' AS TIMESTAMP)";
                case "TIMESTAMP_LTZ", "TIMESTAMP_TZ" -> "CAST('" + instant(value.split(" ")[0]) + "' AS TIMESTAMPTZ)";
                case "BINARY" -> "unhex(" + DuckDb.literal(value) + ")";
                case "VARIANT", "OBJECT", "ARRAY" -> "CAST(" + DuckDb.literal(value) + " AS JSON)";
                default -> DuckDb.literal(value);
            };
        } catch (NumberFormatException e) {
            throw new Refused("100038", "22018", "Bind value is not recognized as " + type);
        }
    }

    private static LocalDate date(String millis) {
        return millis.contains("-") && millis.indexOf('-') > 0
                ? LocalDate.parse(millis)
                : LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(millis), 86_400_000L));
    }

    private static Instant instant(String nanos) {
        long value = Long.parseLong(nanos);
        return Instant.ofEpochSecond(Math.floorDiv(value, NANOS), Math.floorMod(value, NANOS));
    }
}
