package dev.snowgate.gateway.snowflake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.SessionFixture;
import dev.snowgate.gateway.session.UpstreamLogIn;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.SessionId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A Snowflake that answers as each test says, and notes what it was asked. */
class UpstreamFaultsIT {
    private static final String ROWS = """
            {"data":{"queryId":"01b2c3d4-0000-1111-2222-333344445555","rowtype":[],"rowset":[],"total":0,"queryResultFormat":"json"},
            "code":null,"message":null,"success":true}""";
    private static SessionFixture sessions;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<SessionId> lost = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer = json(ROWS);
    private DisposableServer server;
    private UpstreamProperties properties;
    private DriverSessions driver;
    private UpstreamClient client;
    private AgentSession session;

    @BeforeAll
    static void database() {
        sessions = new SessionFixture();
    }

    @AfterAll
    static void noDatabase() {
        sessions.close();
    }

    @BeforeEach
    void start() {
        server =
                HttpServer.create().host("127.0.0.1").port(0).handle(this::note).bindNow();
        URI url = URI.create("http://127.0.0.1:" + server.port());
        properties = UpstreamFixture.properties(url, Duration.ofSeconds(1), "127.0.0.1:" + server.port());
        UpstreamHttp http = UpstreamFixture.http(properties);
        driver = new DriverSessions(http, sessions.vault(), UpstreamFixture.credentials(properties));
        client = UpstreamFixture.client(http, driver, properties, id -> Mono.fromRunnable(() -> lost.add(id)));
        session = sessions.logIn().session();
    }

    @AfterEach
    void stop() {
        server.disposeNow(Duration.ofSeconds(2));
    }

