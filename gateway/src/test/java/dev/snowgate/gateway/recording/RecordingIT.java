package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.PageWriter;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.policy.Obligations;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingIT {
    private static final byte[] ROWS = "[[\"ann\",1],[\"bob\",2]]".getBytes(StandardCharsets.UTF_8);
    private final LedgerFixture f = new LedgerFixture();

    @AfterAll
    void close() {
        f.close();
    }

    private StatementId executed(AgentSession session, Decision.Allow allow) {
        Statement statement = f.statement(session, "select a from t");
        LedgerEntry entry = f.received(statement);
        AnalysedStatement analysed = f.analysed(statement);
        f.ledger.admit(analysed, allow, f.cleared(analysed, entry, allow)).block();
        f.ledger
                .succeeded(
                        analysed,
                        f.cleared(analysed, entry, allow),
                        LedgerFixture.reply(UUID.randomUUID().toString()),
                        Optional.empty(),
                        false,
                        Duration.ZERO)
                .block();
        return statement.id();
    }

    private static MaskedReply reply() {
        return new MaskedReply(new LedgerFixture.Body(), PageBytes.of(ROWS), 2, 2, 1, List.of(0));
    }

    @Test
    void the_page_that_the_agent_sees_is_kept_sealed_and_a_repeat_is_a_reread() throws IOException {
        // Given
        AgentSession session = f.session();
        StatementId id = executed(session, LedgerDecisions.allow(LedgerFixture.plan("A")));
        // When
        f.ledger.returned(f.ledger.require(id).block(), reply()).block();
        f.otherReplica.returned(f.ledger.require(id).block(), reply()).block();
        // Then
        assertThat(f.kinds(session.id())).endsWith("EXECUTED", "RETURNED", "REREAD");
        assertThat(f.query("select count(*) from result_page where statement_id = ?", id.value()))
                .isEqualTo("1");
        assertThat(f.query("select count from result_page_fetch where statement_id = ?", id.value()))
                .isEqualTo("2");
        assertThat(f.query("select masked_cells from statement where id = ?", id.value()))
                .isEqualTo("1");
        byte[] sealed = HexFormat.of()
                .parseHex(f.query("select encode(sealed, 'hex') from result_page where statement_id = ?", id.value()));
        byte[] opened = f.keys.require(session.id()).block().open(sealed, Place.ofPage(id, 0));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(opened)).readAllBytes())
                .isEqualTo(ROWS);
        assertThat(f.verify(session.id())).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void a_page_of_many_rows_is_kept_and_proved_like_a_small_one() throws IOException {
        // Given
        byte[] rows = ("[" + "[\"a***\",1],".repeat(20_000) + "[null,2]]").getBytes(StandardCharsets.UTF_8);
        PageBytes page;
        try (PageWriter writer = new PageWriter()) {
            writer.write(rows, 0, rows.length);
            page = writer.finish();
        }
        AgentSession session = f.session();
        StatementId id = executed(session, LedgerDecisions.allow(LedgerFixture.plan("A")));
        // When
        f.ledger
                .returned(
                        f.ledger.require(id).block(),
                        new MaskedReply(new LedgerFixture.Body(), page, 20_001, 20_001, 20_000, List.of(0)))
                .block();
        // Then
        byte[] sealed = HexFormat.of()
                .parseHex(f.query("select encode(sealed, 'hex') from result_page where statement_id = ?", id.value()));
        DataKey key = f.keys.require(session.id()).block();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(key.open(sealed, Place.ofPage(id, 0)))).readAllBytes())
                .isEqualTo(rows);
        assertThat(f.query("select encode(digest, 'hex') from result_page where statement_id = ?", id.value()))
                .isEqualTo(HexFormat.of().formatHex(key.digest(rows)));
        assertThat(f.query("select bytes from result_page where statement_id = ?", id.value()))
                .isEqualTo(Integer.toString(rows.length));
        assertThat(f.verify(session.id())).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void protected_values_that_were_released_unmasked_are_not_kept_by_default() {
        // Given
        MaskPlan clear = new MaskPlan(List.of(new MaskPlan.PlannedColumn("A", Optional.empty(), "", "email")), true);
        StatementId asSeen = executed(f.session(), LedgerDecisions.allow(Obligations.RecordLevel.AS_SEEN, clear));
        StatementId masked = executed(f.session(), LedgerDecisions.allow(Obligations.RecordLevel.MASKED, clear));
        StatementId counts =
                executed(f.session(), LedgerDecisions.allow(Obligations.RecordLevel.COUNTS, LedgerFixture.plan("A")));
        // When
        for (StatementId id : List.of(asSeen, masked, counts)) {
            f.ledger.returned(f.ledger.require(id).block(), reply()).block();
        }
        // Then
        String kept = "select sealed is not null from result_page where statement_id = ?";
        assertThat(f.query(kept, asSeen.value())).isEqualTo("t");
        assertThat(f.query(kept, masked.value())).isEqualTo("f");
        assertThat(f.query(kept, counts.value())).isEqualTo("f");
    }

    @Test
    void a_chunk_fetched_twice_is_recorded_once_with_a_count() {
        // Given
        StatementId id = executed(f.session(), LedgerDecisions.allow(LedgerFixture.plan("A")));
        // When
        for (int i = 0; i < 2; i++) {
            f.recorder.pageStarted(id, 3).block();
            f.recorder
                    .pageFinished(id, 3, 100, 2_000, 7, LedgerFixture.digest("chunk"))
                    .block();
        }
        // Then
        assertThat(f.query("select count(*) from result_page where statement_id = ? and page = 3", id.value()))
                .isEqualTo("1");
        assertThat(f.query("select count from result_page_fetch where statement_id = ? and page = 3", id.value()))
                .isEqualTo("2");
    }

    @Test
    void two_replicas_write_one_chain() {
        // Given
        AgentSession session = f.session();
        // When
        Flux.range(0, 40)
                .flatMap(
                        i -> (i % 2 == 0 ? f.ledger : f.otherReplica)
                                .receive(
                                        f.statement(session, "select " + i),
                                        LedgerFixture.digest("s" + i),
                                        UUID.randomUUID()),
                        8)
                .then()
                .block();
        f.recorder
                .append(session.id(), Optional.empty(), "SESSION_RENEWED", Map.of("generation", "2"))
                .block();
        // Then
        assertThat(f.verify(session.id()))
                .isInstanceOfSatisfying(
                        ChainReport.Verified.class,
                        report -> assertThat(report.count()).isEqualTo(41));
    }

    @Test
    void refused_exchanges_go_to_the_door_within_a_rate_and_never_fail() {
        // Given
        String count = "select count(*) from session_event where session_id = ?";
        // When
        Flux.range(0, 200)
                .flatMap(i -> f.recorder.refusedExchange("10.0.0.1", "unknown-path", Map.of("path", "/x".repeat(500))))
                .then()
                .block();
        int recorded = Integer.parseInt(f.query(count, SessionEvent.DOOR.value()));
        // Then
        assertThat(recorded).isBetween(1, 100);
        assertThat(f.verify(SessionEvent.DOOR)).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void where_nothing_can_be_recorded_nothing_is_received() {
        try (LedgerFixture broken = new LedgerFixture()) {
            // Given
            AgentSession session = broken.session();
            broken.execute("revoke execute on function append_events(uuid, text) from snowgate_gateway");
            Statement statement = broken.statement(session, "select 1");
            // When / Then
            assertThatThrownBy(() -> broken.received(statement))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.RECORDING_UNAVAILABLE));
            assertThat(broken.query("select count(*) from statement")).isEqualTo("0");
            assertThatCode(() ->
                            broken.recorder.refusedExchange("n", "w", Map.of()).block())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void service_resumes_by_itself_when_the_connections_were_cut() {
        try (LedgerFixture cut = new LedgerFixture()) {
            // Given
            AgentSession session = cut.session();
            cut.received(cut.statement(session, "select 1"));
            // When
            cut.database.disconnectAll();
            // Then
            Eventually.holds(() -> cut.received(cut.statement(session, "select 2")) != null);
        }
    }

    @Test
    void a_schema_of_another_version_is_refused() {
        // Given
        ReplicaStore replica = new ReplicaStore(f.store, Lease.ofNewReplica(), "http://127.0.0.1");
        try (LedgerFixture older = new LedgerFixture()) {
            older.execute("delete from flyway_schema_history where version::int = snowgate.schema_version()");
            ReplicaStore other = new ReplicaStore(older.store, Lease.ofNewReplica(), "");
            // When / Then
            assertThatCode(() -> replica.requireSchema().block()).doesNotThrowAnyException();
            assertThatThrownBy(() -> other.requireSchema().block()).hasMessageContaining("schema version");
        }
    }

    @Test
    void a_replica_says_that_it_lives_and_makes_partitions_once_a_day() {
        // Given
        ReplicaStore replica = new ReplicaStore(f.store, Lease.ofNewReplica(), "http://127.0.0.1:1");
        // When
        replica.seen(Optional.empty(), Optional.of("does not compile")).block();
        replica.seen(Optional.empty(), Optional.empty()).block();
        replica.ensurePartitions(java.time.LocalDate.now(Clock.systemUTC())).block();
        // Then
        assertThat(f.query("select count(*) from gateway_replica")).isEqualTo("1");
        replica.leave().block();
        assertThat(f.query("select count(*) from gateway_replica")).isEqualTo("0");
    }
}
