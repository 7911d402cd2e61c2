package dev.snowgate.db;

import static dev.snowgate.db.SqlStateAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalIT {
    static TestDatabase database;
    Connection gateway;
    Connection console;
    SessionId session;
    StatementId statement;

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
        statement = Fixture.held(gateway, session);
    }

    @AfterEach
    void close() throws SQLException {
        gateway.close();
        console.close();
    }

    @Test
    void a_review_decides_the_request_in_the_same_transaction() throws SQLException {
        // Given
        long request = Fixture.request(gateway, session, statement, 60_000);
        console.setAutoCommit(false);

        // When
        Fixture.review(console, request, "bob@acme.example", "APPROVE", "looks right");

        // Then
        assertThat(state(request)).isEqualTo("PENDING");
        console.commit();
        assertThat(state(request)).isEqualTo("APPROVED");
        assertThat(Fixture.text(
                        gateway, "select decided_by || ':' || comment from approval_request where id = ?", request))
                .isEqualTo("bob@acme.example:looks right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@acme.example", "ADA@acme.example", " ada@acme.example "})
    void nobody_reviews_the_own_request(String reviewer) throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        assertRefused(SqlStates.FOUR_EYES, () -> Fixture.review(console, request, reviewer, "APPROVE", ""));
        assertRefused(SqlStates.FOUR_EYES, () -> Fixture.review(console, request, reviewer, "DENY", "no"));
    }

    @Test
    void owners_of_an_agent_do_not_review_its_requests() throws SQLException {
        SessionId owned = Fixture.session(gateway, null, "own@acme.example", "own2@acme.example");
        long request = Fixture.request(gateway, owned, Fixture.held(gateway, owned), 60_000);
        assertRefused(SqlStates.FOUR_EYES, () -> Fixture.review(console, request, "own2@acme.example", "APPROVE", ""));
        Fixture.review(console, request, "bob@acme.example", "APPROVE", "");
    }

    @Test
    void a_request_of_nobody_is_not_approved_unless_its_rule_says_so() throws SQLException {
        SessionId nobody = Fixture.session(gateway, null);
        long request = Fixture.request(gateway, nobody, Fixture.held(gateway, nobody), 60_000);
        assertRefused(
                SqlStates.REQUESTER_UNKNOWN, () -> Fixture.review(console, request, "bob@acme.example", "APPROVE", ""));
        Fixture.review(console, request, "bob@acme.example", "DENY", "who are you");
        assertThat(state(request)).isEqualTo("DENIED");
    }

    @Test
    void a_request_cannot_hide_who_is_behind_its_session() {
        assertRefused(
                SqlStates.NOT_APPROVED,
                () -> Fixture.run(gateway, """
                insert into approval_request (statement_id, session_id, agent, requester_person, rule, reason, facts, statement_digest, expires_at)
                values (?, ?, 'copilot', 'somebody@else.example', 'r', 'r', '\\x01', ?, now() + interval '1 hour')""", statement.value(), session.value(), Fixture.DIGEST));
    }

    @Test
    void a_reviewer_belongs_to_the_group_that_approves() throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        assertRefused(SqlStates.NOT_IN_GROUP, () -> Fixture.run(console, """
                insert into approval_review (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict)
                values (?, 'bob@acme.example', 'Bob', ?, 'APPROVE')""", request, new String[] {"other"}));
    }

    @Test
    void a_denial_needs_words() throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        assertRefused(
                SqlStates.COMMENT_MISSING, () -> Fixture.review(console, request, "bob@acme.example", "DENY", "  "));
    }

    @Test
    void only_a_pending_request_is_reviewed() throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        Fixture.review(console, request, "bob@acme.example", "DENY", "no");
        assertRefused(SqlStates.NOT_PENDING, () -> Fixture.review(console, request, "eve@acme.example", "APPROVE", ""));
        assertRefused(
                SqlStates.NO_SUCH_REQUEST, () -> Fixture.review(console, 999_999, "eve@acme.example", "APPROVE", ""));
    }

    @Test
    void an_expired_request_is_neither_reviewed_nor_used() throws SQLException {
        // Given one that is approved and one that is not, both past their time
        long pending = Fixture.request(gateway, session, statement, -1);
        SessionId other = Fixture.session(gateway, "ada@acme.example");
        StatementId held = Fixture.held(gateway, other);
        long approved = Fixture.request(gateway, other, held, 60_000);
        Fixture.review(console, approved, "bob@acme.example", "APPROVE", "");
        age(approved);

        // Then
        assertRefused(SqlStates.EXPIRED, () -> Fixture.review(console, pending, "bob@acme.example", "APPROVE", ""));
        assertThat(Fixture.use(gateway, approved, held)).isZero();
        assertRefused(
                SqlStates.EXPIRED,
                () -> Fixture.run(
                        gateway,
                        "update approval_request set state = 'USED', used_by = ? where id = ?",
                        held.value(),
                        approved));
        assertThat(Fixture.run(
                        gateway, "update approval_request set state = 'EXPIRED' where id in (?, ?)", pending, approved))
                .isEqualTo(2);
    }

    @Test
    void the_gateway_cannot_decide_and_not_expire_early() throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        for (String state : new String[] {"APPROVED", "DENIED"}) {
            assertRefused(
                    SqlStates.NOT_APPROVED,
                    () -> Fixture.run(gateway, "update approval_request set state = ? where id = ?", state, request));
        }
        assertRefused(
                SqlStates.ILLEGAL_STEP,
                () -> Fixture.run(
                        gateway,
                        "update approval_request set state = 'USED', used_by = ? where id = ?",
                        statement.value(),
                        request));
        assertRefused(
                SqlStates.ILLEGAL_STEP,
                () -> Fixture.run(gateway, "update approval_request set state = 'EXPIRED' where id = ?", request));
    }

    @Test
    void a_withdrawn_request_is_gone_and_a_new_one_can_follow() throws SQLException {
        long request = Fixture.request(gateway, session, statement, 60_000);
        assertRefused(SqlStates.DUPLICATE, () -> Fixture.request(gateway, session, statement, 60_000));
        Fixture.run(
                gateway,
                "update approval_request set state = 'WITHDRAWN', end_reason = 'superseded' where id = ?",
                request);
        long next = Fixture.request(gateway, session, statement, 60_000);
        Fixture.run(gateway, "update approval_request set superseded_by = ? where id = ?", next, request);
        assertRefused(SqlStates.NOT_PENDING, () -> Fixture.review(console, request, "bob@acme.example", "APPROVE", ""));
    }

    @Test
    void a_grant_serves_only_the_statement_that_it_covers() throws SQLException {
        // Given
        long request = Fixture.request(gateway, session, statement, 60_000);
        Fixture.review(console, request, "bob@acme.example", "APPROVE", "");
        StatementId other = Fixture.received(gateway, session);
        StatementId foreign = Fixture.held(gateway, Fixture.session(gateway, "eve@acme.example"));

        // Then
        assertRefused(SqlStates.NOT_APPROVED, () -> Fixture.use(gateway, request, other));
        assertRefused(SqlStates.NOT_APPROVED, () -> Fixture.use(gateway, request, foreign));
    }

    @Test
    void a_grant_is_used_once_however_many_try() throws Exception {
        // Given
        long request = Fixture.request(gateway, session, statement, 60_000);
        Fixture.review(console, request, "bob@acme.example", "APPROVE", "");
        int tries = 12;

        // When
        List<Integer> used = together(tries, () -> {
            try (Connection own = database.gateway().connect()) {
                return Fixture.use(own, request, statement);
            }
        });

        // Then
        assertThat(used.stream().mapToInt(i -> i).sum()).isOne();
        assertThat(state(request)).isEqualTo("USED");
    }

    @Test
    void of_reviews_at_the_same_time_one_decides() throws Exception {
        // Given
        long request = Fixture.request(gateway, session, statement, 60_000);

        // When
        List<Integer> decided = together(8, () -> {
            try (Connection own = database.console().connect()) {
                Fixture.review(own, request, "bob@acme.example", "APPROVE", "");
                return 1;
            } catch (SQLException refused) {
                assertThat(refused.getSQLState()).isEqualTo(SqlStates.NOT_PENDING);
                return 0;
            }
        });

        // Then
        assertThat(decided.stream().mapToInt(i -> i).sum()).isOne();
    }

    private static List<Integer> together(int tries, Callable<Integer> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tries);
        try (ExecutorService threads = Executors.newFixedThreadPool(tries)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < tries; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private String state(long request) throws SQLException {
        return Fixture.text(gateway, "select state from approval_request where id = ?", request);
    }

    /** Moves its expiry into the past, which only the owner can do. */
    private static void age(long request) throws SQLException {
        try (Connection owner = database.owner().connect()) {
            Fixture.run(
                    owner,
                    "update approval_request set expires_at = clock_timestamp() - interval '1 second' where id = ?",
                    request);
        }
    }
}
