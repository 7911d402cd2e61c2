package dev.snowgate.sql;

/** Where an unload would put data. */
public enum UnloadTarget {
    INLINE_URL,
    NAMED_STAGE,
    USER_OR_TABLE_STAGE,
    UNKNOWN
}
