package dev.snowgate.sql;

import java.util.Optional;

/** Where an unload would put data. */
public enum UnloadTarget {
    INLINE_URL,
    NAMED_STAGE,
    USER_OR_TABLE_STAGE,
    UNKNOWN;

    /** The one that stands for both: where data leaves to a URL, else unknown if they differ. */
    static Optional<UnloadTarget> strictest(Optional<UnloadTarget> a, Optional<UnloadTarget> b) {
        if (a.isEmpty() || b.isEmpty() || a.equals(b)) {
            return a.or(() -> b);
        }
        return Optional.of(a.get() == INLINE_URL || b.get() == INLINE_URL ? INLINE_URL : UNKNOWN);
    }
}
