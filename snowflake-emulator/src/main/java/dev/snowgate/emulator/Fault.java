package dev.snowgate.emulator;

import org.jspecify.annotations.Nullable;

/**
 * A scripted misbehaviour. It matches requests by path prefix, or statements by a regular expression on their text,
 * and is used up after {@code count} matches.
 *
 * @param pathPrefix start of the request path; storage paths start with {@code /results/}
 * @param sqlPattern regular expression searched in the statement text, case ignored; only query-request and submit
 * @param count how many times it strikes
 * @param value milliseconds for DELAY, status for STATUS, bytes per second for SLOW, bytes kept for TRUNCATE
 */
public record Fault(@Nullable String pathPrefix, @Nullable String sqlPattern, int count, Kind kind, long value) {

    /** What goes wrong. */
    public enum Kind {
        /** The answer comes late. */
        DELAY,
        /** An HTTP status with a body that is not JSON. */
        STATUS,
        /** The connection is closed without an answer. */
        RESET,
        /** A chunk ends early although its length was announced. */
        TRUNCATE,
        /** A chunk's bytes are damaged. */
        CORRUPT,
        /** A chunk arrives slowly. */
        SLOW,
        /** The answer is 390112: the session token has expired. */
        EXPIRE_SESSION_TOKEN
    }

    public static Fault onPath(String pathPrefix, Kind kind, long value, int count) {
        return new Fault(pathPrefix, null, count, kind, value);
    }

    public static Fault onSql(String sqlPattern, Kind kind, long value, int count) {
        return new Fault(null, sqlPattern, count, kind, value);
    }
}
