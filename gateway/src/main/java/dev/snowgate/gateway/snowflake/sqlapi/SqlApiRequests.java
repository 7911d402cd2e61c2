package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.snowflake.UpstreamBody;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.statement.SessionContext;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Composes the bodies of SQL API requests upstream from typed values; nothing is copied from what the client sent. */
public final class SqlApiRequests {
    private SqlApiRequests() {}

    /** The body of a submission. Its request id and {@code async} belong into the query of the URL. */
    public static byte[] statement(UpstreamCall call) {
        ObjectNode body = StrictJson.object();
        body.put("statement", call.executedText());
        call.timeoutSeconds().ifPresent(seconds -> body.put("timeout", seconds));
        addNames(body, call.context());
        body.set("parameters", parameters(call));
        return UpstreamBody.of(body, call.bindings());
    }

    // Each name is always sent, empty where there is none: a missing one would mean the Snowflake user's own default.
    private static void addNames(ObjectNode body, SessionContext context) {
        body.put("role", context.role());
        body.put("warehouse", context.warehouse().orElse(""));
        body.put("database", context.database().orElse(""));
        body.put("schema", context.schema().orElse(""));
    }

    private static ObjectNode parameters(UpstreamCall call) {
        ObjectNode parameters = StrictJson.object();
        UpstreamBody.addForwarded(parameters, call.context().parameters(), SqlApiRequests::lowerCase);
        UpstreamBody.addForwarded(parameters, call.parameters(), SqlApiRequests::lowerCase);
        parameters.put("query_tag", call.queryTag());
        parameters.put("multi_statement_count", Integer.toString(call.statementCount()));
        call.rowLimit().ifPresent(rows -> parameters.put("rows_per_resultset", Long.toString(rows)));
        return parameters;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
