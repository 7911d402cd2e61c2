package dev.snowgate.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The built-in functions by what matters to lineage, read once from the list beside this class. */
final class Builtins {
    private static final Map<String, Set<String>> SECTIONS = read();
    private static final Set<String> DATE_PARTS = Set.of(
            "YEAR",
            "Y",
            "YY",
            "YYY",
            "YYYY",
            "YR",
            "YEARS",
            "YRS",
            "MONTH",
            "MM",
            "MON",
            "MONS",
            "MONTHS",
            "DAY",
            "D",
            "DD",
            "DAYS",
            "DAYOFMONTH",
            "DAYOFWEEK",
            "WEEKDAY",
            "DOW",
            "DW",
            "DAYOFWEEKISO",
            "WEEKDAY_ISO",
            "DOW_ISO",
            "DAYOFWEEK_ISO",
            "DAYOFYEAR",
            "YEARDAY",
            "DOY",
            "DY",
            "WEEK",
            "W",
            "WK",
            "WEEKOFYEAR",
            "WOY",
            "WY",
            "WEEKISO",
            "WEEK_ISO",
            "WEEKOFYEARISO",
            "WEEKOFYEAR_ISO",
            "QUARTER",
            "Q",
            "QTR",
            "QTRS",
            "QUARTERS",
            "YEAROFWEEK",
            "YEAROFWEEKISO",
            "HOUR",
            "H",
            "HH",
            "HR",
            "HOURS",
            "HRS",
            "MINUTE",
            "M",
            "MI",
            "MIN",
            "MINUTES",
            "MINS",
            "SECOND",
            "S",
            "SEC",
            "SECONDS",
            "SECS",
            "MILLISECOND",
            "MS",
            "MSEC",
            "MILLISECONDS",
            "MICROSECOND",
            "US",
            "USEC",
            "MICROSECONDS",
            "NANOSECOND",
            "NS",
            "NSEC",
            "NANOSEC",
            "NSECOND",
            "NANOSECONDS",
            "NANOSECS",
            "NSECONDS",
            "EPOCH_SECOND",
            "EPOCH",
            "EPOCH_SECONDS",
            "EPOCH_MILLISECOND",
            "EPOCH_MILLISECONDS",
            "EPOCH_MICROSECOND",
            "EPOCH_MICROSECONDS",
            "EPOCH_NANOSECOND",
            "EPOCH_NANOSECONDS",
            "TIMEZONE_HOUR",
            "TZH",
            "TIMEZONE_MINUTE",
            "TZM",
            "ISODOW",
            "ISOYEAR",
            "WEEKS",
            "CENTURY",
            "DECADE");

    private Builtins() {}

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> sections = new HashMap<>();
        Set<String> current = new HashSet<>();
        for (String line : Resources.lines("builtin-functions.txt")) {
            if (line.startsWith("[")) {
                current = sections.computeIfAbsent(line.substring(1, line.length() - 1), k -> new HashSet<>());
            } else {
                current.addAll(List.of(line.split("\\s+")));
            }
        }
        return sections;
    }

    /** Whether the undotted upper-case name is in that section. */
    static boolean is(String function, String section) {
        return SECTIONS.getOrDefault(section, Set.of()).contains(function);
    }

    /** Whether it is a built-in function at all. */
    static boolean isKnown(String function) {
        return is(function, "scalar")
                || is(function, "aggregate")
                || is(function, "context")
                || is(function, "external")
                || is(function, "file")
                || is(function, "system")
                || is(function, "code");
    }

    static boolean isDatePart(String word) {
        return DATE_PARTS.contains(word.toUpperCase(Locale.ROOT));
    }
}
