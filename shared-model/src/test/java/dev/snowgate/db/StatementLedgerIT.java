package dev.snowgate.db;

import static dev.snowgate.db.SqlStateAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementLedgerIT {
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
    void an_allowed_statement_goes_its_way_and_its_end_is_final() throws SQLException {
        // Given
        StatementId id = Fixture.received(gateway, session);

        // When
        clear(id);
        to(id, "SENT");
        Fixture.run(
                gateway, "update statement set state = 'STARTED', upstream_query_id = 'q' where id = ?", id.value());
        to(id, "SUCCEEDED");

        // Then
        for (StatementState state : StatementState.values()) {
            if (state != StatementState.SUCCEEDED) {
                assertRefused(SqlStates.ILLEGAL_STEP, () -> to(id, state.name()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVED,SENT",
        "RECEIVED,STARTED",
        "RECEIVED,SUCCEEDED",
        "RECEIVED,RELEASED",
        "RECEIVED,DENIED",
        "RECEIVED,ABANDONED",
        "HELD,CLEARED",
        "HELD,SENT",
        "HELD,SUCCEEDED",
        "CLEARED,RECEIVED",
        "CLEARED,SUCCEEDED",
        "CLEARED,RELEASED",
        "CLEARED,STARTED"
    })
    void a_stage_cannot_be_left_out(String from, String to) throws SQLException {
        // Given
        StatementId id = from.equals("HELD") ? Fixture.held(gateway, session) : Fixture.received(gateway, session);
        if (from.equals("CLEARED")) {
            clear(id);
        }

        // Then
        assertRefused(SqlStates.ILLEGAL_STEP, () -> to(id, to));
    }

    @Test
    void only_an_allowed_statement_is_cleared() throws SQLException {
        for (String effect : new String[] {"REQUIRE_APPROVAL", "DENY"}) {
            StatementId id = Fixture.received(gateway, session);
            assertRefused(
                    "23514",
                    () -> Fixture.run(
                            gateway,
                            "update statement set state = 'CLEARED', effect = ?, decision = '\\x01', mask_plan = '\\x01' where id = ?",
                            effect,
                            id.value()));
        }
    }

    @Test
    void nothing_is_cleared_without_a_recorded_decision_and_mask_plan() throws SQLException {
        StatementId id = Fixture.received(gateway, session);
        assertRefused(
                "23514",
                () -> Fixture.run(
                        gateway, "update statement set state = 'CLEARED', effect = 'ALLOW' where id = ?", id.value()));
    }

    @Test
    void a_held_statement_is_released_only_by_an_approval_of_its_digest_and_sent_only_when_that_is_used()
            throws SQLException {
        // Given
        StatementId id = Fixture.held(gateway, session);
        assertRefused(SqlStates.NOT_APPROVED, () -> to(id, "RELEASED"));
        long request = Fixture.request(gateway, session, id, 60_000);
        assertRefused(SqlStates.NOT_APPROVED, () -> to(id, "RELEASED"));
        Fixture.review(console, request, "bob@acme.example", "APPROVE", "");

        // When the statement that would run is no longer the one that was approved
        byte[] other = new byte[32];
        other[0] = 1;
        Fixture.run(gateway, "update statement set statement_digest = ? where id = ?", other, id.value());
        assertRefused(SqlStates.NOT_APPROVED, () -> to(id, "RELEASED"));
        Fixture.run(gateway, "update statement set statement_digest = ? where id = ?", Fixture.DIGEST, id.value());

        // Then
        to(id, "RELEASED");
        assertRefused(SqlStates.NOT_APPROVED, () -> to(id, "SENT"));
        assertThat(Fixture.use(gateway, request, id)).isOne();
        to(id, "SENT");
    }

    @Test
    void what_was_decided_is_fixed_once_sent() throws SQLException {
        // Given
        StatementId id = Fixture.received(gateway, session);
        clear(id);
        to(id, "SENT");

        // Then
        for (String change : new String[] {
            "effect = 'DENY'", "decision = '\\x02'", "mask_plan = '\\x02'", "rule = 'x'", "context = '\\x02'"
        }) {
            assertRefused(
                    SqlStates.FIXED,
                    () -> Fixture.run(gateway, "update statement set " + change + " where id = ?", id.value()));
        }
        assertThat(Fixture.run(
                        gateway,
                        "update statement set sealed_chunks = '\\x01', last_polled_at = now() where id = ?",
                        id.value()))
                .isOne();
    }

    @Test
    void a_repeated_request_id_is_one_row_per_session_for_drivers() throws SQLException {
        StatementId id = Fixture.received(gateway, session);
        assertRefused(SqlStates.DUPLICATE, () -> insert(session, "DRIVER", id.toString(), null));
        insert(Fixture.session(gateway, "ada@acme.example"), "DRIVER", id.toString(), null);
    }

    @Test
    void a_repeated_request_id_is_one_row_per_principal_for_the_sql_api() throws SQLException {
        String request = UUID.randomUUID().toString();
        insert(session, "SQL_API", request, null);
        SessionId another = Fixture.session(gateway, null);
        assertRefused(SqlStates.DUPLICATE, () -> insert(another, "SQL_API", request, null));
        insert(another, "SQL_API", request, "bob@acme.example");
    }

    @Test
    void a_child_exists_only_within_its_sent_parent() throws SQLException {
        // Given
        StatementId parent = Fixture.received(gateway, session);
        clear(parent);
        assertRefused(SqlStates.ILLEGAL_STEP, () -> child(parent, session, "STARTED"));

        // When
        to(parent, "SENT");

        // Then
        child(parent, session, "STARTED");
        assertRefused(SqlStates.DUPLICATE, () -> child(parent, session, "STARTED"));
        SessionId another = Fixture.session(gateway, "eve@acme.example");
        assertRefused(SqlStates.ILLEGAL_STEP, () -> child(parent, another, "STARTED"));
    }

    @ParameterizedTest
    @EnumSource(
            value = StatementState.class,
            names = {"RELEASED", "SENT", "STARTED", "SUCCEEDED", "FAILED", "DENIED"})
    void a_statement_does_not_begin_in_the_middle(StatementState state) {
        assertRefused(
                SqlStates.ILLEGAL_STEP,
                () -> Fixture.run(gateway, """
                insert into statement (id, session_id, account, agent, dialect, request_id, request_digest, upstream_request_id, context, epoch, state)
                values (?, ?, 'acme', 'copilot', 'DRIVER', 'r', '\\x01', ?, '\\x01', 0, ?)""", UUID.randomUUID(), session.value(), UUID.randomUUID(), state.name()));
    }

    @Test
    void the_epoch_never_goes_back_and_a_closed_session_stays_closed() throws SQLException {
        Fixture.run(
                gateway,
                "update agent_session set epoch = 3, closed_at = now(), close_reason = 'log-out' where id = ?",
                session.value());
        assertRefused(
                SqlStates.ILLEGAL_STEP,
                () -> Fixture.run(gateway, "update agent_session set epoch = 2 where id = ?", session.value()));
        assertRefused(
                SqlStates.ILLEGAL_STEP,
                () -> Fixture.run(gateway, "update agent_session set closed_at = null where id = ?", session.value()));
    }

    @Test
    void the_gate_is_shared_or_exclusive() throws SQLException {
        Fixture.run(gateway, "update agent_session set gate_shared = 1 where id = ?", session.value());
        assertRefused(
                "23514",
                () -> Fixture.run(
                        gateway,
                        "update agent_session set gate_exclusive = ? where id = ?",
                        UUID.randomUUID(),
                        session.value()));
    }

    @Test
    void an_agents_session_has_a_key() {
        assertRefused("23514", () -> Fixture.run(gateway, """
                insert into agent_session (id, account, dialect, agent, issuer, expires_at, context)
                values (?, 'acme', 'DRIVER', 'copilot', 'idp', now(), '\\x01')""", UUID.randomUUID()));
    }

    private void clear(StatementId id) throws SQLException {
        Fixture.run(
                gateway,
                "update statement set state = 'CLEARED', effect = 'ALLOW', decision = '\\x01', mask_plan = '\\x01' where id = ?",
                id.value());
    }

    private void to(StatementId id, String state) throws SQLException {
        assertThat(Fixture.run(gateway, "update statement set state = ? where id = ?", state, id.value()))
                .isOne();
    }

    private void insert(SessionId in, String dialect, String request, String person) throws SQLException {
        Fixture.run(gateway, """
                insert into statement (id, session_id, account, agent, person_claim, dialect, request_id, request_digest, upstream_request_id, context, epoch)
                values (?, ?, 'acme', 'copilot', ?, ?, ?, '\\x01', ?, '\\x01', 0)""", UUID.randomUUID(), in.value(), person, dialect, request, UUID.randomUUID());
    }

    private void child(StatementId parent, SessionId in, String state) throws SQLException {
        Fixture.run(gateway, """
                insert into statement (id, session_id, account, agent, dialect, parent, child_index, context, epoch, state, upstream_query_id)
                values (?, ?, 'acme', 'copilot', 'DRIVER', ?, 0, '\\x01', 0, ?, 'q')""", UUID.randomUUID(), in.value(), parent.value(), state);
    }
}
