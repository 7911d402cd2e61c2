package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.approval.ReleaseSignals;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.testing.CountingConnections;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.LedgerDecisions;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldBudgetIT {
    private final LedgerFixture f = new LedgerFixture();
    private final CountingConnections counting = new CountingConnections(f.unpooled);
    private final ConnectionPool pool = DatabaseConfiguration.pool(counting, f.properties);
    private final DatabaseStore store = new DatabaseStore(pool, Duration.ofSeconds(5));
    private final LedgerStore ledger = ledger();

    private LedgerStore ledger() {
        EventStore events = new EventStore(store);
        UseStore uses = new UseStore(store, events, Clock.systemUTC());
        return new LedgerStore(
                store, new KeyStore(store, f.ring), events, uses, Lease.ofNewReplica(), Clock.systemUTC());
    }

    @AfterAll
    void close() {
        ledger.close();
        pool.dispose();
        f.close();
    }

    private StatementId held(AgentSession session) {
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

    @Test
    void a_poll_of_a_held_statement_is_one_indexed_read_and_no_write() {
        // Given
        AgentSession session = f.session();
        StatementId id = held(session);
        counting.statements.clear();
        // When
        LedgerEntry entry = ledger.findOwned(session, id.toString()).block();
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.HELD);
        assertThat(counting.statements).singleElement().asString().startsWith("select");
        assertThat(plan(counting.statements.getFirst(), session, id)).doesNotContain("Seq Scan");
    }

    @Test
    void parked_polls_cost_no_query_while_they_wait() {
        // Given
        AgentSession session = f.session();
        List<StatementId> held =
                Flux.range(0, 50).map(i -> held(session)).collectList().block();
        ReleaseSignals signals = new ReleaseSignals();
        counting.statements.clear();
        // When
        Disposable parked = Flux.fromIterable(held).flatMap(signals::await, 100).subscribe();
        Eventually.holds(() -> signals.size() == 50);
        held.forEach(signals::release);
        Eventually.holds(parked::isDisposed);
        // Then
        assertThat(counting.statements).isEmpty();
        assertThat(signals.size()).isZero();
    }

    @Test
    void poll_times_are_written_in_one_statement() {
        // Given
        AgentSession session = f.session();
        StatementId one = held(session);
        StatementId two = held(session);
        counting.statements.clear();
        // When
        ledger.polled(java.util.Map.of(one, java.time.Instant.now(), two, java.time.Instant.now()))
                .block();
        // Then
        assertThat(counting.statements).hasSize(1);
    }

    /** The plan with an empty table's habit of scanning switched off: an index for every part of the read must exist. */
    private String plan(String sql, AgentSession session, StatementId id) {
        String literal = sql.replace("$1", "'" + id + "'");
        // The order of parameters is that of their first use: id, account, agent, person.
        literal = literal.replace("$2", "'" + session.account() + "'")
                .replace("$3", "'copilot'")
                .replace("$4", "'ann@example.com'");
        return f.lines("set enable_seqscan = off", "explain " + literal);
    }
}
