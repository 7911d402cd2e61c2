package dev.snowgate.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One logged-in client of the drivers' protocol, by plain HTTP, so that no driver's own cost is measured. */
final class DriverClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> IN_PROGRESS = List.of("333333", "333334");
    private final HttpClient http;
    private final URI base;
    private final String token;

    private DriverClient(HttpClient http, URI base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    static DriverClient logIn(HttpClient http, URI base, Map<String, String> credentials) {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve("/session/v1/login-request?requestId=" + UUID.randomUUID()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("data", credentials))))
                .build();
        JsonNode reply = JSON.readTree(send(http, request));
        String token = reply.path("data").path("token").asString("");
        if (token.isEmpty()) {
            throw new IllegalStateException("no session: " + reply);
        }
        return new DriverClient(http, base, token);
    }

    /** Runs a statement and reads its whole first reply; fails unless it succeeded. */
    void run(String sql) {
        byte[] body = answer(sql);
        if (!contains(body, "\"success\":true")) {
            throw new IllegalStateException("a statement failed: "
                    + new String(body, 0, Math.min(400, body.length), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** Runs a statement, polls until it has ended and gives the {@code data} of its reply; fails unless it succeeded. */
    JsonNode ask(String sql) {
        JsonNode reply = JSON.readTree(answer(sql));
        for (int i = 0; i < 60 && IN_PROGRESS.contains(reply.path("code").asString("")); i++) {
            reply = JSON.readTree(send(
                    http,
                    request(reply.path("data").path("getResultUrl").asString())
                            .GET()
                            .build()));
        }
        if (!reply.path("success").asBoolean()) {
            throw new IllegalStateException(
                    "a statement failed: " + reply.path("message").asString(""));
        }
        return reply.path("data");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/snowflake")
                .header("Authorization", "Snowflake Token=\"" + token + "\"");
    }

    private byte[] answer(String sql) {
        HttpRequest request = request("/queries/v1/query-request?requestId=" + UUID.randomUUID())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("sqlText", sql, "parameters", Map.of("JDBC_QUERY_RESULT_FORMAT", "JSON")))))
                .build();
        return send(http, request);
    }

    private static boolean contains(byte[] body, String part) {
        return new String(body, java.nio.charset.StandardCharsets.ISO_8859_1).contains(part);
    }

    private static byte[] send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
