package dev.snowgate.gateway.snowflake.client;

/** What a call upstream is for: each has its own connections, time-outs, bulkhead and circuit. */
enum Purpose {
    CONTROL,
    STATEMENTS,
    /** Parts of results that come from Snowflake itself and take as long as their reader does. */
    PARTS,
    STORAGE
}
