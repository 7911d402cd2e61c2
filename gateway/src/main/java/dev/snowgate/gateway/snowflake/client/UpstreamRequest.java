package dev.snowgate.gateway.snowflake.client;

import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request upstream.
 *
 * @param pathAndQuery from the first slash on
 * @param headers ours; nothing of a client's
 * @param body may be empty
 */
record UpstreamRequest(HttpMethod method, String pathAndQuery, Map<String, String> headers, byte[] body) {
    static final byte[] NO_BODY = new byte[0];

    static UpstreamRequest get(String pathAndQuery, Map<String, String> headers) {
        return new UpstreamRequest(HttpMethod.GET, pathAndQuery, headers, NO_BODY);
    }

    static UpstreamRequest post(String pathAndQuery, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new UpstreamRequest(HttpMethod.POST, pathAndQuery, all, body);
    }

    @Override
    public String toString() {
        return "UpstreamRequest[" + method + "]";
    }
}
