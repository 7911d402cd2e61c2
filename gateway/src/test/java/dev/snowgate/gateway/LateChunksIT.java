package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Clients that fetch chunks after storage has forgotten their addresses. */
@ExtendWith(BufferLeaks.class)
class LateChunksIT {
    private static final int CUSTOMERS = 6_000;
    private static final Duration LIFETIME = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofSeconds(9);
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                options -> options.seed(CUSTOMERS, 2_000, 200)
                        .rows(100, 1_000)
                        .chunkUrlLifetime(LIFETIME)
                        .resultLifetime(KEPT),
                Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void addresses_are_obtained_again_for_all_chunks_together_and_every_row_comes_masked() throws SQLException {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            // Given
            JsonNode reply = result(client, "select email as late from customers");
            pass(LIFETIME);

            // When
            List<CompletableFuture<RawClient.Answer>> fetched = new ArrayList<>();
            for (JsonNode chunk : reply.path("data").path("chunks")) {
                fetched.add(client.later("GET", chunk.path("url").asString(), null, headers(reply)));
            }

            // Then
            int rows = reply.path("data").path("rowset").size();
            for (CompletableFuture<RawClient.Answer> chunk : fetched) {
                RawClient.Answer answer = chunk.join();
                assertThat(answer.status()).isEqualTo(200);
                JsonNode read = RawClient.JSON.readTree("[" + answer.text() + "]");
                read.forEach(row -> assertThat(row.get(0).asString()).contains("***@"));
                rows += read.size();
            }
            assertThat(rows).isEqualTo(CUSTOMERS);
            assertThat(gateway.executed("as late")).as("it ran once").isEqualTo(1);
            assertThat(gateway.query("select e.kind from session_event e join statement s on s.id = e.statement_id"
                            + " where s.shape ilike '%as late%' and e.kind = 'REREAD'"))
                    .as("read again for all of them")
                    .hasSizeBetween(1, fetched.size() - 2);
        }
    }

    @Test
    void after_the_session_has_ended_the_client_is_told_at_once() throws SQLException {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            JsonNode reply = result(client, "select email as left_alone from customers");
            client.send("POST", "/session?delete=true", "{}", client.driverHeaders());
            pass(LIFETIME);

            RawClient.Answer answer = client.get(url(reply), headers(reply));

            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.text()).contains("session has ended").doesNotContain("@");
            assertThat(withheld("left_alone")).isNotEmpty();
        }
    }

    @Test
    void a_result_that_snowflake_has_no_more_is_told_at_once() throws SQLException {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            JsonNode reply = result(client, "select email as forgotten from customers");

            TestGateway.await(() -> client.get(url(reply), headers(reply)).status() != 200);

            RawClient.Answer answer = client.get(url(reply), headers(reply));
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.text()).contains("no longer has the result").doesNotContain("@");
            assertThat(withheld("forgotten")).isNotEmpty();
        }
    }

    private static List<String> withheld(String alias) throws SQLException {
        return gateway.query("select e.kind from session_event e join statement s on s.id = e.statement_id"
                + " where s.shape ilike '%as " + alias + "%' and e.kind = 'WITHHELD'");
    }

    private static JsonNode result(RawClient client, String sql) {
        JsonNode reply = client.followed(client.query(sql)).json();
        assertThat(reply.path("data").path("chunks").size())
                .as(reply.toString())
                .isGreaterThan(4);
        return reply;
    }

    private static String url(JsonNode reply) {
        return reply.path("data").path("chunks").get(0).path("url").asString();
    }

    private static Map<String, String> headers(JsonNode reply) {
        Map<String, String> headers = new HashMap<>();
        reply.path("data")
                .path("chunkHeaders")
                .propertyStream()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        TestGateway.await(() -> System.nanoTime() > end);
    }
}
