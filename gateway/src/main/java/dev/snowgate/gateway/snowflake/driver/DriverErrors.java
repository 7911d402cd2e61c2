package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors in the form that every driver understands. All of code, sqlState and queryId are needed: without the code Python fails
 * with a bare TypeError, without the sqlState Node sends the statement again.
 */
final class DriverErrors {
    private static final String NO_STATEMENT = "00000000-0000-0000-0000-000000000000";
    private static final String UNKNOWN_STATE = "58000";

    private DriverErrors() {}

    static EncodedReply reply(String code, String sqlState, String message, String queryId, int line, int pos) {
        ObjectNode data = StrictJson.object();
        data.put("internalError", false);
        data.put("unredactedFromSecureObject", false);
        data.put("errorCode", code);
        data.put("age", 0);
        data.put("sqlState", sqlState.length() == 5 ? sqlState : UNKNOWN_STATE);
        data.put("queryId", queryId.isEmpty() ? NO_STATEMENT : queryId);
        data.put("line", line);
        data.put("pos", pos);
        data.put("type", "COMPILATION");
        ObjectNode reply = StrictJson.object();
        reply.set("data", data);
        reply.put("code", code);
        reply.put("message", message);
        reply.put("success", false);
        reply.putNull("headers");
        return EncodedReply.json(200, StrictJson.write(reply));
    }
}
