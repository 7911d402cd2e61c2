package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Errors in the form of the SQL API. */
final class SqlApiErrors {
    private static final String RETRY_AFTER_SECONDS = "1";

    private SqlApiErrors() {}

    static EncodedReply reply(int status, String code, String sqlState, String message, String handle) {
        ObjectNode reply = StrictJson.object();
        reply.put("code", code);
        reply.put("message", message);
        reply.put("sqlState", sqlState);
        if (!handle.isEmpty()) {
            reply.put("statementHandle", handle);
            reply.put("statementStatusUrl", StatementLinks.status(handle, Optional.empty()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", EncodedReply.JSON);
        if (status == 429 || status == 503) {
            headers.put("Retry-After", RETRY_AFTER_SECONDS);
        }
        return new EncodedReply(status, headers, StrictJson.write(reply));
    }
}
