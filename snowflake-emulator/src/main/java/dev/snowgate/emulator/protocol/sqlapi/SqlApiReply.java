package dev.snowgate.emulator.protocol.sqlapi;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.engine.Execution;
import dev.snowgate.emulator.engine.Outcome;
import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.protocol.Reply;
import dev.snowgate.emulator.result.StoredResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The replies of the SQL API. */
final class SqlApiReply {
    private static final String SUCCESS = "Statement executed successfully.";

    Reply single(Execution execution, Outcome.Success success, int partition) {
        StoredResult result = success.result();
        if (partition > result.chunks().size()) {
            return message(422, "391910", "Partition " + partition + " does not exist.");
        }
        if (partition > 0) {
            return Reply.gzipFile(partitionFile(result.chunks().get(partition - 1)));
        }
        ObjectNode root = head(execution, "090001", "00000", SUCCESS);
        ObjectNode metadata = root.putObject("resultSetMetaData");
        metadata.put("numRows", result.rows()).put("format", "jsonv2");
        ArrayNode partitions = metadata.putArray("partitionInfo");
        partitions.addObject().put("rowCount", result.inlineRows()).put("uncompressedSize", result.inline().length + 2);
        result.chunks()
                .forEach(chunk -> partitions
                        .addObject()
                        .put("rowCount", chunk.rows())
                        .put("uncompressedSize", chunk.uncompressedSize() + 2)
                        .put("compressedSize", chunk.compressedSize()));
        metadata.set("rowType", Json.rowType(result.columns()));
        root.put("data", "@@rows@@");
        if (!success.stats().isEmpty()) {
            ObjectNode stats = root.putObject("stats");
            stats.put("numRowsInserted", success.stats().getOrDefault("numRowsInserted", 0L))
                    .put("numRowsUpdated", success.stats().getOrDefault("numRowsUpdated", 0L))
                    .put("numRowsDeleted", success.stats().getOrDefault("numRowsDeleted", 0L))
                    .put("numDuplicateRowsUpdated", 0);
        }
        int last = result.chunks().size();
        String base = "</api/v2/statements/" + execution.queryId() + "?requestId="
                + execution.request().requestId() + "&partition=";
        String link = base + "0>;rel=\"first\"" + (last > 0 ? "," + base + "1>;rel=\"next\"" : "") + "," + base + last
                + ">;rel=\"last\"";
        return Reply.json(200, Json.splice(root, Json.brackets(result.inline())))
                .with("Link", link);
    }

    /** {@code {"data":[…]}} around a chunk's rows, made once and kept beside the chunk. */
    private synchronized Path partitionFile(StoredResult.Chunk chunk) {
        Path file = chunk.file().resolveSibling(chunk.file().getFileName() + ".part");
        if (Files.exists(file)) {
            return file;
        }
        Path working = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (InputStream rows = new GZIPInputStream(Files.newInputStream(chunk.file()), 1 << 16);
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(working), 1 << 16)) {
                out.write("{\"data\":[".getBytes(StandardCharsets.US_ASCII));
                rows.transferTo(out);
                out.write("]}".getBytes(StandardCharsets.US_ASCII));
            }
            return Files.move(working, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("A partition can't be written", e);
        }
    }

    static Reply several(Execution execution, Outcome.Several several) {
        ObjectNode root = head(execution, "090001", "00000", SUCCESS);
        ObjectNode metadata = root.putObject("resultSetMetaData");
        metadata.put("numRows", 1).put("format", "jsonv2");
        metadata.putArray("partitionInfo").addObject().put("rowCount", 1).put("uncompressedSize", 48);
        metadata.putArray("rowType")
                .addObject()
                .put("name", "multiple statement execution")
                .put("type", "text")
                .put("nullable", false)
                .put("length", 16777216)
                .put("byteLength", 16777216)
                .putNull("precision")
                .putNull("scale")
                .putNull("collation")
                .put("database", "")
                .put("schema", "")
                .put("table", "");
        root.putArray("data").addArray().add("Multiple statements executed successfully.");
        ArrayNode handles = root.putArray("statementHandles");
        several.children().forEach(child -> handles.add(child.queryId()));
        return Reply.json(200, root);
    }

    static Reply inProgress(Execution execution) {
        return Reply.json(
                202,
                status(
                        execution,
                        "333334",
                        null,
                        "Asynchronous execution in progress. Use provided query id to perform query monitoring and management."));
    }

    static Reply cancelled(Execution execution) {
        return Reply.json(200, status(execution, "000604", "57014", "SQL execution canceled"));
    }

    static Reply failed(Execution execution, Refused error) {
        int status = error.code().equals("000630") ? 408 : 422;
        return Reply.json(
                status,
                status(execution, error.code(), error.sqlState(), error.text())
                        .put("createdOn", execution.started().toEpochMilli()));
    }

    static Reply message(int status, String code, String message) {
        return Reply.json(status, Json.object().put("code", code).put("message", message));
    }

    private static ObjectNode status(
            Execution execution, String code, @org.jspecify.annotations.Nullable String sqlState, String message) {
        ObjectNode root = Json.object().put("code", code);
        if (sqlState != null) {
            root.put("sqlState", sqlState);
        }
        return root.put("message", message)
                .put("statementHandle", execution.queryId())
                .put(
                        "statementStatusUrl",
                        "/api/v2/statements/" + execution.queryId() + "?requestId="
                                + execution.request().requestId());
    }

    private static ObjectNode head(Execution execution, String code, String sqlState, String message) {
        return status(execution, code, sqlState, message)
                .put("requestId", execution.request().requestId())
                .put("createdOn", execution.started().toEpochMilli());
    }
}
