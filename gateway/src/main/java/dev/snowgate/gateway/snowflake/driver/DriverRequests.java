package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.ResultFormats;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.snowflake.UpstreamBody;
import dev.snowgate.gateway.statement.UpstreamCall;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Composes the bodies of driver requests upstream from typed values; nothing is copied from what the client sent. */
public final class DriverRequests {
    private DriverRequests() {}

    /**
     * The body of a query request.
     *
     * @param sequenceId the upstream session's own counter
     * @param describeOnly compile only
     */
    public static byte[] statement(UpstreamCall call, long sequenceId, boolean describeOnly) {
        ObjectNode body = StrictJson.object();
        body.put("sqlText", call.executedText());
        body.put("asyncExec", call.async());
        body.put("sequenceId", sequenceId);
        if (describeOnly) {
            body.put("describeOnly", true);
            body.put("isInternal", true);
        }
        body.set("parameters", parameters(call));
        return UpstreamBody.of(body, call.bindings());
    }

    /** The body of an abort request, by the request id that the statement was sent with. */
    public static byte[] abort(java.util.UUID upstreamRequestId) {
        ObjectNode body = StrictJson.object();
        body.put("requestId", upstreamRequestId.toString());
        return StrictJson.write(body);
    }

    // Set with each statement because that level wins over the session's and the user's.
    private static ObjectNode parameters(UpstreamCall call) {
        ObjectNode parameters = StrictJson.object();
        UpstreamBody.addForwarded(parameters, call.parameters(), UnaryOperator.identity());
        ResultFormats.of(
                        call.session().client().name(),
                        call.parameters(),
                        call.context().parameters())
                .forEach(parameters::put);
        parameters.put("QUERY_TAG", call.queryTag());
        parameters.put("MULTI_STATEMENT_COUNT", call.statementCount());
        parameters.put("ABORT_DETACHED_QUERY", false);
        call.timeoutSeconds().ifPresent(seconds -> parameters.put("STATEMENT_TIMEOUT_IN_SECONDS", seconds));
        call.rowLimit().ifPresent(rows -> parameters.put("ROWS_PER_RESULTSET", rows));
        return parameters;
    }
}
