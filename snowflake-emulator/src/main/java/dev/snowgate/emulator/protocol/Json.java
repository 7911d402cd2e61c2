package dev.snowgate.emulator.protocol;

import dev.snowgate.emulator.engine.Binding;
import dev.snowgate.emulator.result.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing what both dialects have in common. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Rows that are already JSON text, as an array. */
    public static byte[] brackets(byte[] rows) {
        byte[] all = new byte[rows.length + 2];
        all[0] = '[';
        System.arraycopy(rows, 0, all, 1, rows.length);
        all[all.length - 1] = ']';
        return all;
    }

    /** Puts ready JSON text in the place of the marker string {@code "@@rows@@"}. */
    public static byte[] splice(ObjectNode node, byte[] json) {
        String text = MAPPER.writeValueAsString(node);
        int at = text.indexOf("\"@@rows@@\"");
        byte[] before = text.substring(0, at).getBytes(StandardCharsets.UTF_8);
        byte[] after = text.substring(at + 10).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + json.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(json, 0, all, before.length, json.length);
        System.arraycopy(after, 0, all, before.length + json.length, after.length);
        return all;
    }

    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    /** An object of names and plain values; names in upper case. */
    public static Map<String, String> parameters(JsonNode node) {
        Map<String, String> values = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                values.put(
                        entry.getKey().toUpperCase(Locale.ROOT),
                        entry.getValue().asString());
            }
        });
        return values;
    }

    /** Bind values in the order of their positions. */
    public static List<Binding> bindings(JsonNode node) {
        TreeMap<String, Binding> ordered = new TreeMap<>(Comparator.comparingInt(
                        (String key) -> key.matches("\\d{1,6}") ? Integer.parseInt(key) : Integer.MAX_VALUE)
                .thenComparing(Comparator.naturalOrder()));
        node.properties().forEach(entry -> ordered.put(entry.getKey(), binding(entry.getValue())));
        return List.copyOf(ordered.values());
    }

    private static Binding binding(JsonNode node) {
        JsonNode value = node.path("value");
        List<@Nullable String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> values.add(item.isNull() ? null : item.asString()));
        } else {
            values.add(value.isNull() || value.isMissingNode() ? null : value.asString());
        }
        return new Binding(String.valueOf(text(node, "type")), values, value.isArray());
    }

    public static ArrayNode rowType(List<Column> columns) {
        ArrayNode types = MAPPER.createArrayNode();
        for (Column column : columns) {
            types.addObject()
                    .put("name", column.name())
                    .put("database", column.database())
                    .put("schema", column.schema())
                    .put("table", column.table())
                    .put("nullable", column.nullable())
                    .put("scale", column.wireScale())
                    .put("type", column.kind().wireName())
                    .put("byteLength", column.wireByteLength())
                    .put("length", column.wireLength())
                    .put("precision", column.wirePrecision())
                    .putNull("collation");
        }
        return types;
    }
}
