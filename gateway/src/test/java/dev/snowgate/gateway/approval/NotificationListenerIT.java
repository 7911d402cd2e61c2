package dev.snowgate.gateway.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.recording.Eventually;
import dev.snowgate.gateway.recording.LedgerFixture;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.LedgerDecisions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class NotificationListenerIT {
    private final LedgerFixture f = new LedgerFixture();
    private final ReleaseSignals signals = new ReleaseSignals();
    private final List<Announcement> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshed = new AtomicInteger();

    @AfterEach
    void close() {
        f.close();
    }

    private NotificationListener listener(Duration pause) {
        NotificationListener listener = new NotificationListener(
                f.unpooled,
                f.ledger,
                signals,
                new NotificationListener.Work(
                        Mono::empty,
                        announcement -> Mono.fromRunnable(() -> heard.add(announcement)),
                        () -> Mono.fromRunnable(refreshed::incrementAndGet),
                        pause),
                Clock.systemUTC());
        listener.start();
        return listener;
    }

    private StatementId held() {
        AgentSession session = f.session();
        Statement statement = f.statement(session, "update t set a = 1");
        f.received(statement);
        f.ledger
                .hold(
                        f.analysed(statement),
                        LedgerDecisions.approval(Duration.ofMinutes(5), LedgerFixture.plan("A")),
                        LedgerFixture.digest("d"))
                .block();
        return statement.id();
    }

    private void notify(String payload) {
        f.execute("select pg_notify('snowgate', ?)", payload);
    }

    @Test
    void a_notification_wakes_the_parked_poll_at_once() {
        // Given
        NotificationListener listener = listener(Duration.ofHours(1));
        Eventually.holds(() -> refreshed.get() > 0);
        StatementId id = held();
        Mono<Void> poll = signals.await(id).timeout(Duration.ofSeconds(10)).cache();
        poll.subscribe();
        // When
        notify("review:17:" + id);
        poll.block();
        // Then
        assertThat(signals.size()).isZero();
        listener.stop();
    }

    @Test
    void a_lost_notification_costs_one_pause() {
        // Given
        NotificationListener listener = listener(Duration.ofMillis(200));
        StatementId id = held();
        LedgerEntry entry = f.ledger.require(id).block();
        Mono<Void> poll = signals.await(id).timeout(Duration.ofSeconds(10)).cache();
        poll.subscribe();
        // When: the review is written, and nobody notifies
        f.review(entry.approval().orElseThrow().value(), "APPROVE", "");
        // Then
        poll.block();
        listener.stop();
    }

    @Test
    void it_listens_again_after_its_connection_was_cut_and_reads_everything_again() {
        // Given
        NotificationListener listener = listener(Duration.ofHours(1));
        Eventually.holds(() -> refreshed.get() > 0);
        int before = refreshed.get();
        // When
        f.database.disconnectAll();
        Eventually.holds(() -> refreshed.get() > before);
        notify("policy:42");
        notify("catalog:acme:7");
        notify("standing:copilot");
        notify("no such thing");
        // Then
        Eventually.holds(() -> heard.size() == 3);
        assertThat(heard)
                .containsExactly(
                        new Announcement.Policy(42),
                        new Announcement.Catalog("acme", 7),
                        new Announcement.Standing("copilot"));
        listener.stop();
        assertThat(listener.isRunning()).isFalse();
    }

    @Test
    void the_start_fails_where_the_database_is_not_ready() {
        // Given
        NotificationListener listener = new NotificationListener(
                f.unpooled,
                f.ledger,
                signals,
                new NotificationListener.Work(
                        () -> Mono.error(new IllegalStateException("schema version 3")),
                        a -> Mono.empty(),
                        Mono::empty,
                        Duration.ofSeconds(5)),
                Clock.systemUTC());
        // When / Then
        assertThatThrownBy(listener::start).hasMessageContaining("schema version 3");
        assertThat(listener.isRunning()).isFalse();
    }
}
