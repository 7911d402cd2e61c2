package dev.snowgate.model.statement;

/** The two HTTP protocols of Snowflake. */
public enum Dialect {
    /** {@code /queries/v1/query-request} and its relatives, spoken by the drivers. */
    DRIVER,
    /** The SQL API, version 2: {@code /api/v2/statements}. */
    SQL_API
}
