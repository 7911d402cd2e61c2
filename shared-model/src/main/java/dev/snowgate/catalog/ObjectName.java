package dev.snowgate.catalog;

/** A fully qualified name with each part as Snowflake stores it (folded unless it was quoted). */
public record ObjectName(String database, String schema, String name) {
    @Override
    public String toString() {
        return database + "." + schema + "." + name;
    }
}
