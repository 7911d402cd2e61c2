package dev.snowgate.model.statement;

/** A query id (driver protocol) or statement handle (SQL API) as Snowflake made it; a UUID in form. */
public record QueryId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
