package dev.snowgate.gateway.snowflake.result;

/** What stands around the rows of a body. */
enum RowEnvelope {
    /** Nothing: rows joined by commas. */
    CHUNK,
    /** An object whose member {@code data} is the list of rows; of other members nothing leaves. */
    PARTITION
}
