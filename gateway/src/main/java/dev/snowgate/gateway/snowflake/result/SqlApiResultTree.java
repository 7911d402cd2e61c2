package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.Base64Rows;
import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.snowflake.ReplyFields;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.MaskPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A result in the SQL API: {@code resultSetMetaData.rowType}, {@code data}, and partitions by number. Partitions have no addresses:
 * they are asked for by handle, so only their sizes are kept.
 */
record SqlApiResultTree(ObjectNode root) implements ResultTree {
    private static final Set<String> KNOWN = Set.of(
            "resultSetMetaData",
            "data",
            "code",
            "statementStatusUrl",
            "requestId",
            "sqlState",
            "statementHandle",
            "message",
            "createdOn",
            "statementHandles");

    @Override
    public StoredChunks.Format format() {
        String format = metadata().path("format").asString("jsonv2");
        if (!format.startsWith("json")) {
            throw new ResultFault("its format is not JSON");
        }
        return StoredChunks.Format.JSON;
    }

    @Override
    public Base64Rows arrowRows() {
        throw new ResultFault("its format is not JSON");
    }

    @Override
    public void putArrowRows(Base64Rows stream) {
        throw new ResultFault("its format is not JSON");
    }

    @Override
    public JsonNode rowType() {
        return metadata().path("rowType");
    }

    @Override
    public JsonRows rows() {
        return JsonRows.at(root.path("data"));
    }

    @Override
    public void putRows(JsonRows rows) {
        root.set("data", rows.node());
    }

    @Override
    public void removeUnknownFields() {
        List<String> unknown = new ArrayList<>(root.propertyNames());
        unknown.removeAll(KNOWN);
        unknown.forEach(root::remove);
    }

    @Override
    public Optional<StoredChunks> takeChunks(MaskPlan plan, List<ReplyColumn> columns) {
        List<StoredChunks.Part> parts = new ArrayList<>();
        for (JsonNode node : metadata().path("partitionInfo")) {
            if (node instanceof ObjectNode partition) {
                parts.add(new StoredChunks.Part(
                        "",
                        ReplyFields.numberOr(partition, "rowCount", 0),
                        ReplyFields.numberOr(partition, "uncompressedSize", 0),
                        ReplyFields.numberOr(partition, "compressedSize", 0)));
            }
        }
        return parts.size() < 2
                ? Optional.empty()
                : Optional.of(new StoredChunks(
                        parts,
                        Map.of(),
                        StoredChunks.Format.JSON,
                        CellMasks.names(columns),
                        CellMasks.types(columns),
                        plan));
    }

    /** Partitions keep their numbers; nothing of the reply names storage. */
    @Override
    public void putChunks(List<String> urls, String headerName, String headerValue, StoredChunks chunks) {}

    private ObjectNode metadata() {
        if (!(root.path("resultSetMetaData") instanceof ObjectNode metadata)) {
            throw new ResultFault("it has no metadata");
        }
        return metadata;
    }
}
