package dev.snowgate.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The provider over HTTP, as the gateway and an agent meet it. */
class IdentityIT {
    @TempDir
    Path state;

    @Test
    void an_agent_gets_a_token_with_its_groups_audience_and_person() throws Exception {
        // Given
        try (ConfigurableApplicationContext context = start()) {
            // When
            HttpResponse<String> reply = token(context, "support-copilot", "s3cret");

            // Then
            assertThat(reply.statusCode()).isEqualTo(200);
            String jwt = reply.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
            var claims = SignedJWT.parse(jwt).getJWTClaimsSet();
            assertThat(claims.getAudience()).containsExactly("snowgate");
            assertThat(claims.getStringListClaim("groups")).containsExactly("analysts-masked");
            assertThat(claims.getJSONObjectClaim("act_for")).containsEntry("email", "priya@acme.example");
            assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1/issuer");
        }
    }

    @Test
    void a_wrong_secret_gets_nothing() throws Exception {
        // Given
        try (ConfigurableApplicationContext context = start()) {
            // When
            HttpResponse<String> reply = token(context, "support-copilot", "wrong");

            // Then
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.body()).doesNotContain("access_token");
        }
    }

    @Test
    void the_signing_key_outlives_a_restart() throws Exception {
        // Given
        String first;
        try (ConfigurableApplicationContext context = start()) {
            first = keys(context);
        }

        // When
        String second;
        try (ConfigurableApplicationContext context = start()) {
            second = keys(context);
        }

        // Then
        assertThat(second).isEqualTo(first).contains("\"kid\"").doesNotContain("\"d\"");
    }

    @Test
    void health_needs_no_log_in() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(send(HttpRequest.newBuilder(URI.create(base(context) + "/actuator/health"))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                IdentityApplication.class,
                List.of(
                                "--server.port=0",
                                "--demo.identity.issuer=http://127.0.0.1/issuer",
                                "--demo.identity.key-file=" + state.resolve("key.json"),
                                "--demo.identity.console-url=http://127.0.0.1:1",
                                "--demo.identity.console-secret=console-secret",
                                "--demo.identity.people[0].email=mara@acme.example",
                                "--demo.identity.people[0].name=Mara",
                                "--demo.identity.people[0].password=pw",
                                "--demo.identity.people[0].groups=data-owners",
                                "--demo.identity.agents[0].id=support-copilot",
                                "--demo.identity.agents[0].secret=s3cret",
                                "--demo.identity.agents[0].groups=analysts-masked",
                                "--demo.identity.agents[0].person=priya@acme.example")
                        .toArray(String[]::new));
    }

    private static HttpResponse<String> token(ConfigurableApplicationContext context, String agent, String secret)
            throws Exception {
        String basic = Base64.getEncoder().encodeToString((agent + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(base(context) + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
    }

    private static String keys(ConfigurableApplicationContext context) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base(context) + "/oauth2/jwks"))
                        .build())
                .body();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String base(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }
}
