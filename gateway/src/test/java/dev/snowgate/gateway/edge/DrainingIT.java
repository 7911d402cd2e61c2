package dev.snowgate.gateway.edge;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.recording.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainingIT {
    private static final String STATEMENT = "/queries/v1/query-request?requestId=r-1";

    @Test
    void while_it_shuts_down_what_runs_is_answered_and_what_is_new_is_sent_elsewhere() throws Exception {
        try (EdgeFixture edge = new EdgeFixture("3s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            CompletableFuture<HttpResponse<String>> running =
                    CompletableFuture.supplyAsync(() -> statement(edge, FakeBackend.SLOW), threads);
            Eventually.holds(() -> !edge.backend.statements.isEmpty());

            // When
            CompletableFuture<Void> down = CompletableFuture.runAsync(edge::shutDown, threads);
            Draining draining = edge.context.getBean(Draining.class);
            Eventually.holds(draining::isUnderWay);
            assertThat(edge.send("GET", "/actuator/health/readiness", new byte[0])
                            .statusCode())
                    .as("out of the load balancer first")
                    .isEqualTo(503);
            HttpResponse<String> late = statement(edge, "select 1");
            HttpResponse<String> latePoll = edge.send(
                    "GET",
                    "/queries/01b2c3d4-0000-0000-0000-000000000009/result",
                    new byte[0],
                    "Authorization",
                    "Snowflake Token=\"good\"");
            HttpResponse<String> sqlApi = edge.send(
                    "POST", "/api/v2/statements", utf8("{\"statement\":\"select 1\"}"), "Authorization", "Bearer good");
            edge.backend.released.tryEmitEmpty();

            // Then
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.body()).contains("\"success\":false").contains("shutting down");
            assertThat(latePoll.statusCode()).isEqualTo(503);
            assertThat(sqlApi.statusCode()).isEqualTo(503);
            HttpResponse<String> answered = running.get(20, TimeUnit.SECONDS);
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(answered.headers().firstValue("Connection")).contains("close");
            down.get(20, TimeUnit.SECONDS);
            assertThat(edge.backend.statements).hasSize(1);
            assertThat(edge.backend.calls).containsExactly("submit");
        }
    }

    @Test
    void a_delay_that_outlasts_the_shutdown_is_refused() {
        assertThatThrownBy(() -> new Draining(Duration.ofMinutes(1))).hasMessageContaining("snowgate.edge.drain-delay");
        assertThatThrownBy(() -> new Draining(Duration.ofSeconds(-1)))
                .hasMessageContaining("snowgate.edge.drain-delay");
    }

    private static HttpResponse<String> statement(EdgeFixture edge, String text) {
        return edge.send(
                "POST",
                STATEMENT,
                utf8("{\"sqlText\":\"" + text + "\"}"),
                "Content-Type",
                "application/json",
                "Authorization",
                "Snowflake Token=\"good\"");
    }
}
