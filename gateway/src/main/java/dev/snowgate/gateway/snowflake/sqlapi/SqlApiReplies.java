package dev.snowgate.gateway.snowflake.sqlapi;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands Snowflake's replies of the SQL API. */
public final class SqlApiReplies {
    private SqlApiReplies() {}

    private static final List<String> ROWS = List.of("data");

    /**
     * Reads the reply to a submission or a poll. Errors of the statement (400, 408, 422) are a {@link UpstreamReply.Failed};
     * 429 and 5xx are {@code UPSTREAM_UNAVAILABLE}; anything else unexpected is {@code UPSTREAM_REPLY_NOT_UNDERSTOOD}.
     */
    public static UpstreamReply parse(int httpStatus, ByteSource body) {
        return switch (httpStatus) {
            case 200 -> complete(ReplyFields.tree(body, ROWS));
            case 202 -> new UpstreamReply.InProgress(queryId(text(ReplyFields.tree(body, ROWS), "statementHandle")));
            case 400, 408, 422 -> failed(ReplyFields.tree(body, ROWS));
            default -> throw other(httpStatus);
        };
    }

    /** Reads a partition of number 1 or more: rows and nothing else. */
    public static JsonReply parsePartition(int httpStatus, ByteSource body) {
        if (httpStatus != 200) {
            throw other(httpStatus);
        }
        ObjectNode reply = ReplyFields.tree(body, ROWS);
        if (!reply.path("data").isPojo()) {
            throw notUnderstood("'data' is not a list");
        }
        return new JsonReply(reply);
    }

    private static GatewayException other(int httpStatus) {
        if (httpStatus == 429 || httpStatus >= 500) {
            return new GatewayException(
                    GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                    "Snowflake does not accept requests at the moment. Try again later.");
        }
        return notUnderstood("HTTP status " + httpStatus);
    }

    private static UpstreamReply.Complete complete(ObjectNode reply) {
        ReplyFields.refuseTransfers(reply);
        if (!(reply.get("resultSetMetaData") instanceof ObjectNode metaData)) {
            throw notUnderstood("'resultSetMetaData' is not an object");
        }
        if (!textOr(metaData, "format", "jsonv2").equals("jsonv2")) {
            throw new GatewayException(
                    GatewayErrorCode.RESULT_WITHHELD,
                    "The result was withheld: Snowflake sent it in an unknown format.");
        }
        long inlineRows = sizeOf(reply, "data");
        return new UpstreamReply.Complete(
                queryId(text(reply, "statementHandle")),
                ReplyFields.columns(metaData.path("rowType")),
                numberOr(metaData, "numRows", inlineRows),
                inlineRows,
                Math.toIntExact(Math.max(0, sizeOf(metaData, "partitionInfo") - 1)),
                Map.of(),
                childIds(reply),
                0,
                new JsonReply(reply));
    }

    private static List<QueryId> childIds(ObjectNode reply) {
        JsonNode handles = reply.path("statementHandles");
        List<QueryId> ids = new ArrayList<>(handles.size());
        for (JsonNode handle : handles) {
            if (!handle.isString()) {
                throw notUnderstood("a statement handle is not text");
            }
            ids.add(queryId(handle.stringValue()));
        }
        return List.copyOf(ids);
    }

    private static UpstreamReply.Failed failed(ObjectNode reply) {
        String code = text(reply, "code");
        if (!code.matches("[0-9]{1,9}")) {
            throw notUnderstood("an error without a numeric code");
        }
        return new UpstreamReply.Failed(
                Optional.of(textOr(reply, "statementHandle", ""))
                        .filter(id -> !id.isEmpty())
                        .map(ReplyFields::queryId),
                code,
                textOr(reply, "sqlState", ""),
                textOr(reply, "message", ""),
                -1,
                -1);
    }
}
