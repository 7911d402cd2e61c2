package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.engine.Execution;
import dev.snowgate.emulator.engine.Outcome;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.StoredResult;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.storage.SignedUrls;
import dev.snowgate.emulator.storage.StorageServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A finished statement as the reply of the driver protocol; chunk URLs are signed anew each time. */
final class ResultReply {
    private static final int MULTI_TYPE = 40960;
    private final StorageServer storage;
    private final SignedUrls urls;

    ResultReply(StorageServer storage, SignedUrls urls) {
        this.storage = storage;
        this.urls = urls;
    }

    Reply single(Execution execution, Outcome.Success success) {
        StoredResult result = success.result();
        boolean describe = execution.request().describeOnly();
        ObjectNode data = data(execution, success.typeId(), result.columns());
        data.put("total", result.rows()).put("returned", result.rows());
        data.put("numberOfBinds", success.binds()).put("arrayBindSupported", success.arrayBind());
        if (describe) {
            data.putArray("metaDataOfBinds");
        }
        if (!success.stats().isEmpty()) {
            ObjectNode stats = data.putObject("stats");
            for (String name : List.of("numRowsInserted", "numRowsUpdated", "numRowsDeleted", "numDmlDuplicates")) {
                stats.put(name, success.stats().getOrDefault(name, 0L));
            }
        }
        if (!result.chunks().isEmpty()) {
            chunks(data, chunkOwner(result, execution), result);
        }
        var transfer = success.transfer();
        if (transfer != null) {
            transfer.forEach((name, value) -> data.set(name, Json.MAPPER.valueToTree(value)));
        }
        byte[] rows;
        if (result.format() == StoredResult.Format.ARROW) {
            data.put("rowsetBase64", "@@rows@@").put("queryResultFormat", "arrow");
            String base64 = Base64.getEncoder().encodeToString(result.inline());
            rows = ('"' + base64 + '"').getBytes(StandardCharsets.US_ASCII);
        } else {
            data.put("rowset", "@@rows@@").put("queryResultFormat", "json");
            rows = Json.brackets(result.inline());
        }
        return Reply.json(200, Json.splice(Envelope.wrap(data), rows));
    }

    /** The query id in whose name the chunk files are: for a RESULT_SCAN of a whole result, the earlier one. */
    private static String chunkOwner(StoredResult result, Execution execution) {
        String file = result.chunks().getFirst().file().getFileName().toString();
        int end = file.lastIndexOf('_');
        return end < 0 ? execution.queryId() : file.substring(0, end);
    }

    private void chunks(ObjectNode data, String queryId, StoredResult result) {
        ArrayNode chunks = data.putArray("chunks");
        for (int i = 0; i < result.chunks().size(); i++) {
            StoredResult.Chunk chunk = result.chunks().get(i);
            chunks.addObject()
                    .put("url", urls.sign(storage.url(), queryId, i))
                    .put("rowCount", chunk.rows())
                    .put("uncompressedSize", chunk.uncompressedSize())
                    .put("compressedSize", chunk.compressedSize());
        }
        data.put("qrmk", result.key());
        ObjectNode headers = data.putObject("chunkHeaders");
        StorageServer.chunkHeaders(result.key()).forEach(headers::put);
    }

    Reply several(Execution execution, Outcome.Several several) {
        ObjectNode data = data(execution, MULTI_TYPE, List.of(Column.text("multiple statement execution")));
        data.putArray("rowset").addArray().add("Multiple statements executed successfully.");
        data.put("total", 1).put("returned", 1).put("queryResultFormat", "json");
        data.put("numberOfBinds", 0).put("arrayBindSupported", false);
        data.put(
                "resultIds", several.children().stream().map(Execution::queryId).collect(Collectors.joining(",")));
        data.put(
                "resultTypes",
                several.children().stream()
                        .map(child ->
                                child.outcomeNow() instanceof Outcome.Success s ? Integer.toString(s.typeId()) : "0")
                        .collect(Collectors.joining(",")));
        return Envelope.success(data);
    }

    private static ObjectNode data(Execution execution, int typeId, List<Column> columns) {
        Session session = execution.request().session();
        ObjectNode data = Json.object();
        data.set("parameters", Parameters.of(session));
        data.set("rowtype", Json.rowType(columns));
        data.put("queryId", execution.queryId())
                .putNull("databaseProvider")
                .put("finalDatabaseName", session.database())
                .put("finalSchemaName", session.schema())
                .put("finalWarehouseName", session.warehouse())
                .put("finalRoleName", session.role())
                .put("statementTypeId", typeId)
                .put("version", 1)
                .put("sendResultTime", System.currentTimeMillis());
        data.putObject("queryContext")
                .putArray("entries")
                .addObject()
                .put("id", 0)
                .put("timestamp", System.currentTimeMillis() * 1000)
                .put("priority", 0);
        return data;
    }
}
