package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.ReplyFields;
import dev.snowgate.gateway.snowflake.ReplyWriter;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.StatementStatus;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the drivers' replies: always HTTP 200, the envelope says what happened. */
final class DriverReplyWriter implements ReplyWriter {
    private static final String IN_PROGRESS = "333333";
    private static final String DETACHED = "333334";
    private static final int ABANDONED_AFTER_SECONDS = 300;

    @Override
    public Reply submitted(ProtocolExchange.StatementSubmission asked, Outcome outcome) {
        return outcome(outcome, outcome instanceof Outcome.InProgress p && p.async() ? DETACHED : IN_PROGRESS);
    }

    @Override
    public Reply polled(ProtocolExchange.ResultPoll asked, Outcome outcome) {
        // A result asked for by id goes on waiting for this code only, in Go.
        return outcome(outcome, DETACHED);
    }

    private static Reply outcome(Outcome outcome, String waitingCode) {
        return switch (outcome) {
            case Outcome.InProgress progress -> inProgress(progress, waitingCode);
            case Outcome.Completed completed -> completed(completed);
            case Outcome.Failed failed ->
                DriverErrors.reply(
                        failed.error().wireCode(),
                        failed.error().sqlState(),
                        failed.error().message(),
                        shownId(failed.id(), failed.queryId()),
                        failed.error().line(),
                        failed.error().pos());
        };
    }

    private static EncodedReply inProgress(Outcome.InProgress progress, String code) {
        ObjectNode data = StrictJson.object();
        // A path only: two drivers break on anything more. Ours, because it never changes while the client polls.
        data.put("getResultUrl", "/queries/" + progress.id() + "/result");
        data.putNull("progressDesc");
        data.put("queryAbortsAfterSecs", ABANDONED_AFTER_SECONDS);
        data.put("queryId", shownId(progress.id(), progress.queryId()));
        ObjectNode reply = StrictJson.object();
        reply.set("data", data);
        reply.put("code", code);
        reply.put("message", "Query execution in progress");
        reply.put("success", true);
        return EncodedReply.json(200, StrictJson.write(reply));
    }

    private static Reply completed(Outcome.Completed completed) {
        if (!(completed.reply().body() instanceof JsonReply(ObjectNode reply))
                || !(reply.get("data") instanceof ObjectNode data)) {
            throw withheld();
        }
        boolean arrow = data.path("queryResultFormat").asString("").equalsIgnoreCase("arrow");
        if (data.has("qrmk") || (arrow ? ReplyFields.sizeOf(data, "rowset") > 0 : data.hasNonNull("rowsetBase64"))) {
            // Keys to storage, and rows in the place that nobody masked, never leave, whatever came before.
            throw withheld();
        }
        ObjectNode edited = StrictJson.object();
        edited.setAll(data);
        edited.remove("sessionId");
        edited.set("parameters", DriverParameters.edited(data.path("parameters")));
        edited.put("queryId", completed.queryId().value());
        ObjectNode envelope = StrictJson.object();
        envelope.setAll(reply);
        envelope.set("data", edited);
        return Reply.json(200, envelope);
    }

    private static GatewayException withheld() {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD, "The result was withheld: its form was not understood.");
    }

    // Snowflake's id once there is one, ours before: both are accepted wherever an id is.
    private static String shownId(StatementId id, Optional<QueryId> queryId) {
        return queryId.map(QueryId::value).orElseGet(id::toString);
    }

    @Override
    public EncodedReply cancelled(Outcome outcome) {
        return done();
    }

    @Override
    public EncodedReply failure(GatewayException failure) {
        return DriverErrors.reply(
                failure.code().wireCode(),
                failure.code().sqlState(),
                failure.getMessage() == null ? "" : failure.getMessage(),
                failure.statement().map(StatementId::toString).orElse(""),
                -1,
                -1);
    }

    @Override
    public EncodedReply opened(OpenedSession session) {
        return DriverSessionReplies.opened(session);
    }

    @Override
    public EncodedReply renewed(RenewedTokens tokens) {
        return DriverSessionReplies.renewed(tokens);
    }

    @Override
    public EncodedReply done() {
        return DriverSessionReplies.success(StrictJson.object().nullNode());
    }

    @Override
    public EncodedReply telemetryTaken() {
        return DriverSessionReplies.success(StrictJson.object().stringNode("Log Received"));
    }

    @Override
    public EncodedReply status(ProtocolExchange.QueryStatus asked, Optional<StatementStatus> known) {
        JsonNode data = DriverMonitoring.of(asked.id(), known);
        return DriverSessionReplies.success(data);
    }
}
