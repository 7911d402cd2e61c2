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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A parked poll costs the database nothing while it waits. */
class ParkedPollsIT {
    private static final int HOLDS = 1_000;
    private static final int AT_ONCE = 20;
    private static final Duration WATCHED = Duration.ofSeconds(8);
    private static final Duration HELD = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(11);

    @Test
    void a_thousand_held_statements_cost_two_reads_a_poll_for_a_minute() throws SQLException {
        // Given
        try (TestGateway gateway = TestGateway.start(
                        options -> options,
                        Map.of(
                                "snowgate.limits.agent.concurrent",
                                "2000",
                                "snowgate.limits.agent.per-second",
                                "5000"));
                RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            long idle = transactions(gateway, WATCHED);
            List<String> urls = new ArrayList<>();
            for (int i = 0; i < HOLDS; i += AT_ONCE) {
                urls.addAll(hold(client, i, AT_ONCE));
            }
            Polls polls = new Polls(client, Instant.now().plus(HELD));
            urls.forEach(polls::poll);
            ReleaseSignals signals = gateway.context().getBean(ReleaseSignals.class);
            TestGateway.await(() -> signals.size() == HOLDS);

            // When: PostgreSQL publishes what a connection did up to ten seconds late
            long before = count(gateway);
            pause(HELD);
            pause(SETTLED);
            long held = count(gateway) - before;

            // Then: two reads a poll (who asks, what for), what runs on timers, and nothing that grows with the holds
            int polled = polls.count.get();
            assertThat(polled).isGreaterThanOrEqualTo(HOLDS);
            assertThat(held)
                    .as(
                            "transactions while %s statements were held and polled %s times; %s while idle",
                            HOLDS, polled, idle)
                    .isLessThan(2L * polled + 10 * idle + HOLDS / 4);
            assertThat(polls.unexpected).isEmpty();
            assertThat(gateway.executed("status = 'P'")).isZero();
            assertThat(gateway.query("select count(*) from session_event where kind like '%POLL%'"))
                    .containsExactly("0");
        }
    }

    /** Submits some statements at once; gives where each is polled. */
    private static List<String> hold(RawClient client, int first, int count) {
        List<CompletableFuture<RawClient.Answer>> submissions = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String sql = "update prod.crm.orders set status = 'P' where order_id = " + (500_000 + i);
            submissions.add(client.later(
                    "POST",
                    RawClient.queryPath(UUID.randomUUID().toString()),
                    RawClient.json(RawClient.queryBody(sql, Map.of())).getBytes(StandardCharsets.UTF_8),
                    client.driverHeaders()));
        }
        return submissions.stream()
                .map(CompletableFuture::join)
                .map(ParkedPollsIT::pollUrl)
                .toList();
    }

    private static String pollUrl(RawClient.Answer held) {
        assertThat(held.code()).as(held.text()).isEqualTo("333333");
        return held.json().path("data").path("getResultUrl").asString();
    }

    /** What a driver does: asks again as soon as it was answered. */
    private static final class Polls {
        private final RawClient client;
        private final Instant end;
        private final AtomicInteger count = new AtomicInteger();
        private final List<String> unexpected = new CopyOnWriteArrayList<>();

        Polls(RawClient client, Instant end) {
            this.client = client;
            this.end = end;
        }

        void poll(String url) {
            count.incrementAndGet();
            client.later("GET", url, null, client.driverHeaders()).thenAccept(answer -> {
                if (!answer.code().equals("333334")) {
                    unexpected.add(answer.code());
                } else if (Instant.now().isBefore(end)) {
                    poll(url);
                }
            });
        }
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Transactions of the gateway's database in that time. */
    private static long transactions(TestGateway gateway, Duration time) throws SQLException {
        long before = count(gateway);
        pause(time);
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
