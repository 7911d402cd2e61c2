package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.snowflake.StatementTexts;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.Optional;
import java.util.UUID;

/** What each path of the SQL API asks for. */
final class SqlApiPaths {
    static final String STATEMENTS = "/api/v2/statements";
    private static final String CANCEL = "/cancel";
    private static final int MOST_PARTITIONS = 1_000_000;

    private SqlApiPaths() {}

    static ProtocolExchange recognise(RequestHead head) {
        String path = head.path();
        if (path.equals(STATEMENTS) || path.equals(STATEMENTS + "/")) {
            return head.method().equals("POST") ? submission(head) : wrongMethod("POST");
        }
        if (!path.startsWith(STATEMENTS + "/")) {
            return unknown();
        }
        String rest = path.substring(STATEMENTS.length() + 1);
        if (rest.endsWith(CANCEL)) {
            String id = rest.substring(0, rest.length() - CANCEL.length());
            return StatementTexts.isId(id) ? cancel(head, id) : unknown();
        }
        return StatementTexts.isId(rest) ? result(head, rest) : unknown();
    }

    private static ProtocolExchange submission(RequestHead head) {
        // Read although nothing follows from it: a repeat is known by its request id.
        head.queryFlag("retry", false);
        return new ProtocolExchange.StatementSubmission(
                requestId(head).orElseGet(() -> UUID.randomUUID().toString()),
                head.queryFlag("async", false),
                head.queryFlag("nullable", true));
    }

    private static ProtocolExchange cancel(RequestHead head, String id) {
        return head.method().equals("POST")
                ? new ProtocolExchange.StatementCancel(Optional.of(id))
                : wrongMethod("POST");
    }

    private static ProtocolExchange result(RequestHead head, String id) {
        if (!head.method().equals("GET")) {
            return wrongMethod("GET");
        }
        boolean nullable = head.queryFlag("nullable", true);
        int partition =
                head.queryParameter("partition").map(SqlApiPaths::partition).orElse(0);
        return partition == 0
                ? new ProtocolExchange.ResultPoll(id, requestId(head), nullable)
                : new ProtocolExchange.ResultPart(id, partition, nullable);
    }

    private static int partition(String text) {
        if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > MOST_PARTITIONS) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST, "The query parameter 'partition' is not a partition's number.");
        }
        return Integer.parseInt(text);
    }

    private static Optional<String> requestId(RequestHead head) {
        return head.queryParameter("requestId").map(StatementTexts::requestId);
    }

    private static ProtocolExchange wrongMethod(String right) {
        return new ProtocolExchange.Unrecognised(
                GatewayErrorCode.UNSUPPORTED_METHOD, "This path is only served for " + right + ".");
    }

    private static ProtocolExchange unknown() {
        return new ProtocolExchange.Unrecognised(
                GatewayErrorCode.UNKNOWN_PATH,
                "Snowgate does not serve this path. Of the REST interfaces it serves /api/v2/statements only.");
    }
}
