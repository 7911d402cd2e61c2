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
        gateway = TestGateway.start(options -> options.seed(6_000, 2_000, 200).rows(100, 1_000), Map.of());
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
            List<CompletableFuture<RawClient.Answer>> chunks = new ArrayList<>();
            try {
                // Given
                fill(blocked);
                for (int i = 0; i < READERS; i++) {
                    chunks.add(reader.later(
                            "GET",
                            data.path("chunks")
                                    .get(i % data.path("chunks").size())
                                    .path("url")
                                    .asString(),
                            null,
                            headers(data)));
                }
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
