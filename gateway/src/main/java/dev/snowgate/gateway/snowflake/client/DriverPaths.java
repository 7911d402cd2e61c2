package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.model.statement.QueryId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Addresses and headers of both protocols, composed from typed values. */
final class DriverPaths {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{16,64}");

    private DriverPaths() {}

    /** A path with a query; each attempt has a guid of its own. */
    static String with(String path, Map<String, String> query) {
        StringBuilder all = new StringBuilder(path).append('?');
        query.forEach((name, value) -> all.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                .append('&'));
        return all.append("request_guid=").append(UUID.randomUUID()).toString();
    }

    /** A path with nothing but a request id of this call's own. */
    static String once(String path) {
        return with(path, Map.of("requestId", UUID.randomUUID().toString()));
    }

    static Map<String, String> headers(String accept, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accept);
        headers.put("Authorization", "Snowflake Token=\"" + token + "\"");
        return headers;
    }

    /** An id as part of a path. */
    static String id(QueryId id) {
        if (!ID.matcher(id.value()).matches()) {
            throw UpstreamFault.notUnderstood("a query id has an unknown form");
        }
        return id.value();
    }
}
