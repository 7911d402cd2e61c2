package dev.snowgate.gateway.snowflake.sqlapi;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.ReplyWriter;
import dev.snowgate.gateway.snowflake.StreamedReply;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.ReplyBody;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/** Writes the replies of the SQL API, with its HTTP statuses. */
final class SqlApiReplyWriter implements ReplyWriter {
    @Override
    public Reply submitted(ProtocolExchange.StatementSubmission asked, Outcome outcome) {
        return outcome(outcome, Optional.of(asked.requestId()), asked.nullable());
    }

    @Override
    public Reply polled(ProtocolExchange.ResultPoll asked, Outcome outcome) {
        return outcome(outcome, asked.requestId(), asked.nullable());
    }

    private static Reply outcome(Outcome outcome, Optional<String> requestId, boolean nullable) {
        return switch (outcome) {
            case Outcome.InProgress progress -> inProgress(progress, requestId);
            case Outcome.Completed completed -> completed(completed, requestId, nullable);
            case Outcome.Failed failed ->
                SqlApiErrors.reply(
                        failed.httpStatus(),
                        failed.error().wireCode(),
                        failed.error().sqlState(),
                        failed.error().message(),
                        shownId(failed.id(), failed.queryId()));
        };
    }

    private static EncodedReply inProgress(Outcome.InProgress progress, Optional<String> requestId) {
        String handle = shownId(progress.id(), progress.queryId());
        ObjectNode reply = StrictJson.object();
        reply.put("code", "333334");
        reply.put(
                "message",
                "Asynchronous execution in progress. Use provided query id to perform query monitoring and"
                        + " management.");
        reply.put("statementHandle", handle);
        reply.put("statementStatusUrl", StatementLinks.status(handle, requestId));
        return EncodedReply.json(202, StrictJson.write(reply));
    }

    private static Reply completed(Outcome.Completed completed, Optional<String> requestId, boolean nullable) {
        ObjectNode upstream = tree(completed.reply().body());
        if (!(upstream.get("resultSetMetaData") instanceof ObjectNode metaData)) {
            throw withheld();
        }
        String handle = completed.queryId().value();
        ObjectNode reply = StrictJson.object();
        reply.setAll(upstream);
        reply.put("statementHandle", handle);
        reply.put("statementStatusUrl", StatementLinks.status(handle, requestId));
        // Upstream's request id is one of ours; the client knows its own.
        reply.remove("requestId");
        requestId.ifPresent(id -> reply.put("requestId", id));
        if (!nullable) {
            reply.set("data", JsonRows.at(reply.path("data")).nullsAsText().node());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", EncodedReply.JSON);
        StatementLinks.header(handle, requestId, metaData.path("partitionInfo").size())
                .ifPresent(link -> headers.put("Link", link));
        return Reply.of(200, headers, reply);
    }

    @Override
    public StreamedReply part(Flux<byte[]> body) {
        // Later partitions are compressed whatever the client accepts: that is how the SQL API is.
        return new StreamedReply(200, Map.of("Content-Type", EncodedReply.JSON, "Content-Encoding", "gzip"), body);
    }

    @Override
    public EncodedReply cancelled(Outcome outcome) {
        String handle = switch (outcome) {
            case Outcome.InProgress progress -> shownId(progress.id(), progress.queryId());
            case Outcome.Completed completed -> completed.queryId().value();
            case Outcome.Failed failed -> shownId(failed.id(), failed.queryId());
        };
        return SqlApiErrors.reply(200, "000604", "57014", "SQL execution canceled", handle);
    }

    @Override
    public EncodedReply failure(GatewayException failure) {
        return SqlApiErrors.reply(
                failure.code().httpStatus(),
                failure.code().wireCode(),
                failure.code().sqlState(),
                failure.getMessage() == null ? "" : failure.getMessage(),
                failure.statement().map(StatementId::toString).orElse(""));
    }

    private static ObjectNode tree(ReplyBody body) {
        if (body instanceof JsonReply(ObjectNode tree)) {
            return tree;
        }
        throw withheld();
    }

    // Snowflake's id once there is one, ours before: both are accepted wherever an id is.
    private static String shownId(StatementId id, Optional<QueryId> queryId) {
        return queryId.map(QueryId::value).orElseGet(id::toString);
    }

    private static GatewayException withheld() {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD, "The result was withheld: its form was not understood.");
    }
}