    private Publisher<Void> note(HttpServerRequest request, HttpServerResponse response) {
        asked.add(request.method() + " " + request.uri() + " "
                + request.requestHeaders().entries());
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            bodies.add(body);
            return Mono.from(answer.apply(request, response));
        });
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> json(String text) {
        return (request, response) ->
                response.header("Content-Type", "application/json").sendString(Mono.just(text));
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> bytes(byte[] body) {
        return (request, response) ->
                response.header("Content-Encoding", "gzip").send(Mono.just(Unpooled.wrappedBuffer(body)));
    }

    @Test
    void a_statement_carries_our_token_its_request_id_and_nothing_of_the_client() {
        // Given
        ClearedStatement cleared = UpstreamFixture.cleared(session, "SELECT 1");

        // When
        client.execute(cleared).block(Duration.ofSeconds(10));

        // Then
        assertThat(asked.getFirst())
                .startsWith("POST /queries/v1/query-request?requestId="
                        + cleared.call().upstreamRequestId())
                .contains("request_guid=")
                .contains("Snowflake Token=\"up-session-")
                .doesNotContain("retryCount");
    }

    @Test
    void a_repetition_has_the_same_body_and_request_id_and_a_count() {
        // Given
        ClearedStatement cleared = UpstreamFixture.cleared(session, "SELECT 1");

        // When
        client.execute(cleared).block(Duration.ofSeconds(10));
        client.resend(cleared, 3).block(Duration.ofSeconds(10));

        // Then
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
        assertThat(asked.get(1))
                .contains(cleared.call().upstreamRequestId().toString())
                .contains("retryCount=3");
    }

    @Test
    void silence_is_a_timeout() {
        answer = (request, response) -> Mono.never();

        assertFault(GatewayErrorCode.UPSTREAM_TIMEOUT, client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
    }

    @Test
    void a_closed_port_is_unavailable() {
        server.disposeNow(Duration.ofSeconds(2));

        assertFault(
                GatewayErrorCode.UPSTREAM_UNAVAILABLE, client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
    }

    @Test
    void what_is_not_json_and_a_redirect_are_not_understood() {
        answer = json("<html>hello</html>");
        assertFault(
                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD,
                client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
        answer = (request, response) -> response.sendRedirect("http://127.0.0.1:" + server.port() + "/elsewhere");
        assertFault(
                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD,
                client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_gzip_bomb_is_not_inflated_beyond_the_limit() throws IOException {
        // Given
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 20; i++) {
                gzip.write(zeros);
            }
        }
        answer = bytes(bomb.toByteArray());

        // Then
        assertFault(
                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD,
                client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
    }

    @Test
    void a_gzip_reply_is_read() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(ROWS.getBytes(StandardCharsets.UTF_8));
        }
        answer = bytes(zipped.toByteArray());

        assertThat(client.execute(UpstreamFixture.cleared(session, "SELECT 1")).block(Duration.ofSeconds(10)))
                .isInstanceOf(UpstreamReply.Complete.class);
    }

    @Test
    void after_many_faults_no_call_is_made_for_a_while() {
        // Given
        answer = (request, response) -> response.status(503).send();
        for (int i = 0; i < 30; i++) {
            assertFault(
                    GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                    client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
        }

        // Then
        assertThat(asked).hasSizeLessThan(30);
        assertThatThrownBy(() -> client.execute(UpstreamFixture.cleared(session, "SELECT 1"))
                        .block(Duration.ofSeconds(10)))
                .hasMessageContaining("failed too often");
    }

    @Test
    void a_renewed_token_that_is_not_accepted_is_never_shown_as_expired() {
        // Given
        answer = (request, response) -> json(request.uri().startsWith("/session/token-request")
                        ? "{\"success\":true,\"code\":null,\"data\":{\"sessionToken\":\"s2\",\"masterToken\":\"m2\"}}"
                        : "{\"success\":false,\"code\":\"390112\",\"message\":\"expired\",\"data\":null}")
                .apply(request, response);

        // Then
        assertFault(
                GatewayErrorCode.UPSTREAM_UNAVAILABLE, client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_renewal_that_is_refused_ends_the_session() {
        // Given
        answer = (request, response) -> json("{\"success\":false,\"code\":\""
                        + (request.uri().startsWith("/session/token-request") ? "390114" : "390112")
                        + "\",\"message\":\"no\",\"data\":null}")
                .apply(request, response);

        // Then
        assertFault(GatewayErrorCode.SESSION_GONE, client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
        assertThat(lost).containsExactly(session.id());
    }

    @Test
    void a_session_that_the_upstream_does_not_know_any_more_is_ended_here_too() {
        // Given
        answer = json("{\"success\":false,\"code\":\"390111\",\"message\":\"gone\",\"data\":null}");

        // When
        UpstreamReply reply =
                client.execute(UpstreamFixture.cleared(session, "SELECT 1")).block(Duration.ofSeconds(10));

        // Then
        assertThat(reply).isInstanceOf(UpstreamReply.Failed.class);
        assertThat(lost).containsExactly(session.id());
    }

    @Test
    void a_log_in_without_switching_secondary_roles_off_opens_nothing_and_is_closed() {
        // Given
        answer = (request, response) -> json(request.uri().startsWith("/session/v1/login-request")
                        ? "{\"success\":true,\"code\":null,\"data\":{\"token\":\"t\",\"masterToken\":\"m\",\"sessionId\":1,"
                                + "\"parameters\":[],\"sessionInfo\":{\"roleName\":\"SUPPORT\"}}}"
                        : "{\"success\":false,\"code\":\"003001\",\"message\":\"no\",\"data\":null}")
                .apply(request, response);

        // Then
        assertFault(GatewayErrorCode.AUTHENTICATION_FAILED, driver.open(wished()));
        assertThat(asked.getLast()).contains("delete=true");
        assertThat(bodies.getFirst()).contains("\"SECONDARY_ROLES\":\"NONE\"").contains("SNOWFLAKE_JWT");
    }

    @Test
    void a_session_in_another_role_than_named_is_not_accepted() {
        answer = json("{\"success\":true,\"code\":null,\"data\":{\"token\":\"t\",\"masterToken\":\"m\",\"sessionId\":1,"
                + "\"parameters\":[],\"sessionInfo\":{\"roleName\":\"ACCOUNTADMIN\"}}}");

        assertFault(GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD, driver.open(wished()));
    }

    @Test
    void an_abort_names_the_statement_s_request_id_and_does_not_mind_when_there_was_nothing() {
        // Given
        UUID requestId = UUID.randomUUID();
        answer = json("{\"success\":false,\"code\":\"000605\",\"message\":\"nothing\",\"data\":null}");

        // When
        client.abort(session, requestId, Optional.empty()).block(Duration.ofSeconds(10));

        // Then
        assertThat(asked.getFirst()).startsWith("POST /queries/v1/abort-request");
        assertThat(bodies.getFirst()).contains(requestId.toString());
    }

    @Test
    void a_chunk_request_has_key_headers_and_nothing_else_of_the_reply() {
        // Given
        StorageClient storage = new StorageClient(properties, CircuitBreakerRegistry.ofDefaults());
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/chunk?sig=a%2Fb");

        // When
        List<Integer> sizes = storage.fetch(
                        url,
                        Map.of(
                                "x-amz-server-side-encryption-customer-key",
                                "k",
                                "Authorization",
                                "stolen",
                                "Host",
                                "evil"),
                        new AgentId("copilot"),
                        (head, body) -> body.map(part -> part.readableBytes()))
                .collectList()
                .block(Duration.ofSeconds(10));

        // Then
        assertThat(sizes).isNotEmpty();
        assertThat(asked.getFirst())
                .startsWith("GET /chunk?sig=a%2Fb")
                .contains("x-amz-server-side-encryption-customer-key")
                .doesNotContain("stolen")
                .doesNotContain("evil");
    }

    @Test
    void a_host_whose_address_is_internal_gets_no_request() {
        // Given
        StorageClient storage =
                new StorageClient(properties, CircuitBreakerRegistry.ofDefaults(), (url, address) -> false);

        // Then
        assertFault(
                GatewayErrorCode.RESULT_WITHHELD,
                storage.fetch(
                                URI.create("http://127.0.0.1:" + server.port() + "/chunk"),
                                Map.of(),
                                new AgentId("copilot"),
                                (head, body) -> body.map(part -> part.readableBytes()))
                        .then());
        assertThat(asked).isEmpty();
    }

    @Test
    void one_agent_has_its_share_of_the_places_and_what_is_beyond_it_waits() {
        // Given
        StorageClient storage = new StorageClient(properties, CircuitBreakerRegistry.ofDefaults());
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        answer = (request, response) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            return response.sendString(
                    Mono.just("x").delayElement(Duration.ofMillis(300)).doFinally(end -> now.decrementAndGet()));
        };
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/chunk");

        // When
        Long read = Flux.range(0, 8)
                .flatMap(
                        i -> storage.fetch(url, Map.of(), new AgentId("copilot"), (head, body) -> body.map(part -> 1L)),
                        8)
                .reduce(0L, Long::sum)
                .block(Duration.ofSeconds(20));

        // Then
        assertThat(read).isEqualTo(8L);
        assertThat(most.get()).isBetween(1, 4);
    }

    private static UpstreamLogIn wished() {
        return new UpstreamLogIn(
                "copilot",
                UpstreamFixture.identities().agent("copilot").orElseThrow(),
                "SUPPORT",
                "COMPUTE_WH",
                Optional.empty(),
                Optional.empty(),
                new ClientApplication("curl", "1"),
                Map.of());
    }

    private static void assertFault(GatewayErrorCode code, Mono<?> call) {
        assertThatThrownBy(() -> call.block(Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code()).as(fault.getMessage()).isEqualTo(code));
    }
}
