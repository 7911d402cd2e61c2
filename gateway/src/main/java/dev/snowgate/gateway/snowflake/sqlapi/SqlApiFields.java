package dev.snowgate.gateway.snowflake.sqlapi;

import static dev.snowgate.gateway.snowflake.FieldTable.Treatment.FORWARD;
import static dev.snowgate.gateway.snowflake.FieldTable.Treatment.OURS;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.ANY;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.INTEGER;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.OBJECT;
import static dev.snowgate.gateway.snowflake.FieldTable.Type.TEXT;

import dev.snowgate.gateway.snowflake.FieldTable;

/** The field table of the SQL API. */
final class SqlApiFields {
    /** {@code POST /api/v2/statements}. */
    static final FieldTable STATEMENT = FieldTable.create()
            .field("statement", TEXT, FORWARD)
            .field("timeout", INTEGER, FORWARD)
            .field("database", TEXT, FORWARD)
            .field("schema", TEXT, FORWARD)
            .field("warehouse", TEXT, FORWARD)
            .field("role", TEXT, FORWARD)
            .field("bindings", OBJECT, FORWARD)
            .field("parameters", OBJECT, FORWARD)
            .field("requestId", TEXT, OURS)
            // The first version's way to choose a format; there is one left.
            .field("resultSetMetaData", ANY, OURS)
            .refused("describeOnly", "The SQL API cannot compile a statement without running it. Leave the field out.")
            .refused("bindStage", "Bound values must be sent in the request.")
            .parameter("requestId", OURS)
            .parameter("retry", OURS)
            .parameter("async", FORWARD)
            .parameter("nullable", OURS);

    private SqlApiFields() {}
}
