package dev.snowgate.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/** Days and hours; {@code to} is exclusive, a window from later to earlier runs over midnight and belongs to its first day. */
record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<ZoneId> zone) {
    boolean contains(Instant at, ZoneId requestZone) {
        ZonedDateTime local = at.atZone(zone.orElse(requestZone));
        LocalTime time = local.toLocalTime();
        if (from.equals(to)) {
            return isDay(local.getDayOfWeek());
        }
        if (from.isBefore(to)) {
            return isDay(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        return (isDay(local.getDayOfWeek()) && !time.isBefore(from))
                || (isDay(local.getDayOfWeek().minus(1)) && time.isBefore(to));
    }

    private boolean isDay(DayOfWeek day) {
        return days.isEmpty() || days.contains(day);
    }
}
