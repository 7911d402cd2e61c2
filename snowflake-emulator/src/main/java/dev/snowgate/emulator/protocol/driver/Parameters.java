package dev.snowgate.emulator.protocol.driver;

import dev.snowgate.emulator.protocol.Json;
import dev.snowgate.emulator.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters that log-in and query replies tell the driver, with native JSON types. */
final class Parameters {
    private static final Map<String, Object> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("AUTOCOMMIT", true);
        DEFAULTS.put("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 65280);
        DEFAULTS.put("CLIENT_PREFETCH_THREADS", 4);
        DEFAULTS.put("CLIENT_RESULT_CHUNK_SIZE", 160);
        DEFAULTS.put("CLIENT_MEMORY_LIMIT", 1536);
        DEFAULTS.put("CLIENT_SESSION_KEEP_ALIVE", false);
        DEFAULTS.put("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600);
        DEFAULTS.put("CLIENT_TELEMETRY_ENABLED", false);
        DEFAULTS.put("TIMEZONE", "UTC");
        DEFAULTS.put("TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM");
        DEFAULTS.put("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3");
        DEFAULTS.put("TIMESTAMP_LTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM");
        DEFAULTS.put("TIMESTAMP_TZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM");
        DEFAULTS.put("DATE_OUTPUT_FORMAT", "YYYY-MM-DD");
        DEFAULTS.put("TIME_OUTPUT_FORMAT", "HH24:MI:SS");
        DEFAULTS.put("BINARY_OUTPUT_FORMAT", "HEX");
        DEFAULTS.put("QUERY_CONTEXT_CACHE_SIZE", 5);
        DEFAULTS.put("SERVICE_NAME", "");
        DEFAULTS.put("CLIENT_TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_LTZ");
        DEFAULTS.put("CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ", true);
        DEFAULTS.put("CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX", false);
        DEFAULTS.put("CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false);
    }

    private Parameters() {}

    static ArrayNode of(Session session) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        DEFAULTS.forEach((name, value) -> {
            String own = session.parameter(name);
            ObjectNode entry = list.addObject().put("name", name);
            switch (value) {
                case Boolean b -> entry.put("value", own == null ? b : Boolean.parseBoolean(own));
                case Integer i ->
                    entry.put("value", own != null && own.matches("\\d{1,9}") ? Integer.parseInt(own) : i);
                default -> entry.put("value", own == null ? value.toString() : own);
            }
        });
        return list;
    }
}
