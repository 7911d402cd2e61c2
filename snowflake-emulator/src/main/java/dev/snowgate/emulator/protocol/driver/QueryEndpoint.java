package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.engine.Execution;
import dev.snowgate.emulator.engine.Executions;
import dev.snowgate.emulator.engine.Outcome;
import dev.snowgate.emulator.engine.Request;
import dev.snowgate.emulator.protocol.Call;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.protocol.SqlFaults;
import dev.snowgate.emulator.session.Session;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** query-request, polling, abort and monitoring. */
final class QueryEndpoint {
    private final Executions executions;
    private final ResultReply replies;
    private final SqlFaults faults;
    private final long pollMillis;

    QueryEndpoint(Executions executions, ResultReply replies, SqlFaults faults, long pollMillis) {
        this.executions = executions;
        this.replies = replies;
        this.faults = faults;
        this.pollMillis = pollMillis;
    }

    Reply submit(Call call, Session session) {
        JsonNode body = call.json();
        String sqlText = String.valueOf(Json.text(body, "sqlText"));
        String requestId = call.query("requestId");
        Request request = new Request(
                session,
                "driver",
                requestId == null ? UUID.randomUUID().toString() : requestId,
                sqlText,
                Json.bindings(body.path("bindings")),
                Json.parameters(body.path("parameters")),
                body.path("describeOnly").asBoolean(false),
                body.path("asyncExec").asBoolean(false));
        return faults.around(sqlText, () -> {
            Execution execution = executions.submit(request);
            return request.async() ? Envelope.inProgress(execution.queryId(), true) : answer(execution, false);
        });
    }

    Reply result(Call call, Session session) {
        Execution execution = find(call, session);
        return answer(execution, execution.request().async());
    }

    private Reply answer(Execution execution, boolean detached) {
        Outcome outcome = execution.await(pollMillis);
        return switch (outcome) {
            case null -> Envelope.inProgress(execution.queryId(), detached);
            case Outcome.Failure failure -> Envelope.failed(failure.error(), execution.queryId());
            case Outcome.Success success -> replies.single(execution, success);
            case Outcome.Several several -> replies.several(execution, several);
        };
    }

    private Execution find(Call call, Session session) {
        Execution execution = executions.find(session, call.variable("id"));
        if (execution == null) {
            throw new Refused("000709", "02000", "Statement " + call.variable("id") + " not found");
        }
        return execution;
    }

    Reply abortByRequest(Call call, Session session) {
        String requestId = String.valueOf(Json.text(call.json(), "requestId"));
        return aborted(executions.abortRequest(session, "driver", requestId));
    }

    Reply abortById(Call call, Session session) {
        Execution execution = executions.find(session, call.variable("id"));
        return aborted(execution != null && executions.abort(execution));
    }

    private static Reply aborted(boolean stopped) {
        return stopped
                ? Envelope.success(null)
                : Envelope.refused(
                        new Refused("000605", "57014", "Identified SQL statement is not currently executing."));
    }

    Reply monitoring(Call call, Session session) {
        ObjectNode data = Json.object();
        var queries = data.putArray("queries");
        Execution execution = executions.find(session, call.variable("id"));
        if (execution != null) {
            Outcome outcome = execution.outcomeNow();
            Instant ended = execution.endedAt();
            ObjectNode query = queries.addObject();
            query.put("id", execution.queryId())
                    .put("status", status(outcome))
                    .put("state", status(outcome))
                    .put("sqlText", execution.sqlText())
                    .put("startTime", execution.started().toEpochMilli())
                    .put("endTime", ended == null ? 0 : ended.toEpochMilli())
                    .put("warehouseName", session.warehouse())
                    .put("sessionId", execution.request().session().id())
                    .put(
                            "totalDuration",
                            (ended == null ? Instant.now() : ended).toEpochMilli()
                                    - execution.started().toEpochMilli())
                    .put(
                            "errorCode",
                            outcome instanceof Outcome.Failure f ? f.error().code() : "")
                    .put(
                            "errorMessage",
                            outcome instanceof Outcome.Failure f ? f.error().text() : null);
            query.putObject("stats");
        }
        return Envelope.success(data);
    }

    private static String status(@org.jspecify.annotations.Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> "RUNNING";
            case Outcome.Failure failure -> failure.error().code().equals("000604") ? "ABORTED" : "FAILED_WITH_ERROR";
            default -> "SUCCESS";
        };
    }
}
