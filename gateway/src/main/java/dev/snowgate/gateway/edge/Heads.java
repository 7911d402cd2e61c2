package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads the heads of HTTP requests. */
final class Heads {
    private Heads() {}

    /** The path stays as sent: no path that we serve needs an escape, and one that has any is none of ours. */
    static RequestHead of(ServerHttpRequest request, List<Network> proxies) {
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        return new RequestHead(
                request.getMethod().name(),
                request.getURI().getRawPath(),
                query(request),
                headers,
                ClientAddress.of(request, proxies));
    }

    private static Map<String, List<String>> query(ServerHttpRequest request) {
        try {
            Map<String, List<String>> query = new HashMap<>();
            request.getQueryParams()
                    .forEach((name, values) -> query.put(
                            name,
                            values.stream()
                                    .map(value -> value == null ? "" : value)
                                    .toList()));
            return query;
        } catch (IllegalArgumentException e) {
            throw new GatewayException(GatewayErrorCode.MALFORMED_REQUEST, "The query of the URL is not valid.");
        }
    }
}
