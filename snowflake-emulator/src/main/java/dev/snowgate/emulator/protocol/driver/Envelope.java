package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The envelope of every driver reply: HTTP 200 with data, code, message and success. */
final class Envelope {
    private Envelope() {}

    static Reply success(@Nullable JsonNode data) {
        return Reply.json(200, wrap(data));
    }

    static ObjectNode wrap(@Nullable JsonNode data) {
        ObjectNode root = Json.object();
        root.set("data", data);
        return root.putNull("code").putNull("message").put("success", true);
    }

    /** A refusal that belongs to no statement: log-in, renewal, a bad token. */
    static Reply refused(Refused error) {
        ObjectNode root = Json.object();
        root.putObject("data")
                .put("nextAction", "RETRY_LOGIN")
                .put("errorCode", error.code())
                .put("sqlState", error.sqlState());
        root.put("code", error.code())
                .put("message", error.text())
                .put("success", false)
                .putNull("headers");
        return Reply.json(200, root);
    }

    /** A statement that failed. */
    static Reply failed(Refused error, String queryId) {
        ObjectNode root = Json.object();
        root.putObject("data")
                .put("internalError", false)
                .put("unredactedFromSecureObject", false)
                .put("errorCode", error.code())
                .put("age", 0)
                .put("sqlState", error.sqlState())
                .put("queryId", queryId)
                .put("line", -1)
                .put("pos", -1)
                .put("type", "COMPILATION");
        root.put("code", error.code())
                .put("message", error.text())
                .put("success", false)
                .putNull("headers");
        return Reply.json(200, root);
    }

    static Reply inProgress(String queryId, boolean detached) {
        ObjectNode root = Json.object();
        root.putObject("data")
                .put("getResultUrl", "/queries/" + queryId + "/result")
                .putNull("progressDesc")
                .put("queryAbortsAfterSecs", 300)
                .put("queryId", queryId);
        root.put("message", detached ? "Query execution in progress. Detached." : "Query execution in progress")
                .put("code", detached ? "333334" : "333333")
                .put("success", true);
        return Reply.json(200, root);
    }
}
