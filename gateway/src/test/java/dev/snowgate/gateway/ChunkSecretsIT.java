package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Chunks of results: served here, masked, and only to who has both secrets. */
@ExtendWith(BufferLeaks.class)
class ChunkSecretsIT {
    private static final String SECRET = "x-snowgate-chunk";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                options -> options.seed(6_000, 2_000, 200).rows(100, 1_000),
                Map.of("snowgate.edge.trusted-proxies", "127.0.0.1", "snowgate.chunk.near-networks", "10.1.0.0/16"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Addresses and headers of one result. */
    private record Chunks(List<String> urls, Map<String, String> headers, JsonNode reply) {
        static Chunks of(RawClient client, String sql) {
            JsonNode reply = client.followed(client.query(sql)).json();
            assertThat(reply.path("success").asBoolean()).as(reply.toString()).isTrue();
            List<String> urls = new ArrayList<>();
            reply.path("data")
                    .path("chunks")
                    .forEach(chunk -> urls.add(chunk.path("url").asString()));
            Map<String, String> headers = new HashMap<>();
            reply.path("data")
                    .path("chunkHeaders")
                    .propertyStream()
                    .forEach(e -> headers.put(e.getKey(), e.getValue().asString()));
            return new Chunks(urls, headers, reply);
        }
    }

    @Test
    void addresses_point_here_and_every_byte_of_every_chunk_is_masked() {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            // When
            Chunks chunks = Chunks.of(client, "select email as x, 'a' as email from customers order by customer_id");
            // Then
            assertThat(chunks.urls())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(url -> assertThat(url).startsWith(gateway.url() + "/snowgate/chunks/"));
            assertThat(chunks.headers()).containsOnlyKeys(SECRET);
            assertThat(chunks.reply().toString())
                    .doesNotContain(
                            "qrmk", "x-amz", Integer.toString(gateway.emulator().storagePort()));
            int rows = chunks.reply().path("data").path("rowset").size();
            for (String url : chunks.urls()) {
                for (String encoding : List.of("gzip", "identity")) {
                    RawClient.Answer answer = client.get(url, with(chunks.headers(), "Accept-Encoding", encoding));
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.response().headers().firstValue("Cache-Control"))
                            .contains("no-store");
                    JsonNode read = RawClient.JSON.readTree("[" + answer.text() + "]");
                    for (JsonNode row : read) {
                        assertThat(row.get(0).asString()).matches("[^.]\\*+@.*");
                        assertThat(row.get(1).asString()).isEqualTo("a");
                    }
                    rows += encoding.equals("gzip") ? read.size() : 0;
                }
            }
            assertThat(rows).isEqualTo(6_000);
        }
    }

    @Test
    void a_chunk_is_compressed_only_for_a_client_that_takes_it() {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            Chunks chunks = Chunks.of(client, "select email as accepted, 'a' as email from customers");
            Map<String, String> expected = Map.of(
                    "gzip", "gzip",
                    "deflate, gzip;q=0.5", "gzip",
                    "x-gzip", "gzip",
                    "*", "gzip",
                    "gzip;q=0", "",
                    "gzip; q=0.0, identity", "",
                    "identity", "",
                    "gzippish", "");
            expected.forEach((accepted, encoding) -> {
                RawClient.Answer answer =
                        client.get(chunks.urls().getFirst(), with(chunks.headers(), "Accept-Encoding", accepted));
                assertThat(answer.response()
                                .headers()
                                .firstValue("Content-Encoding")
                                .orElse(""))
                        .as(accepted)
                        .isEqualTo(encoding);
                assertThat(answer.text()).as(accepted).startsWith("[").contains("*");
            });
        }
    }

    @Test
    void a_client_of_a_near_network_gets_masked_rows_uncompressed() {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            Chunks chunks = Chunks.of(client, "select email as near, 'a' as email from customers");
            Map<String, String> takesGzip = with(chunks.headers(), "Accept-Encoding", "gzip");
            Map.of("10.1.2.3", "", "203.0.113.9", "gzip", "no address", "gzip").forEach((address, encoding) -> {
                RawClient.Answer answer =
                        client.get(chunks.urls().getFirst(), with(takesGzip, "X-Forwarded-For", address));
                assertThat(answer.response()
                                .headers()
                                .firstValue("Content-Encoding")
                                .orElse(""))
                        .as(address)
                        .isEqualTo(encoding);
                assertThat(answer.text()).as(address).startsWith("[").contains("*");
            });
        }
    }

    @Test
    void a_path_alone_or_with_another_replys_secret_is_unknown() throws SQLException {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            Chunks one = Chunks.of(client, "select email, 1 as n from customers");
            Chunks two = Chunks.of(client, "select email, 2 as n from customers");
            String url = one.urls().getFirst();
            String guessed = url.substring(0, url.length() - 4) + "AAAA";

            assertThat(client.get(url, Map.of()).status()).isEqualTo(404);
            assertThat(client.get(url, two.headers()).status()).isEqualTo(404);
            assertThat(client.get(guessed, one.headers()).status()).isEqualTo(404);
            assertThat(client.get(gateway.url() + "/snowgate/chunks/", one.headers())
                            .status())
                    .isEqualTo(404);
            assertThat(client.get(url, client.driverHeaders()).status()).isEqualTo(404);
            assertThat(client.get(url, with(one.headers(), "Range", "bytes=0-10"))
                            .status())
                    .isEqualTo(416);
            assertThat(client.get(url, one.headers()).status()).isEqualTo(200);
        }
        assertThat(gateway.query("select kind from session_event where kind = 'EXCHANGE_REFUSED'"))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_suspended_agents_chunks_are_gone_at_once() throws Exception {
        try (RawClient client = RawClient.loggedIn(gateway, "ledger-agent")) {
            Chunks chunks = Chunks.of(
                    client,
                    "select o.order_id, s.full_name from dev.sandbox.orders_sample o, dev.sandbox.customers_sample s limit 5000");
            String url = chunks.urls().getLast();
            assertThat(client.get(url, chunks.headers()).status()).isEqualTo(200);

            console(
                    "insert into agent_standing (agent, suspended_at, suspended_by, reason) values ('ledger-agent', now(), 'mara@acme.example', 'test')");

            TestGateway.await(() -> client.get(url, chunks.headers()).status() == 404);
            RawClient.Answer refused = client.query("select 1 as suspended_now");
            assertThat(refused.json().path("success").asBoolean()).isFalse();
            assertThat(gateway.executed("suspended_now")).isZero();
            console(
                    "update agent_standing set suspended_at = null, suspended_by = null, reason = null where agent = 'ledger-agent'");
        }
    }

    @Test
    void chunks_outlive_a_log_out_by_a_quarter_of_an_hour() throws Exception {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            Chunks chunks = Chunks.of(client, "select full_name, 3 as n from customers");
            String url = chunks.urls().getFirst();
            client.send("POST", "/session?delete=true", "{}", client.driverHeaders());
            assertThat(client.get(url, chunks.headers()).status())
                    .as("just after")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_damaged_chunk_never_ends_as_a_whole_one() {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            Chunks chunks = Chunks.of(client, "select email, 4 as n from customers");
            gateway.emulator()
                    .addFault(dev.snowgate.emulator.Fault.onPath(
                            "/results/", dev.snowgate.emulator.Fault.Kind.CORRUPT, 0, 1));
            try {
                RawClient.Answer answer =
                        client.get(chunks.urls().getFirst(), with(chunks.headers(), "Accept-Encoding", "identity"));
                assertThat(answer.status()).isNotEqualTo(200);
            } catch (java.io.UncheckedIOException cut) {
                assertThat(cut).hasMessageNotContaining("@example");
            } finally {
                gateway.emulator().clearFaults();
            }
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    private static void console(String sql) throws SQLException {
        try (Connection connection = gateway.database().console().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
