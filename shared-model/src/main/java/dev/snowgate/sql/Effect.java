package dev.snowgate.sql;

/** What a statement does to the world; a statement may have several. */
public enum Effect {
    /** Reads rows of named objects. */
    READ,
    /** Changes rows. */
    WRITE,
    CREATE,
    ALTER,
    /** Removes an object or all of its rows: DROP, TRUNCATE, CREATE OR REPLACE over an existing object. */
    DROP,
    /** Changes who may do what: GRANT, REVOKE, users, roles, policies, integrations, shares, account and user settings. */
    PRIVILEGE,
    /** Changes the session's context. */
    SESSION,
    TRANSACTION,
    /** Reads metadata: SHOW, DESCRIBE, EXPLAIN, context functions. */
    METADATA,
    /** Copies data out of tables into files: stage, URL. */
    UNLOAD,
    /** Copies files into tables. */
    LOAD,
    /** PUT, GET, REMOVE, presigned URLs: files past the gateway. */
    FILE_TRANSFER,
    /** Something outside Snowflake is called or sent to. */
    EXTERNAL_CALL,
    /** Runs stored code or a script. */
    CODE,
    /** Changes cost: warehouses, resource monitors. */
    COST
}
