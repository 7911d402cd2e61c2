package dev.snowgate.gateway.snowflake.driver;

import dev.snowgate.gateway.snowflake.StrictJson;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The list of parameters in replies. */
final class DriverParameters {
    /** 0 makes drivers send array binds in the request instead of uploading them to a stage; absent breaks Python. */
    private static final String BIND_THRESHOLD = "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD";

    private DriverParameters() {}

    /** Snowflake's list with ours in place of its own. */
    static ArrayNode edited(JsonNode upstream) {
        ArrayNode list = StrictJson.object().arrayNode();
        for (JsonNode parameter : upstream) {
            if (!BIND_THRESHOLD.equals(parameter.path("name").asString(""))) {
                list.add(parameter);
            }
        }
        list.add(row(BIND_THRESHOLD, 0));
        return list;
    }

    /** A list of our own, in the order of the names. */
    static ArrayNode of(Map<String, Object> parameters) {
        ArrayNode list = StrictJson.object().arrayNode();
        Map<String, Object> sorted = new TreeMap<>(parameters);
        sorted.put(BIND_THRESHOLD, 0);
        sorted.forEach((name, value) -> list.add(row(name, value)));
        return list;
    }

    private static ObjectNode row(String name, Object value) {
        ObjectNode row = StrictJson.object();
        row.put("name", name);
        switch (value) {
            case Boolean flag -> row.put("value", flag);
            case Integer number -> row.put("value", number);
            case Long number -> row.put("value", number);
            default -> row.put("value", value.toString());
        }
        return row;
    }
}
