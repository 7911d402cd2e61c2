package dev.snowgate.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks both dialects by hand, to see what a driver hides. */
final class RawClient {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private String token = "";

    RawClient(URI base) {
        this.base = base;
    }

    /** A body and its status. */
    record Answer(int status, HttpResponse<byte[]> response) {
        JsonNode json() throws IOException {
            byte[] body = response.body();
            boolean gzip =
                    response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
            return JSON.readTree(gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
        }
    }

    Answer send(String method, String pathOrUrl, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        pathOrUrl.startsWith("http") ? URI.create(pathOrUrl) : base.resolve(pathOrUrl))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    JsonNode login(String user, String password) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(
                Map.of("data", Map.of("LOGIN_NAME", user, "PASSWORD", password, "CLIENT_APP_ID", "Raw")));
        JsonNode reply = send("POST", "/session/v1/login-request?requestId=" + UUID.randomUUID(), body, Map.of())
                .json();
        token = reply.path("data").path("token").asString("");
        return reply;
    }

    Map<String, String> auth() {
        return Map.of("Authorization", "Snowflake Token=\"" + token + "\"", "Accept", "application/snowflake");
    }

    JsonNode query(String sql, String requestId, Map<String, ?> more) throws IOException, InterruptedException {
        Map<String, Object> body = new java.util.HashMap<>(more);
        body.put("sqlText", sql);
        return send("POST", "/queries/v1/query-request?requestId=" + requestId, JSON.writeValueAsString(body), auth())
                .json();
    }

    JsonNode query(String sql) throws IOException, InterruptedException {
        return query(sql, UUID.randomUUID().toString(), Map.of());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", auth()).json();
    }
}
