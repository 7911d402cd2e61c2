package dev.snowgate.db;

import static dev.snowgate.db.SqlStateAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.ChainVerifier;
import dev.snowgate.recording.ChainedEvent;
import dev.snowgate.recording.ChainedPage;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.PageChain;
import dev.snowgate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingIT {
    static TestDatabase database;
    Connection gateway;
    Connection console;
    SessionId session;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() throws SQLException {
        gateway = database.gateway().connect();
        console = database.console().connect();
        session = Fixture.session(gateway, "ada@acme.example");
    }

    @AfterEach
    void close() throws SQLException {
        gateway.close();
        console.close();
    }

    @Test
    void several_events_are_appended_in_one_call_and_the_chain_verifies() throws SQLException {
        // Given
        StatementId statement = Fixture.received(gateway, session);
        Instant at = Instant.now();
        List<EncodedEvent> events = List.of(
                EncodedEvent.of(SessionEvent.of(
                        session, EventKind.SESSION_OPENED, at, "copilot", Map.of("network", "10.0.0.1"))),
                EncodedEvent.of(
                        SessionEvent.of(session, statement, EventKind.RECEIVED, at, "copilot", Map.of("ü", "\"\n")),
                        new byte[] {1, 2, 3}),
                EncodedEvent.of(SessionEvent.of(session, statement, EventKind.DECIDED, at, "gateway", Map.of())));

        // When
        long last = append(gateway, session, events);

        // Then
        assertThat(last).isEqualTo(3);
        assertThat(verify(session)).isInstanceOf(ChainReport.Verified.class).hasToString("Chain verified, 3 entries");
        assertThat(rows(session).get(1).sealed()).containsExactly(1, 2, 3);
    }

    @Test
    void an_empty_session_verifies() throws SQLException {
        assertThat(verify(session)).hasToString("Chain verified, 0 entries");
    }

    @Test
    void two_gateways_append_to_one_session_alternately_and_at_once_and_the_chain_verifies() throws Exception {
        // Given
        try (Connection other = database.gateway().connect()) {
            for (int i = 0; i < 20; i++) {
                append(i % 2 == 0 ? gateway : other, session, List.of(event(EventKind.POLLED)));
            }

            // When both write without waiting for each other
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<?>> writers = new ArrayList<>();
                for (Connection connection : List.of(gateway, other)) {
                    writers.add(threads.submit(() -> {
                        for (int i = 0; i < 50; i++) {
                            append(connection, session, List.of(event(EventKind.RECEIVED), event(EventKind.DECIDED)));
                        }
                        return null;
                    }));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }
        }

        // Then
        assertThat(verify(session)).hasToString("Chain verified, 220 entries");
    }

    @Test
    void an_append_that_is_rolled_back_leaves_no_gap() throws SQLException {
        append(gateway, session, List.of(event(EventKind.RECEIVED)));
        gateway.setAutoCommit(false);
        append(gateway, session, List.of(event(EventKind.DECIDED)));
        gateway.rollback();
        gateway.setAutoCommit(true);
        assertThat(append(gateway, session, List.of(event(EventKind.DECIDED)))).isEqualTo(2);
        assertThat(verify(session)).hasToString("Chain verified, 2 entries");
    }

    @Test
    void each_program_records_its_own_kinds_only() throws SQLException {
        for (EventKind kind : EventKind.values()) {
            boolean own = kind.writer() == EventKind.Writer.GATEWAY;
            Connection may = own ? gateway : console;
            Connection mayNot = own ? console : gateway;
            append(may, session, List.of(event(kind)));
            assertRefused(SqlStates.EVENT_NOT_ALLOWED, () -> append(mayNot, session, List.of(event(kind))));
        }
        assertThat(verify(session)).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void the_database_and_the_vocabulary_know_the_same_kinds() throws SQLException {
        Map<String, String> kinds = new TreeMap<>();
        try (PreparedStatement query = console.prepareStatement("select kind, writer from event_kind");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                kinds.put(rows.getString(1), rows.getString(2));
            }
        }
        Map<String, String> expected = new TreeMap<>();
        Arrays.stream(EventKind.values())
                .forEach(kind -> expected.put(kind.name(), kind.writer().name()));
        assertThat(kinds).isEqualTo(expected);
    }

    @Test
    void the_owner_records_nothing_either() throws SQLException {
        try (Connection owner = database.owner().connect()) {
            assertRefused(
                    SqlStates.EVENT_NOT_ALLOWED, () -> append(owner, session, List.of(event(EventKind.RECEIVED))));
        }
    }

    @Test
    void an_unknown_session_and_an_empty_batch_are_refused() {
        assertRefused(SqlStates.UNKNOWN, () -> append(gateway, SessionId.random(), List.of(event(EventKind.RECEIVED))));
        assertRefused(SqlStates.EVENT_NOT_ALLOWED, () -> append(gateway, session, List.of()));
    }

    @Test
    void events_before_and_outside_sessions_have_chains_of_their_own() throws SQLException {
        SessionEvent refused =
                SessionEvent.of(SessionEvent.DOOR, EventKind.LOGIN_REFUSED, Instant.now(), "gateway", Map.of());
        SessionEvent published =
                SessionEvent.of(SessionEvent.CONSOLE, EventKind.POLICY_PUBLISHED, Instant.now(), "ada", Map.of());
        append(gateway, SessionEvent.DOOR, List.of(EncodedEvent.of(refused)));
        append(console, SessionEvent.CONSOLE, List.of(EncodedEvent.of(published)));
        assertThat(verify(SessionEvent.DOOR)).hasToString("Chain verified, 1 entry");
        assertThat(verify(SessionEvent.CONSOLE)).hasToString("Chain verified, 1 entry");
    }

    @Test
    void an_event_of_a_day_without_partition_is_recorded_all_the_same() throws SQLException {
        Instant old = Instant.parse("2001-01-01T00:00:00Z");
        append(
                gateway,
                session,
                List.of(EncodedEvent.of(SessionEvent.of(session, EventKind.RECEIVED, old, "x", Map.of()))));
        append(gateway, session, List.of(event(EventKind.DECIDED)));
        assertThat(verify(session)).hasToString("Chain verified, 2 entries");
        try (Connection owner = database.owner().connect()) {
            assertThat(Fixture.number(
                            owner, "select count(*) from session_event_other where session_id = ?", session.value()))
                    .isOne();
        }
    }

    @Test
    void partitions_are_made_once_and_days_ahead() throws SQLException {
        assertThat(Fixture.number(gateway, "select ensure_partitions(14)")).isZero();
        assertThat(Fixture.number(gateway, "select ensure_partitions(16)")).isEqualTo(4);
        assertRefused(SqlStates.UNKNOWN, () -> Fixture.number(gateway, "select ensure_partitions(100000)"));
    }

    @Test
    void whoever_changes_the_table_behind_our_back_is_found_out() throws SQLException {
        // Given
        append(
                gateway,
                session,
                List.of(event(EventKind.RECEIVED), event(EventKind.DECIDED), event(EventKind.RETURNED)));
        Map<String, Long> tampering = Map.of(
                "update session_event set actor = 'x' where session_id = ? and seq = 2", 2L,
                "update session_event set body = body || '\\x20' where session_id = ? and seq = 2", 2L,
                "update session_event set at = at + interval '1 second' where session_id = ? and seq = 3", 3L,
                "update session_event set digest = sha256('x') where session_id = ? and seq = 1", 1L,
                "delete from session_event where session_id = ? and seq = 2", 2L,
                "delete from session_event where session_id = ? and seq = 3", 3L);

        // Then
        for (Map.Entry<String, Long> change : tampering.entrySet()) {
            try (Connection owner = database.owner().connect()) {
                owner.setAutoCommit(false);
                Fixture.run(owner, change.getKey(), session.value());
                ChainReport report = verify(owner, session);
                assertThat(report).as(change.getKey()).isInstanceOf(ChainReport.Broken.class);
                assertThat(((ChainReport.Broken) report).seq())
                        .as(change.getKey())
                        .isEqualTo(change.getValue());
                owner.rollback();
            }
        }
        assertThat(verify(session)).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void pages_are_chained_in_the_order_in_which_they_end_and_a_repeat_is_only_counted() throws SQLException {
        // Given
        StatementId statement = Fixture.received(gateway, session);
        assertRefused(SqlStates.UNKNOWN, () -> finish(statement, 0, true, 1));

        // When
        assertThat(begin(statement, 0)).isOne();
        assertThat(begin(statement, 2)).isOne();
        assertThat(begin(statement, 1)).isOne();
        byte[] cut = finish(statement, 2, false, 7);
        byte[] first = finish(statement, 0, true, 1);
        assertThat(begin(statement, 0)).isEqualTo(2);
        assertThat(finish(statement, 0, true, 1)).isEqualTo(first);
        begin(statement, 2);
        byte[] last = finish(statement, 2, true, 2);

        // Then
        List<ChainedPage> pages = pages(statement);
        assertThat(pages).extracting(ChainedPage::page).containsExactly(2, 0, 2);
        assertThat(pages.getFirst().link()).isEqualTo(cut);
        ChainReport report = PageChain.verify(statement, pages);
        assertThat(report).hasToString("Chain verified, 3 entries");
        assertThat(((ChainReport.Verified) report).link()).isEqualTo(last);
        assertThat(PageChain.verify(statement, pages.reversed())).isInstanceOf(ChainReport.Broken.class);
        assertThat(PageChain.verify(StatementId.random(), pages)).isInstanceOf(ChainReport.Broken.class);
    }

    private EncodedEvent event(EventKind kind) {
        return EncodedEvent.of(SessionEvent.of(session, kind, Instant.now(), "copilot", Map.of("n", "1")));
    }

    private static long append(Connection connection, SessionId session, List<EncodedEvent> events)
            throws SQLException {
        return Fixture.number(
                connection, "select last_seq from append_events(?, ?)", session.value(), EncodedEvent.batch(events));
    }

    private ChainReport verify(SessionId id) throws SQLException {
        return verify(console, id);
    }

    private static ChainReport verify(Connection connection, SessionId id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select seq, link from session_head where session_id = ?")) {
            query.setObject(1, id.value());
            try (ResultSet head = query.executeQuery()) {
                head.next();
                return ChainVerifier.verify(id, rows(connection, id), head.getLong(1), head.getBytes(2));
            }
        }
    }

    private List<ChainedEvent> rows(SessionId id) throws SQLException {
        return rows(console, id);
    }

    private static List<ChainedEvent> rows(Connection connection, SessionId id) throws SQLException {
        List<ChainedEvent> events = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select seq, at, kind, statement_id, actor, body, sealed, digest, link from session_event where session_id = ? order by seq")) {
            query.setObject(1, id.value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    events.add(new ChainedEvent(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getString(3),
                            Optional.ofNullable(rows.getObject(4, UUID.class)),
                            rows.getString(5),
                            rows.getBytes(6),
                            rows.getBytes(7),
                            rows.getBytes(8),
                            rows.getBytes(9)));
                }
            }
        }
        return events;
    }

    private long begin(StatementId statement, int page) throws SQLException {
        return Fixture.number(gateway, "select begin_page(?, ?)", statement.value(), page);
    }

    private byte[] finish(StatementId statement, int page, boolean complete, int content) throws SQLException {
        byte[] digest = new byte[32];
        digest[0] = (byte) content;
        try (PreparedStatement call = gateway.prepareStatement("select finish_page(?, ?, 10, 200, 3, ?, ?, null)")) {
            call.setObject(1, statement.value());
            call.setInt(2, page);
            call.setBoolean(3, complete);
            call.setBytes(4, digest);
            try (ResultSet rows = call.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }
    }

    private List<ChainedPage> pages(StatementId statement) throws SQLException {
        List<ChainedPage> pages = new ArrayList<>();
        try (PreparedStatement query = console.prepareStatement(
                "select seq, page, rows, bytes, masked_cells, complete, digest, link from result_page where statement_id = ? order by seq")) {
            query.setObject(1, statement.value());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    pages.add(new ChainedPage(
                            rows.getLong(1),
                            rows.getInt(2),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getBoolean(6),
                            rows.getBytes(7),
                            rows.getBytes(8)));
                }
            }
        }
        return pages;
    }
}
