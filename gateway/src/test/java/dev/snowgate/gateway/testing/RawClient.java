package dev.snowgate.gateway.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks both dialects by hand, to see and send what a driver hides or would never send. Closing it ends its connections. */
public final class RawClient implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;
    private String token = "";
    private String master = "";

    public RawClient(URI base) {
        this.base = base;
    }

    /** Logged in as that agent. */
    public static RawClient loggedIn(TestGateway gateway, String agent) {
        RawClient client = new RawClient(gateway.url());
        client.logIn(agent, gateway.token(agent));
        return client;
    }

    /** A status, headers and a body; the body inflated. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public byte[] body() {
            boolean gzip =
                    response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
            try {
                return gzip
                        ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
                        : response.body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        public String code() {
            return json().path("code").asString("");
        }
    }

    public Answer send(String method, String pathOrUrl, byte @Nullable [] body, Map<String, String> headers) {
        try {
            return new Answer(
                    http.send(request(method, pathOrUrl, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer send(String method, String pathOrUrl, String body, Map<String, String> headers) {
        return send(method, pathOrUrl, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer get(String pathOrUrl, Map<String, String> headers) {
        return send("GET", pathOrUrl, (byte[]) null, headers);
    }

    public CompletableFuture<Answer> later(
            String method, String path, byte @Nullable [] body, Map<String, String> headers) {
        return http.sendAsync(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    private HttpRequest request(String method, String pathOrUrl, byte @Nullable [] body, Map<String, String> headers) {
        URI uri = pathOrUrl.startsWith("http") ? URI.create(pathOrUrl) : base.resolve(pathOrUrl);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    // ---- the drivers' protocol

    public JsonNode logIn(String agent, String identityToken) {
        JsonNode reply = send(
                        "POST",
                        "/session/v1/login-request?requestId=" + UUID.randomUUID(),
                        json(Map.of(
                                "data",
                                Map.of(
                                        "ACCOUNT_NAME",
                                        TestGateway.ACCOUNT,
                                        "LOGIN_NAME",
                                        agent,
                                        "AUTHENTICATOR",
                                        "OAUTH",
                                        "TOKEN",
                                        identityToken,
                                        "CLIENT_APP_ID",
                                        "Raw",
                                        "CLIENT_APP_VERSION",
                                        "1"))),
                        Map.of("Content-Type", "application/json"))
                .json();
        token = reply.path("data").path("token").asString("");
        master = reply.path("data").path("masterToken").asString("");
        return reply;
    }

    public String sessionToken() {
        return token;
    }

    public String masterToken() {
        return master;
    }

    public Map<String, String> driverHeaders() {
        return Map.of(
                "Authorization", "Snowflake Token=\"" + token + "\"",
                "Accept", "application/json",
                "Content-Type", "application/json");
    }

    public Answer query(String sql) {
        return query(sql, UUID.randomUUID().toString(), Map.of());
    }

    public Answer query(String sql, String requestId, Map<String, ?> more) {
        return send("POST", queryPath(requestId), json(queryBody(sql, more)), driverHeaders());
    }

    public static String queryPath(String requestId) {
        return "/queries/v1/query-request?requestId=" + requestId;
    }

    public static Map<String, Object> queryBody(String sql, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("sqlText", sql);
        return body;
    }

    /** Polls until the statement has ended. */
    public Answer followed(Answer first) {
        Answer now = first;
        for (int i = 0; i < 60 && List.of("333333", "333334").contains(now.code()); i++) {
            now = get(now.json().path("data").path("getResultUrl").asString(), driverHeaders());
        }
        return now;
    }

    public Answer poll(String id) {
        return get("/queries/" + id + "/result", driverHeaders());
    }

    // ---- the SQL API

    public static Map<String, String> bearer(String identityToken) {
        return Map.of(
                "Authorization", "Bearer " + identityToken,
                "Accept", "application/json",
                "Content-Type", "application/json",
                "User-Agent", "raw/1.0");
    }

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
