package dev.snowgate.catalog;

/** What an object of the account is. */
public enum ObjectKind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    DYNAMIC_TABLE,
    EXTERNAL_TABLE,
    STAGE,
    STREAM,
    FUNCTION,
    PROCEDURE,
    SCHEMA,
    DATABASE,
    WAREHOUSE,
    ROLE,
    USER,
    OTHER
}
