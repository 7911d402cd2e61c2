package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A parked poll costs the database nothing while it waits. */
class ParkedPollsIT {
    private static final int HOLDS = 200;
    private static final Duration WATCHED = Duration.ofSeconds(8);
    private static final Duration SETTLED = Duration.ofSeconds(11);

    @Test
    void two_hundred_parked_polls_ask_the_database_nothing() throws SQLException {
        // Given
        try (TestGateway gateway = TestGateway.start(
                        options -> options,
                        Map.of(
                                "snowgate.limits.agent.concurrent",
                                "1000",
                                "snowgate.limits.agent.per-second",
                                "2000"));
                RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            List<CompletableFuture<RawClient.Answer>> polls = new ArrayList<>();
            long idle = transactions(gateway, WATCHED);
            List<CompletableFuture<RawClient.Answer>> submissions = new ArrayList<>();
            for (int i = 0; i < HOLDS; i++) {
                String sql = "update prod.crm.orders set status = 'P' where order_id = " + (500_000 + i);
                submissions.add(client.later(
                        "POST",
                        RawClient.queryPath(UUID.randomUUID().toString()),
                        RawClient.json(RawClient.queryBody(sql, Map.of())).getBytes(StandardCharsets.UTF_8),
                        client.driverHeaders()));
            }
            for (CompletableFuture<RawClient.Answer> submission : submissions) {
                RawClient.Answer held = submission.join();
                assertThat(held.code()).as(held.text()).isEqualTo("333333");
                polls.add(client.later(
                        "GET", held.json().path("data").path("getResultUrl").asString(), null, client.driverHeaders()));
            }
            ReleaseSignals signals = gateway.context().getBean(ReleaseSignals.class);
            TestGateway.await(() -> signals.size() == HOLDS);

            // When: PostgreSQL publishes what a connection did up to ten seconds late
            transactions(gateway, SETTLED);
            long parked = transactions(gateway, WATCHED);

            // Then: what runs on timers, and nothing that grows with the holds
            assertThat(parked)
                    .as("transactions while %s polls were parked; %s while idle", HOLDS, idle)
                    .isLessThan(idle + HOLDS / 4);
            assertThat(polls).noneMatch(CompletableFuture::isDone);
            assertThat(gateway.executed("status = 'P'")).isZero();
            polls.forEach(poll -> poll.cancel(true));
        }
    }

    /** Transactions of the gateway's database in that time. */
    private static long transactions(TestGateway gateway, Duration time) throws SQLException {
        long before = count(gateway);
        Instant end = Instant.now().plus(time);
        TestGateway.await(() -> {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            return Instant.now().isAfter(end);
        });
        return count(gateway) - before;
    }

    private static long count(TestGateway gateway) throws SQLException {
        try (Connection connection = gateway.database().admin().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
