package dev.snowgate.gateway.statement;

/**
 * One column as the reply's row type announces it; origin parts are empty text where the upstream does not say.
 *
 * @param type lower-case logical type, such as {@code fixed}, {@code text}, {@code timestamp_ntz}
 */
public record ReplyColumn(String name, String database, String schema, String table, String type) {}
