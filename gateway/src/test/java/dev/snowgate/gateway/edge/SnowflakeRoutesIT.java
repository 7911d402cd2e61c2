package dev.snowgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;

class SnowflakeRoutesIT {
    private static final String ID = "01b2c3d4-0000-0000-0000-000000000009";

    /** For each route a request without credentials, and the code that it must be refused with. */
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry("login", List.of("POST /session/v1/login-request 390100")),
            Map.entry("token-renewal", List.of("POST /session/token-request 390114")),
            Map.entry("heartbeat", List.of("POST /session/heartbeat 390100")),
            Map.entry("logout", List.of("POST /session?delete=true 390100")),
            Map.entry(
                    "statement",
                    List.of(
                            "POST /queries/v1/query-request?requestId=r 390100",
                            "POST /queries/v1/query-request 390100")),
            Map.entry("result-poll", List.of("GET /queries/" + ID + "/result 390100")),
            Map.entry(
                    "cancel",
                    List.of("POST /queries/v1/abort-request 390100", "POST /queries/" + ID + "/abort-request 390100")),
            Map.entry("query-status", List.of("GET /monitoring/queries/" + ID + " 390100")),
            Map.entry("telemetry", List.of("POST /telemetry/send 390100", "POST /telemetry/send/sessionless 390100")),
            Map.entry(
                    "sql-api-statement",
                    List.of(
                            "POST /api/v2/statements 390100",
                            "POST /api/v2/statements/ 390100",
                            "POST /api/v2/statements?async=maybe 390100")),
            Map.entry(
                    "sql-api-result",
                    List.of(
                            "GET /api/v2/statements/" + ID + " 390100",
                            "GET /api/v2/statements/" + ID + "?partition=1 390100")),
            Map.entry("sql-api-cancel", List.of("POST /api/v2/statements/" + ID + "/cancel 390100")),
            Map.entry("result-chunk", List.of("GET /snowgate/chunks/guess/1 099102")),
            Map.entry(
                    "refused",
                    List.of(
                            "GET / 099102",
                            "GET /queries/v1/query-request 099111",
                            "GET /session 099111",
                            "POST /session/authenticator-request 390100",
                            "POST /api/v2/cortex/inference:complete 099102",
                            "GET /monitoring/queries 099102",
                            "OPTIONS /queries/v1/query-request 099111")));

    private static EdgeFixture edge;

    @BeforeAll
    static void start() {
        edge = new EdgeFixture();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void forget() {
        edge.backend.calls.clear();
        edge.backend.refusals.clear();
    }

    @Test
    void no_route_answers_without_a_principal() {
        List<Route> routes = edge.context
                .getBeansOfType(RouteLocator.class)
                .get("snowflakeRouteTable")
                .getRoutes()
                .collectList()
                .block();
        assertThat(routes).isNotNull();
        assertThat(routes.stream().map(Route::getId)).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
        SAMPLES.values().stream().flatMap(List::stream).forEach(sample -> {
            // Given
            String[] words = sample.split(" ");
            byte[] body = words[0].equals("POST") ? "{\"data\":{}}".getBytes(StandardCharsets.UTF_8) : new byte[0];

            // When
            var reply = edge.send(words[0], words[1], body, "Content-Type", "application/json");

            // Then
            assertThat(reply.body()).as(sample).contains("\"code\":\"" + words[2] + "\"");
            assertThat(reply.headers().firstValue("Content-Type")).as(sample).contains("application/json");
        });
        assertThat(edge.backend.calls).isEmpty();
        assertThat(edge.backend.refusals)
                .hasSize((int) SAMPLES.values().stream().mapToLong(List::size).sum());
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health,200",
        "/actuator/env,401",
        "/actuator/beans,401",
        "/actuator,401",
        "/actuator/gateway/routes,401"
    })
    void of_our_own_endpoints_only_health_and_figures_are_open(String path, int status) {
        assertThat(edge.send("GET", path, new byte[0]).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/queries//result,099101", "/queries/v1/query-request;x=1,099101", "/session/%2e%2e/x,099101"})
    void paths_that_the_framework_stops_get_the_drivers_envelope(String path, String code) throws Exception {
        String reply = RawHttp.send(edge.uri("/").getPort(), "GET " + path + " HTTP/1.1");

        assertThat(reply)
                .startsWith("HTTP/1.1 200")
                .contains("\"success\":false")
                .contains(code);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /queries/%zz/result HTTP/1.1,200,099101",
        "GET /queries/v1/query-request?requestId=%zz HTTP/1.1,200,099101",
        "POST /api/v2/statements?requestId=%zz HTTP/1.1,400,099101",
        "GET /queries/1/result HTTP/9.7,200,099101",
        "GET /queries/1/result NOTHING,404,099102",
        "GET http://[/queries HTTP/1.1,404,099102",
        "GET /%zz HTTP/1.1,404,099102",
        "* HTTP/1.1,404,099102",
    })
    void what_is_no_valid_http_is_refused_like_everything_else(String line, int status, String code) throws Exception {
        edge.backend.refusals.clear();
        String reply = RawHttp.send(edge.uri("/").getPort(), line);

        assertThat(reply).startsWith("HTTP/1.1 " + status).contains(code).contains("\"message\"");
        assertThat(edge.backend.calls).isEmpty();
        assertThat(edge.backend.refusals).as("recorded").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queries/1/result", "/api/v2/statements/1", "/nowhere"})
    void a_head_that_is_too_long_is_refused_in_the_form_of_its_path(String path) throws Exception {
        edge.backend.refusals.clear();
        String reply =
                RawHttp.send(edge.uri("/").getPort(), "GET " + path + " HTTP/1.1\r\nX-Long: " + "x".repeat(80_000));
        String line = RawHttp.send(edge.uri("/").getPort(), "GET " + path + "?q=" + "x".repeat(80_000) + " HTTP/1.1");

        assertThat(reply).startsWith("HTTP/1.1 ").contains("\"message\"");
        assertThat(line).startsWith("HTTP/1.1 ").contains("\"message\"");
        assertThat(edge.backend.refusals).hasSize(2);
    }

    @Test
    void a_host_that_is_none_is_refused_and_a_mark_of_the_client_is_taken_away() throws Exception {
        String host = RawHttp.send(edge.uri("/").getPort(), "GET /queries/1/result HTTP/1.1\r\nHost: two words");
        String mark =
                RawHttp.send(edge.uri("/").getPort(), "GET /queries/1/result HTTP/1.1\r\nx-snowgate-malformed: a");

        assertThat(host).startsWith("HTTP/1.1 200").contains("099101");
        assertThat(mark).doesNotContain("099101");
    }
}
