package dev.snowgate.gateway.snowflake.driver;

import static dev.snowgate.gateway.snowflake.ReplyFields.notUnderstood;
import static dev.snowgate.gateway.snowflake.ReplyFields.numberOr;
import static dev.snowgate.gateway.snowflake.ReplyFields.queryId;
import static dev.snowgate.gateway.snowflake.ReplyFields.sizeOf;
import static dev.snowgate.gateway.snowflake.ReplyFields.text;
import static dev.snowgate.gateway.snowflake.ReplyFields.textOr;

import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.ReplyFields;
import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.QueryId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands Snowflake's replies to driver requests. */
public final class DriverReplies {
    private static final List<String> ROWS = List.of("data", "rowset");
    private static final Set<String> IN_PROGRESS = Set.of("333333", "333334");

    private DriverReplies() {}

    /**
     * Reads the reply to a query request or a result poll. An error of the statement, and a fault of the upstream session
     * (codes 390xxx), is a {@link UpstreamReply.Failed}; a reply that hands out storage or has another result format than
     * JSON and Arrow is {@code RESULT_WITHHELD}; anything else unexpected is {@code UPSTREAM_REPLY_NOT_UNDERSTOOD}.
     */
    public static UpstreamReply parse(ByteSource body) {
        ObjectNode reply = ReplyFields.tree(body, ROWS);
        ReplyFields.refuseTransfers(reply);
        JsonNode success = reply.get("success");
        if (success == null || !success.isBoolean()) {
            throw notUnderstood("'success' is not a boolean");
        }
        if (!success.booleanValue()) {
            return failed(reply);
        }
        if (!(reply.get("data") instanceof ObjectNode data)) {
            throw notUnderstood("'data' is not an object");
        }
        String code = textOr(reply, "code", "");
        if (IN_PROGRESS.contains(code)) {
            return new UpstreamReply.InProgress(queryId(text(data, "queryId")));
        }
        ReplyFields.refuseTransfers(data);
        return complete(reply, data);
    }

    private static UpstreamReply.Complete complete(ObjectNode reply, ObjectNode data) {
        refuseOtherFormats(data);
        long inlineRows = sizeOf(data, "rowset");
        return new UpstreamReply.Complete(
                queryId(text(data, "queryId")),
                ReplyFields.columns(data.path("rowtype")),
                numberOr(data, "total", inlineRows),
                inlineRows,
                Math.toIntExact(sizeOf(data, "chunks")),
                finalContext(data),
                childIds(data),
                numberOr(data, "statementTypeId", 0),
                new JsonReply(reply));
    }

    private static void refuseOtherFormats(ObjectNode data) {
        String format = textOr(data, "queryResultFormat", "json").toLowerCase(Locale.ROOT);
        boolean arrow = data.hasNonNull("rowsetBase64");
        boolean known = format.equals("arrow") ? sizeOf(data, "rowset") == 0 : format.equals("json") && !arrow;
        if (!known) {
            throw new GatewayException(
                    GatewayErrorCode.RESULT_WITHHELD,
                    "The result was withheld: Snowflake sent it in a format that Snowgate did not ask for.");
        }
    }

    private static Map<String, Optional<String>> finalContext(ObjectNode data) {
        Map<String, Optional<String>> names = new HashMap<>();
        addName(names, data, "database", "finalDatabaseName");
        addName(names, data, "schema", "finalSchemaName");
        addName(names, data, "warehouse", "finalWarehouseName");
        addName(names, data, "role", "finalRoleName");
        return Map.copyOf(names);
    }

    private static void addName(Map<String, Optional<String>> names, ObjectNode data, String key, String field) {
        if (data.has(field)) {
            names.put(key, Optional.of(textOr(data, field, "")).filter(name -> !name.isEmpty()));
        }
    }

    private static List<QueryId> childIds(ObjectNode data) {
        String ids = textOr(data, "resultIds", "");
        return ids.isEmpty()
                ? List.of()
                : Arrays.stream(ids.split(",", -1))
                        .map(String::strip)
                        .map(ReplyFields::queryId)
                        .toList();
    }

    private static UpstreamReply.Failed failed(ObjectNode reply) {
        String message = textOr(reply, "message", "");
        if (!(reply.get("data") instanceof ObjectNode data)) {
            return new UpstreamReply.Failed(
                    Optional.empty(), requiredCode(textOr(reply, "code", "")), "", message, -1, -1);
        }
        String code = textOr(data, "errorCode", textOr(reply, "code", ""));
        return new UpstreamReply.Failed(
                Optional.of(textOr(data, "queryId", ""))
                        .filter(id -> !id.isEmpty())
                        .map(ReplyFields::queryId),
                requiredCode(code),
                textOr(data, "sqlState", ""),
                message,
                (int) numberOr(data, "line", -1),
                (int) numberOr(data, "pos", -1));
    }

    private static String requiredCode(String code) {
        if (!code.matches("[0-9]{1,9}")) {
            throw notUnderstood("an error without a numeric code");
        }
        return code;
    }
}
