package dev.snowgate.gateway.snowflake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.EmulatorServer;
import dev.snowgate.emulator.Fault;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.SessionFixture;
import dev.snowgate.gateway.session.UpstreamLogIn;
import dev.snowgate.gateway.session.UpstreamSession;
import dev.snowgate.gateway.snowflake.JsonReply;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@ExtendWith(BufferLeaks.class)
class EmulatedUpstreamIT {
    private static EmulatorServer emulator;
    private static SessionFixture sessions;
    private static UpstreamProperties properties;
    private static UpstreamHttp http;
    private static DriverSessions driver;
    private static UpstreamClient client;
    private static StorageClient storage;
    private AgentSession session;

    @BeforeAll
    static void start() {
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .account("SNOWGATE")
                .user(EmulatedUser.named("COPILOT", "x", "SUPPORT").withPublicKey(UpstreamFixture.publicKey()))
                .user(EmulatedUser.named("CATALOG", "x", "READER").withPublicKey(UpstreamFixture.publicKey()))
                .rows(10, 1000)
                .seed(100, 5_000, 100)
                .build());
        sessions = new SessionFixture();
        properties = UpstreamFixture.properties(
                emulator.url(),
                Duration.ofSeconds(20),
                "127.0.0.1:" + emulator.storagePort(),
                "localhost:" + emulator.storagePort());
        http = UpstreamFixture.http(properties);
        driver = new DriverSessions(http, sessions.vault(), UpstreamFixture.credentials(properties));
        client = UpstreamFixture.client(http, driver, properties);
        storage = new StorageClient(properties, CircuitBreakerRegistry.ofDefaults());
    }

    @AfterAll
    static void stop() {
        emulator.close();
        sessions.close();
    }

    /** An agent's session whose upstream tokens are those of a session that the emulator opened. */
    @BeforeEach
    void open() {
        emulator.clearFaults();
        OpenedSession opened = sessions.logIn();
        session = opened.session();
        sessions.vault()
                .write(session.id(), now(driver.open(wished("SUPPORT"))).tokens())
                .block(Duration.ofSeconds(10));
        emulator.clearLog();
    }

    @Test
    void a_log_in_proves_the_key_and_names_everything() {
        // When
        UpstreamSession opened = now(driver.open(wished("SUPPORT")));

        // Then
        assertThat(opened.name("role")).contains("SUPPORT");
        assertThat(opened.name("warehouse")).contains("COMPUTE_WH");
        assertThat(opened.name("database")).contains("PROD");
        assertThat(opened.name("schema")).contains("CRM");
        assertThat(opened.user()).isEqualTo("COPILOT");
        assertThat(opened.dropped()).containsExactly("QUERY_TAG");
        assertThat(opened.inForce()).containsEntry("TIMEZONE", "UTC");
        assertThat(opened.parameters()).containsEntry("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 0L);
        assertThat(emulator.log())
                .anySatisfy(entry -> assertThat(entry.toString()).contains("SECONDARY"));
    }

    @Test
    void a_role_that_the_user_does_not_hold_is_refused() {
        assertFault(GatewayErrorCode.AUTHENTICATION_FAILED, driver.open(wished("ACCOUNTADMIN")));
    }

    @Test
    void a_cleared_statement_runs_once_and_gives_its_rows() {
        // When
        UpstreamReply.Complete reply =
                complete(client.execute(UpstreamFixture.cleared(session, "SELECT 1 AS A, 'x' AS B")));

        // Then
        assertThat(reply.rows()).isEqualTo(1);
        assertThat(reply.columns()).extracting(column -> column.name()).containsExactly("A", "B");
        assertThat(reply.finalContext()).containsEntry("role", Optional.of("SUPPORT"));
        assertThat(emulator.log()).hasSize(1);
    }

    @Test
    void the_statement_s_own_error_is_a_value() {
        UpstreamReply reply = now(client.execute(UpstreamFixture.cleared(session, "SELECT * FROM NO_SUCH_TABLE")));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        UpstreamReply.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("002003"));
    }

    @Test
    void an_expired_upstream_token_is_renewed_once_for_all_and_never_seen() {
        // Given
        String before = now(sessions.vault().read(session.id())).sessionToken();
        emulator.expireTokens();

        // When
        List<UpstreamReply> replies = now(Flux.range(0, 6)
                .flatMap(i -> client.execute(UpstreamFixture.cleared(session, "SELECT " + i)), 6)
                .collectList());

        // Then
        assertThat(replies)
                .hasSize(6)
                .allSatisfy(reply -> assertThat(reply).isInstanceOf(UpstreamReply.Complete.class));
        assertThat(now(sessions.vault().read(session.id())).sessionToken()).isNotEqualTo(before);
        assertThat(emulator.log()).hasSize(6);
    }

    @Test
    void a_broken_connection_is_no_failed_statement_and_a_repetition_runs_it_once() {
        // Given
        ClearedStatement cleared = UpstreamFixture.cleared(session, "SELECT 41 + 1 AS ANSWER");
        emulator.addFault(Fault.onPath("/queries/v1/query-request", Fault.Kind.RESET, 0, 1));

        // Then
        assertFault(GatewayErrorCode.UPSTREAM_UNAVAILABLE, client.execute(cleared));
        UpstreamReply.Complete first = complete(client.resend(cleared, 1));
        UpstreamReply.Complete second = complete(client.resend(cleared, 2));
        assertThat(second.queryId()).isEqualTo(first.queryId());
        assertThat(emulator.log()).hasSize(1);
    }

    @Test
    void a_status_of_the_way_is_unavailable() {
        emulator.addFault(Fault.onPath("/queries/v1/query-request", Fault.Kind.STATUS, 503, 1));

        assertFault(
                GatewayErrorCode.UPSTREAM_UNAVAILABLE, client.execute(UpstreamFixture.cleared(session, "SELECT 1")));
    }

    @Test
    void a_result_is_read_again_by_its_id() {
        // Given
        UpstreamReply.Complete first = complete(client.execute(UpstreamFixture.cleared(session, "SELECT 7 AS N")));

        // When
        UpstreamReply.Complete again = complete(client.reread(UpstreamFixture.owned(session, first.queryId())));

        // Then
        assertThat(again.queryId()).isEqualTo(first.queryId());
        assertThat(again.rows()).isEqualTo(1);
    }

    @Test
    void a_session_is_kept_alive_and_one_that_the_upstream_ended_is_gone() {
        // Given
        driver.beat(session.id()).block(Duration.ofSeconds(10));

        // When
        driver.close(now(sessions.vault().read(session.id()))).block(Duration.ofSeconds(10));

        // Then
        assertFault(GatewayErrorCode.SESSION_GONE, driver.beat(session.id()));
        assertThat(now(client.execute(UpstreamFixture.cleared(session, "SELECT 1"))))
                .isInstanceOf(UpstreamReply.Failed.class);
        assertFault(GatewayErrorCode.SESSION_GONE, client.resend(UpstreamFixture.cleared(session, "SELECT 1"), 1));
    }

    @Test
    void the_sql_api_is_called_with_a_token_of_our_own() {
        // Given
        AgentSession api = UpstreamFixture.sqlApiSession();

        // When
        UpstreamReply.Complete reply =
                complete(client.execute(UpstreamFixture.cleared(api, "SELECT * FROM PROD.CRM.ORDERS")));

        // Then
        assertThat(reply.rows()).isEqualTo(5_000);
        assertThat(reply.chunks()).isPositive();
        byte[] partition = now(client.partition(
                        UpstreamFixture.owned(api, reply.queryId()),
                        1,
                        (encoding, bytes) -> bytes.startWith(encoding.getBytes(StandardCharsets.UTF_8)))
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray));
        assertThat(partition)
                .startsWith("gzip".getBytes(StandardCharsets.UTF_8))
                .hasSizeGreaterThan(1_000);
        client.abort(api, java.util.UUID.randomUUID(), Optional.of(reply.queryId()))
                .block(Duration.ofSeconds(10));
    }

    @Test
    void chunks_stream_from_the_storage() {
        // Given
        UpstreamReply.Complete reply =
                complete(client.execute(UpstreamFixture.cleared(session, "SELECT * FROM PROD.CRM.ORDERS")));
        JsonNode data = ((JsonReply) reply.body()).tree().path("data");
        assertThat(reply.chunks()).isPositive();
        URI url = URI.create(data.path("chunks").get(0).path("url").asString());
        Map<String, String> headers = headers(data.path("chunkHeaders"));

        // When
        List<Object> seen = now(fetch(url, headers));

        // Then
        assertThat(seen.getFirst()).isEqualTo("gzip");
        assertThat(seen.stream().skip(1).mapToInt(bytes -> (Integer) bytes).sum())
                .isPositive();
    }

    @Test
    void a_chunk_of_a_host_that_is_not_announced_is_withheld() {
        assertFault(
                GatewayErrorCode.RESULT_WITHHELD,
                fetch(URI.create("http://127.0.0.1:" + emulator.port() + "/x"), Map.of()));
        assertFault(GatewayErrorCode.RESULT_WITHHELD, fetch(URI.create("https://example.org/x"), Map.of()));
    }

    @Test
    void a_chunk_that_the_storage_does_not_give_has_expired() {
        assertFault(
                GatewayErrorCode.RESULT_EXPIRED,
                fetch(URI.create("http://127.0.0.1:" + emulator.storagePort() + "/results/none"), Map.of()));
    }

    @Test
    void a_truncated_chunk_is_an_error_and_not_a_shorter_chunk() {
        // Given
        UpstreamReply.Complete reply =
                complete(client.execute(UpstreamFixture.cleared(session, "SELECT * FROM PROD.CRM.ORDERS")));
        JsonNode data = ((JsonReply) reply.body()).tree().path("data");
        emulator.addFault(Fault.onPath("/results/", Fault.Kind.TRUNCATE, 100, 1));

        // Then
        Mono<List<Object>> cut = fetch(
                URI.create(data.path("chunks").get(0).path("url").asString()), headers(data.path("chunkHeaders")));
        assertThatThrownBy(() -> cut.block(Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code())
                                .isIn(GatewayErrorCode.UPSTREAM_UNAVAILABLE, GatewayErrorCode.UPSTREAM_TIMEOUT));
    }

    @Test
    void the_catalog_is_asked_about_one_object_or_a_database() {
        // Given
        CatalogAccessProperties access = new CatalogAccessProperties(
                "CATALOG",
                UpstreamFixture.KEY_FILE,
                "READER",
                "COMPUTE_WH",
                CatalogAccessProperties.Governance.INFORMATION_SCHEMA,
                Duration.ofSeconds(10),
                4);
        CatalogLookup lookup = new CatalogLookup(
                new CatalogQueries(
                        http,
                        new KeyPairCredential(
                                PrivateKeyFile.read(UpstreamFixture.KEY_FILE),
                                "SNOWGATE",
                                "CATALOG",
                                Clock.systemUTC()),
                        access),
                access,
                Clock.systemUTC());

        // When
        Optional<CatalogObject> found = now(lookup.find(new ObjectName("PROD", "CRM", "ORDERS")));
        List<CatalogObject> all = now(lookup.load("PROD").collectList());

        // Then
        assertThat(found).hasValueSatisfying(object -> {
            assertThat(object.kind()).isEqualTo(ObjectKind.TABLE);
            assertThat(object.columns()).isNotEmpty();
        });
        assertThat(all)
                .anySatisfy(object -> assertThat(object.name()).isEqualTo(new ObjectName("PROD", "CRM", "CUSTOMERS")));
        assertThat(all)
                .anySatisfy(object -> assertThat(object.columns())
                        .isEqualTo(found.orElseThrow().columns()));
        assertThat(all.stream().filter(object -> object.kind() == ObjectKind.VIEW))
                .allSatisfy(view -> assertThat(view.definition())
                        .hasValueSatisfying(text -> assertThat(text).startsWithIgnoringCase("SELECT")));
        assertThat(now(lookup.find(new ObjectName("PROD", "CRM", "NO_SUCH")))).isEmpty();
        assertFault(GatewayErrorCode.CATALOG_UNAVAILABLE, lookup.find(new ObjectName("NO_SUCH_DB", "CRM", "ORDERS")));
        assertThat(found.orElseThrow().columns())
                .extracting(CatalogColumn::name)
                .doesNotHaveDuplicates();
    }

    private static Mono<List<Object>> fetch(URI url, Map<String, String> headers) {
        return storage.fetch(
                        url,
                        headers,
                        new AgentId("copilot"),
                        (head, body) ->
                                Flux.<Object>just(head.contentEncoding()).concatWith(body.map(ByteBuf::readableBytes)))
                .collectList();
    }

    private static Map<String, String> headers(JsonNode chunkHeaders) {
        Map<String, String> headers = new java.util.HashMap<>();
        chunkHeaders
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }

    private static UpstreamLogIn wished(String role) {
        return new UpstreamLogIn(
                "copilot",
                UpstreamFixture.identities().agent("copilot").orElseThrow(),
                role,
                "COMPUTE_WH",
                Optional.of("PROD"),
                Optional.of("CRM"),
                new ClientApplication("JDBC", "4.4.1"),
                Map.of("JDBC_QUERY_RESULT_FORMAT", "json", "TIMEZONE", "UTC", "QUERY_TAG", "mine"));
    }

    private static UpstreamReply.Complete complete(Mono<UpstreamReply> reply) {
        return (UpstreamReply.Complete) now(reply);
    }

    private static <T> T now(Mono<T> mono) {
        T value = mono.block(Duration.ofSeconds(30));
        assertThat(value).isNotNull();
        return value;
    }

    private static void assertFault(GatewayErrorCode code, Mono<?> call) {
        assertThatThrownBy(() -> call.block(Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        fault -> assertThat(fault.code()).as(fault.getMessage()).isEqualTo(code));
    }
}
