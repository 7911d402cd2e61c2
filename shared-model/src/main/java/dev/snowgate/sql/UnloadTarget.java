package dev.snowgate.sql;

import java.util.Optional;

/** Where an unload would put data. */
public enum UnloadTarget {
    /** An address written in the statement. */
    INLINE_URL,
    /** An address written in the statement, reached through a storage integration of the account. */
    INTEGRATION,
    /** A named stage of which nobody knows where it leads to. */
    NAMED_STAGE,
    /** A named stage whose files lie in Snowflake. */
    INTERNAL_STAGE,
    /** A named stage whose files lie in a storage of somebody else. */
    EXTERNAL_STAGE,
    /** The stage of a user or of a table; its files lie in Snowflake. */
    USER_OR_TABLE_STAGE,
    /** Nobody knows. */
    UNKNOWN;

    /** The wider kind that includes this one; itself if there is none. */
    public UnloadTarget family() {
        return switch (this) {
            case INLINE_URL, INTEGRATION -> INLINE_URL;
            case NAMED_STAGE, INTERNAL_STAGE, EXTERNAL_STAGE -> NAMED_STAGE;
            case USER_OR_TABLE_STAGE, UNKNOWN -> this;
        };
    }

    /** The one that stands for both: where data leaves to a URL, else unknown if they differ. */
    static Optional<UnloadTarget> strictest(Optional<UnloadTarget> a, Optional<UnloadTarget> b) {
        if (a.isEmpty() || b.isEmpty() || a.equals(b)) {
            return a.or(() -> b);
        }
        if (a.get().family() == b.get().family()) {
            return Optional.of(a.get().family());
        }
        boolean address = a.get().family() == INLINE_URL || b.get().family() == INLINE_URL;
        return Optional.of(address ? INLINE_URL : UNKNOWN);
    }
}
