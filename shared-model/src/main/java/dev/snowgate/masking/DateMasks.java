package dev.snowgate.masking;

import dev.snowgate.masking.DateMask.Period;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** First day of a period of dates and timestamps in result encoding; what is not in that encoding gives null. */
final class DateMasks {
    private static final long DAY_SECONDS = 86_400;
    /** Years -9999 to 9999, far more than Snowflake has. */
    private static final long MOST_SECONDS = 400_000L * 366 * 24 * 36;

    private DateMasks() {}

    static @Nullable String date(String days, Period period) {
        long value = number(days);
        return value == Long.MIN_VALUE || Math.abs(value) > MOST_SECONDS / DAY_SECONDS
                ? null
                : Long.toString(firstDay(value, period));
    }

    /** {@code <seconds>[.<decimals>]}; the number of decimals stays. */
    static @Nullable String timestamp(String cell, long offsetSeconds, Period period) {
        int dot = cell.indexOf('.');
        String whole = dot < 0 ? cell : cell.substring(0, dot);
        int decimals = dot < 0 ? 0 : cell.length() - dot - 1;
        long seconds = number(whole);
        if (seconds == Long.MIN_VALUE || Math.abs(seconds) > MOST_SECONDS || decimals > 9) {
            return null;
        }
        if (decimals > 0 && number(cell.substring(dot + 1)) < 0) {
            return null;
        }
        // -0.5 is half a second before the epoch: the day before
        boolean belowWhole = cell.startsWith("-")
                && decimals > 0
                && !cell.substring(dot + 1).chars().allMatch(c -> c == '0');
        long local = seconds + offsetSeconds - (belowWhole ? 1 : 0);
        long start = firstDay(Math.floorDiv(local, DAY_SECONDS), period) * DAY_SECONDS - offsetSeconds;
        return decimals == 0 ? Long.toString(start) : start + "." + "0".repeat(decimals);
    }

    /** {@code <seconds>[.<decimals>] <minutes + 1440>}: the period of the local time, at the same offset. */
    static @Nullable String timestampWithZone(String cell, Period period) {
        int space = cell.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String zone = cell.substring(space + 1);
        long minutes = number(zone);
        if (minutes < 0 || minutes > 2880) {
            return null;
        }
        String masked = timestamp(cell.substring(0, space), (minutes - 1440) * 60, period);
        return masked == null ? null : masked + " " + zone;
    }

    private static long firstDay(long epochDay, Period period) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return switch (period) {
            case YEAR -> day.withDayOfYear(1).toEpochDay();
            case MONTH -> day.withDayOfMonth(1).toEpochDay();
        };
    }

    /** The integer, or {@link Long#MIN_VALUE} for everything else. */
    private static long number(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        if (text.length() == from || text.length() > 15) {
            return Long.MIN_VALUE;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Long.MIN_VALUE;
            }
        }
        return Long.parseLong(text);
    }
}
