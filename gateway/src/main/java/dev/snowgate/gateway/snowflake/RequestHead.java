package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request without its body.
 *
 * @param method upper-case HTTP method
 * @param path decoded path
 * @param query decoded query parameters with all their values
 * @param headers headers, found whatever their case
 * @param network the peer's address
 */
public record RequestHead(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String network) {
    public RequestHead {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(sorted::put);
        headers = sorted;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** A query parameter that we read: given at most once; empty text counts as absent. */
    public Optional<String> queryParameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new GatewayException(
                    GatewayErrorCode.MALFORMED_REQUEST, "The query parameter '" + name + "' is given more than once.");
        }
        return values.stream()
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    /** A query parameter that is true or false; absent is {@code otherwise}. */
    public boolean queryFlag(String name, boolean otherwise) {
        return switch (queryParameter(name)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElse("")) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new GatewayException(
                        GatewayErrorCode.MALFORMED_REQUEST,
                        "The query parameter '" + name + "' is neither true nor false.");
        };
    }

    /** Refuses a body that says to be something else than JSON; one that says nothing is taken for JSON. */
    public void requireJson() {
        String type = header("Content-Type").orElse("application/json");
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/json")) {
            throw new GatewayException(
                    GatewayErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be of the type application/json.");
        }
    }

    @Override
    public String toString() {
        // Query and headers may carry tokens.
        return "RequestHead[" + method + "]";
    }
}
