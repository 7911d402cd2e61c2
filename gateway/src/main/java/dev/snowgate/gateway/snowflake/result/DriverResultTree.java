package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.Base64Rows;
import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.snowflake.ReplyFields;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.MaskPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A result in the driver protocol: {@code data.rowtype}, {@code data.rowset}, {@code data.chunks}. */
record DriverResultTree(ObjectNode root) implements ResultTree {
    private static final Set<String> KNOWN = Set.of(
            "parameters",
            "rowtype",
            "rowset",
            "rowsetBase64",
            "total",
            "returned",
            "queryId",
            "databaseProvider",
            "finalDatabaseName",
            "finalSchemaName",
            "finalWarehouseName",
            "finalRoleName",
            "numberOfBinds",
            "arrayBindSupported",
            "metaDataOfBinds",
            "statementTypeId",
            "version",
            "sendResultTime",
            "queryResultFormat",
            "queryContext",
            "chunks",
            "chunkHeaders",
            "qrmk",
            "resultIds",
            "resultTypes");

    @Override
    public StoredChunks.Format format() {
        String format = ReplyFields.textOr(data(), "queryResultFormat", "json").toLowerCase(Locale.ROOT);
        boolean arrow = format.equals("arrow") && ReplyFields.sizeOf(data(), "rowset") == 0;
        boolean json = format.equals("json") && !present("rowsetBase64");
        if (!arrow && !json) {
            throw new ResultFault("its format is not understood");
        }
        return arrow ? StoredChunks.Format.ARROW : StoredChunks.Format.JSON;
    }

    @Override
    public Base64Rows arrowRows() {
        return Base64Rows.at(data().path("rowsetBase64"));
    }

    @Override
    public void putArrowRows(Base64Rows stream) {
        data().set("rowsetBase64", stream.node());
    }

    @Override
    public JsonNode rowType() {
        return data().path("rowtype");
    }

    @Override
    public JsonRows rows() {
        return JsonRows.at(data().path("rowset"));
    }

    @Override
    public void putRows(JsonRows rows) {
        data().set("rowset", rows.node());
    }

    @Override
    public void removeUnknownFields() {
        List<String> unknown = new ArrayList<>(data().propertyNames());
        unknown.removeAll(KNOWN);
        unknown.forEach(data()::remove);
    }

    @Override
    public Optional<StoredChunks> takeChunks(MaskPlan plan, List<ReplyColumn> columns) {
        Map<String, String> headers = headers();
        JsonNode chunks = data().path("chunks");
        data().remove(List.of("chunks", "chunkHeaders", "qrmk"));
        if (chunks.isMissingNode() || chunks.isNull() || chunks.isEmpty()) {
            return Optional.empty();
        }
        List<StoredChunks.Part> parts = new ArrayList<>();
        for (JsonNode node : ReplyMasker.array(chunks, "the list of chunks")) {
            if (!(node instanceof ObjectNode chunk)) {
                throw new ResultFault("a chunk is not an object");
            }
            parts.add(new StoredChunks.Part(
                    ReplyFields.text(chunk, "url"),
                    ReplyFields.numberOr(chunk, "rowCount", 0),
                    ReplyFields.numberOr(chunk, "uncompressedSize", 0),
                    ReplyFields.numberOr(chunk, "compressedSize", 0)));
        }
        return Optional.of(
                new StoredChunks(parts, headers, format(), CellMasks.names(columns), CellMasks.types(columns), plan));
    }

    @Override
    public void putChunks(List<String> urls, String headerName, String headerValue, StoredChunks chunks) {
        ArrayNode list = data().putArray("chunks");
        for (int i = 0; i < urls.size(); i++) {
            StoredChunks.Part part = chunks.parts().get(i);
            list.addObject()
                    .put("url", urls.get(i))
                    .put("rowCount", part.rows())
                    .put("uncompressedSize", part.uncompressedBytes())
                    .put("compressedSize", part.compressedBytes());
        }
        data().putObject("chunkHeaders").put(headerName, headerValue);
    }

    /** What storage wants to see: the announced headers, or the customer key as drivers send it where only that is given. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        if (data().path("chunkHeaders") instanceof ObjectNode announced) {
            announced
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString()));
        } else if (data().path("qrmk").isString()
                && !data().path("qrmk").stringValue().isEmpty()) {
            headers.put("x-amz-server-side-encryption-customer-algorithm", "AES256");
            headers.put(
                    "x-amz-server-side-encryption-customer-key",
                    data().path("qrmk").stringValue());
        }
        return headers;
    }

    private boolean present(String name) {
        JsonNode node = data().path(name);
        return !node.isMissingNode() && !node.isNull();
    }

    private ObjectNode data() {
        if (!(root.path("data") instanceof ObjectNode data)) {
            throw new ResultFault("it has no data");
        }
        return data;
    }
}
