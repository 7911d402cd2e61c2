package dev.snowgate.console.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.model.approval.ApprovalId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = {ConsoleApplication.class, ReviewersApiIT.Tokens.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class ReviewersApiIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static Map<String, ApprovalId> requests = Map.of();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        requests = new SampleWorld(CONSOLE.data()).build().requests();
    }

    /** Takes tokens of the form {@code person:group}; the signature is not this test's matter. */
    @Configuration(proxyBeanMethods = false)
    static class Tokens {
        @Bean
        JwtDecoder decoder() {
            return token -> {
                String[] parts = token.split("\\.");
                if (parts.length != 2) {
                    throw new BadJwtException("no token of ours");
                }
                return Jwt.withTokenValue(token)
                        .header("alg", "none")
                        .claim("email", parts[0] + "@acme.example")
                        .claim("email_verified", true)
                        .claim("groups", List.of(parts[1]))
                        .issuedAt(Instant.now())
                        .expiresAt(Instant.now().plusSeconds(60))
                        .build();
            };
        }
    }

    private HttpResponse<String> send(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/approvals" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void without_a_token_or_with_a_foreign_one_nothing_is_answered() throws Exception {
        assertThat(send("", "GET", "", "").statusCode()).isEqualTo(401);
        assertThat(send("nonsense", "GET", "", "").statusCode()).isEqualTo(401);
        assertThat(send("guest.nobody", "GET", "", "").statusCode()).isEqualTo(403);
    }

    @Test
    void pages_load_from_here_only_and_nobody_frames_them() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/logged-out.html"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        }
    }

    @Test
    void lists_and_decides_under_the_same_rules_as_the_page() throws Exception {
        // When
        HttpResponse<String> list = send("mara.approvers", "GET", "", "");
        HttpResponse<String> own = send("tom.approvers", "POST", "/" + requests.get("tickets") + "/approve", "{}");
        HttpResponse<String> wordless =
                send("mara.approvers", "POST", "/" + requests.get("tickets") + "/deny", "{\"comment\":\"\"}");
        HttpResponse<String> reader = send("audra.auditors", "POST", "/" + requests.get("tickets") + "/approve", "{}");
        HttpResponse<String> approved =
                send("mara.approvers", "POST", "/" + requests.get("tickets") + "/approve", "{\"comment\":\"Fine.\"}");
        HttpResponse<String> again =
                send("ivo.approvers", "POST", "/" + requests.get("tickets") + "/deny", "{\"comment\":\"No.\"}");

        // Then
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("\"" + requests.get("tickets") + "\"");
        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(own.body()).contains("FOUR_EYES");
        assertThat(wordless.statusCode()).isEqualTo(400);
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(approved.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(409);
    }
}
