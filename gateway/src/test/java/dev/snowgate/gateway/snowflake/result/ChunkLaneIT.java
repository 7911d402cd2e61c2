package dev.snowgate.gateway.snowflake.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Chunks have their own threads: whatever happens to those, statements are answered. */
class ChunkLaneIT {
    private static final int READERS = 10;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                options -> options.seed(6_000, 2_000, 200).rows(100, 1_000),
                Map.of("snowgate.upstream.storage.per-agent", Integer.toString(READERS)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void statements_are_answered_and_masked_while_no_thread_is_left_for_chunks() throws Exception {
        try (RawClient reader = RawClient.loggedIn(gateway, "support-copilot");
                RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            JsonNode data = data(reader, "select email, full_name from customers");
            CountDownLatch blocked = new CountDownLatch(1);
            List<CompletableFuture<RawClient.Answer>> chunks;
            try {
                // Given
                fill(blocked);
                chunks = ask(reader, data, READERS);
                // When
                JsonNode one = data(client, "select 1 as one");
                JsonNode masked = data(client, "select email from customers limit 1");
                // Then
                assertThat(one.path("rowset").get(0).get(0).asString()).isEqualTo("1");
                assertThat(masked.path("rowset").get(0).get(0).asString()).matches("[^.]\\*+@.*");
                assertThat(chunks).noneMatch(CompletableFuture::isDone);
            } finally {
                blocked.countDown();
            }
            for (CompletableFuture<RawClient.Answer> chunk : chunks) {
                RawClient.Answer answer = chunk.get(30, TimeUnit.SECONDS);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(RawClient.JSON.readTree("[" + answer.text() + "]")).hasSizeGreaterThan(100);
            }
        }
    }

    @Test
    void a_chunk_beyond_the_agents_share_is_answered_so_that_drivers_try_again() throws Exception {
        try (RawClient reader = RawClient.loggedIn(gateway, "support-copilot")) {
            JsonNode data = data(reader, "select email, 2 as n from customers");
            CountDownLatch blocked = new CountDownLatch(1);
            List<CompletableFuture<RawClient.Answer>> chunks;
            try {
                // Given
                fill(blocked);
                // When
                chunks = ask(reader, data, READERS + 1);
                // Then
                CompletableFuture.anyOf(chunks.toArray(CompletableFuture[]::new))
                        .get(30, TimeUnit.SECONDS);
                assertThat(chunks.stream().filter(CompletableFuture::isDone))
                        .singleElement()
                        .satisfies(told -> {
                            assertThat(told.join().status()).isEqualTo(503);
                            assertThat(told.join().text()).contains("Try again later");
                        });
            } finally {
                blocked.countDown();
            }
            CompletableFuture.allOf(chunks.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(chunks.stream().filter(chunk -> chunk.join().status() == 200))
                    .hasSize(READERS);
            assertThat(ask(reader, data, 1).getFirst().get(30, TimeUnit.SECONDS).status())
                    .isEqualTo(200);
        }
    }

    private static List<CompletableFuture<RawClient.Answer>> ask(RawClient reader, JsonNode data, int count) {
        JsonNode chunks = data.path("chunks");
        List<CompletableFuture<RawClient.Answer>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String url = chunks.get(i % chunks.size()).path("url").asString();
            asked.add(reader.later("GET", url, null, headers(data)));
        }
        return asked;
    }

    /** As many tasks as no lane has threads: none is free until the latch opens. */
    private static void fill(CountDownLatch blocked) throws InterruptedException {
        ChunkLane lane = gateway.context().getBean(ChunkLane.class);
        int width = gateway.context().getBean(ResultProperties.class).threadsOrHalf();
        CountDownLatch running = new CountDownLatch(width);
        for (int i = 0; i < width; i++) {
            lane.scheduler().schedule(() -> {
                running.countDown();
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static JsonNode data(RawClient client, String sql) {
        JsonNode reply = client.followed(client.query(sql)).json();
        assertThat(reply.path("success").asBoolean()).as(reply.toString()).isTrue();
        return reply.path("data");
    }

    private static Map<String, String> headers(JsonNode data) {
        Map<String, String> headers = new HashMap<>();
        data.path("chunkHeaders")
                .propertyStream()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }
}
