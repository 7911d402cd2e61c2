package dev.snowgate.emulator.protocol;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What goes back to the client.
 *
 * @param body content; null when a file is sent or the connection is cut
 * @param reset true: close the connection without an answer
 */
public record Reply(
        int status,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable Path file,
        boolean reset) {

    public static Reply json(int status, JsonNode node) {
        return json(status, Json.bytes(node));
    }

    public static Reply json(int status, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", "application/json"), bytes, null, false);
    }

    public static Reply cut() {
        return new Reply(0, Map.of(), null, null, true);
    }

    public static Reply gzipFile(Path file) {
        return new Reply(
                200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), null, file, false);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body, file, reset);
    }
}
