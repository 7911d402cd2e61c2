package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.sql.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningIT {
    private final LedgerFixture f = new LedgerFixture();
    private final Decision.Allow allow = LedgerDecisions.allow(LedgerFixture.plan("A"));

    @AfterAll
    void close() {
        f.close();
    }

    private record Run(AnalysedStatement analysed, LedgerEntry entry, ClearedStatement cleared) {}

    private Run run(AgentSession session, Effect effect) {
        Statement statement = f.statement(session, "select 'x'");
        LedgerEntry entry = f.received(statement);
        AnalysedStatement analysed = f.analysed(statement, effect);
        return new Run(analysed, entry, f.cleared(analysed, entry, allow));
    }

    private Admission admit(LedgerStore ledger, Run run) {
        return ledger.admit(run.analysed(), allow, run.cleared()).block();
    }

    private LedgerEntry succeed(Run run, Optional<SessionContext> after, boolean drifted) {
        return f.ledger
                .succeeded(
                        run.analysed(),
                        run.cleared(),
                        LedgerFixture.reply(UUID.randomUUID().toString()),
                        after,
                        drifted,
                        Duration.ofMillis(20))
                .block();
    }

    @Test
    void the_way_of_an_allowed_statement_is_recorded_step_by_step() {
        // Given
        AgentSession session = f.session();
        Run run = run(session, Effect.READ);
        // When
        admit(f.ledger, run);
        f.ledger.started(run.entry().id(), new QueryId("01-up")).block();
        LedgerEntry started = f.ledger.require(run.entry().id()).block();
        LedgerEntry done = succeed(run, Optional.of(session.context()), false);
        // Then
        assertThat(started.state()).isEqualTo(StatementState.STARTED);
        assertThat(started.executing()).isTrue();
        assertThat(started.upstreamQueryId()).contains(new QueryId("01-up"));
        assertThat(done.state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(done.masks()).contains(LedgerFixture.plan("A"));
        assertThat(done.output()).extracting(o -> o.name()).containsExactly("A");
        assertThat(f.kinds(session.id())).containsExactly("RECEIVED", "DECIDED", "SENT", "STARTED", "EXECUTED");
        assertThat(f.verify(session.id())).isInstanceOf(ChainReport.Verified.class);
    }

    @Test
    void statements_that_leave_the_session_alone_run_beside_each_other_and_one_that_changes_it_runs_alone() {
        // Given
        AgentSession session = f.session();
        Run first = run(session, Effect.READ);
        Run second = run(session, Effect.READ);
        Run use = run(session, Effect.SESSION);
        Run late = run(session, Effect.READ);
        // When
        Admission a = admit(f.ledger, first);
        Admission b = admit(f.otherReplica, second);
        Admission blocked = admit(f.ledger, use);
        succeed(first, Optional.empty(), false);
        succeed(second, Optional.empty(), false);
        Admission alone = admit(f.ledger, use);
        Admission waits = admit(f.otherReplica, late);
        succeed(use, Optional.empty(), false);
        Admission goes = admit(f.otherReplica, late);
        // Then
        assertThat(List.of(a, b, alone, goes)).hasOnlyElementsOfType(Admission.Admitted.class);
        assertThat(List.of(blocked, waits)).hasOnlyElementsOfType(Admission.Busy.class);
    }

    @Test
    void of_two_exclusive_statements_at_the_same_moment_one_is_busy() {
        // Given
        AgentSession session = f.session();
        Run one = run(session, Effect.SESSION);
        Run two = run(session, Effect.SESSION);
        // When
        List<Admission> admissions = Flux.merge(
                        f.ledger.admit(one.analysed(), allow, one.cleared()),
                        f.otherReplica.admit(two.analysed(), allow, two.cleared()))
                .collectList()
                .block();
        // Then
        assertThat(admissions).hasOnlyElementsOfTypes(Admission.Admitted.class, Admission.Busy.class);
        assertThat(admissions).filteredOn(Admission.Busy.class::isInstance).hasSize(1);
    }

    @Test
    void a_changed_context_gets_the_next_epoch_and_older_proofs_are_judged_again() {
        // Given
        AgentSession session = f.session();
        Run use = run(session, Effect.SESSION);
        Run stale = run(session, Effect.READ);
        SessionContext after = session.context().withNamespace(Optional.of("DEV"), Optional.of("PUBLIC"));
        admit(f.ledger, use);
        // When
        succeed(use, Optional.of(after), false);
        Admission admission = admit(f.otherReplica, stale);
        // Then
        assertThat(admission).isEqualTo(new Admission.ContextChanged(after.withEpoch(1)));
        assertThat(f.kinds(session.id())).contains("CONTEXT_CHANGED");
    }

    @Test
    void a_drifted_session_withholds_the_result() {
        // Given
        AgentSession session = f.session();
        Run run = run(session, Effect.READ);
        admit(f.ledger, run);
        // When
        LedgerEntry entry = succeed(run, Optional.of(session.context()), true);
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(entry.error().orElseThrow().wireCode()).isEqualTo(GatewayErrorCode.SESSION_DRIFTED.wireCode());
        assertThat(f.query(
                        "select drifted from agent_session where id = ?",
                        session.id().value()))
                .isEqualTo("t");
        assertThat(f.kinds(session.id())).endsWith("EXECUTED", "SESSION_DRIFTED", "WITHHELD");
    }

    @Test
    void statements_of_the_sql_api_pass_the_gate_always() {
        // Given
        AgentSession session = f.session(Dialect.SQL_API, "api", "ann@example.com");
        Run one = run(session, Effect.SESSION);
        Run two = run(session, Effect.SESSION);
        // When / Then
        assertThat(admit(f.ledger, one)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(f.ledger, two)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void a_cancelled_statement_is_not_sent() {
        // Given
        Run run = run(f.session(), Effect.READ);
        f.ledger
                .end(run.entry().id(), StatementState.CANCELLED, GatewayErrorCode.STATEMENT_CANCELLED, "cancelled")
                .block();
        // When / Then
        assertThat(admit(f.ledger, run)).isInstanceOf(Admission.Superseded.class);
    }

    @Test
    void a_suspended_agent_starts_nothing() {
        // Given
        AgentSession session = f.session(Dialect.DRIVER, "suspended-agent", "ann@example.com");
        Run run = run(session, Effect.READ);
        f.execute("insert into agent_standing (agent, suspended_at, suspended_by) values ('suspended-agent', now(),"
                + " 'bob')");
        // When / Then
        assertThatThrownBy(() -> admit(f.ledger, run))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.AGENT_SUSPENDED));
    }

    @Test
    void statements_of_a_request_are_entries_of_their_own() {
        // Given
        AgentSession session = f.session();
        Statement statement = f.statement(session, "select 1; select 2");
        LedgerEntry entry = f.received(statement);
        AnalysedStatement analysed = f.several(statement, 2);
        Decision.Allow both = LedgerDecisions.allow(LedgerFixture.plan("C0"), LedgerFixture.plan("C1"));
        ClearedStatement cleared = f.cleared(analysed, entry, both);
        f.ledger.admit(analysed, both, cleared).block();
        String parent = UUID.randomUUID().toString();
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        // When
        LedgerEntry done = f.ledger
                .succeeded(
                        analysed,
                        cleared,
                        LedgerFixture.reply(parent, first, second),
                        Optional.empty(),
                        false,
                        Duration.ZERO)
                .block();
        Map<String, LedgerEntry> owned = f.ledger
                .ownedResults(session, List.of(first, second, UUID.randomUUID().toString()))
                .block();
        // Then
        assertThat(done.output()).isEmpty();
        assertThat(owned).containsOnlyKeys(first, second);
        assertThat(owned.get(second).masks()).contains(LedgerFixture.plan("C1"));
        assertThat(owned.get(second).parent()).contains(statement.id());
        assertThat(owned.get(first).output()).extracting(o -> o.name()).containsExactly("C0");
        assertThat(f.ledger.recentQueryIds(session, 10).block())
                .containsExactly(new QueryId(second), new QueryId(first));
    }

    @Test
    void a_failure_keeps_the_original_sealed_and_tells_the_scrubbed_words() {
        // Given
        AgentSession session = f.session();
        Run run = run(session, Effect.READ);
        admit(f.ledger, run);
        UpstreamReply.Failed original = new UpstreamReply.Failed(
                Optional.of(new QueryId("01-err")), "100038", "22018", "'4711' is no number", 1, 8);
        LedgerEntry.StoredError told = new LedgerEntry.StoredError("100038", "22018", "A value is no number.", 1, 8);
        // When
        LedgerEntry entry = f.ledger
                .failed(run.entry().id(), original, told, Optional.empty())
                .block();
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.FAILED);
        assertThat(entry.error()).contains(told);
        assertThat(f.kinds(session.id())).endsWith("FAILED");
        assertThat(f.query(
                        "select count(*) from session_event where session_id = ? and (position('4711'::bytea in body)"
                                + " > 0 or position('4711'::bytea in sealed) > 0)",
                        session.id().value()))
                .isEqualTo("0");
    }

    @Test
    void an_outcome_that_nobody_can_learn_says_so() {
        // Given
        AgentSession session = f.session();
        Run run = run(session, Effect.READ);
        admit(f.ledger, run);
        // When
        LedgerEntry entry =
                f.ledger.outcomeUnknown(run.entry().id(), "UPSTREAM_TIMEOUT").block();
        // Then
        assertThat(entry.state()).isEqualTo(StatementState.OUTCOME_UNKNOWN);
        assertThat(f.kinds(session.id())).endsWith("OUTCOME_UNKNOWN");
    }

    @Test
    void where_a_change_of_the_session_may_have_happened_no_temporary_object_is_known() {
        // Given
        AgentSession changed = f.session();
        AgentSession onlyRead = f.session();
        Run change = run(changed, Effect.SESSION);
        Run read = run(onlyRead, Effect.READ);
        admit(f.ledger, change);
        admit(f.ledger, read);
        // When
        f.ledger.outcomeUnknown(change.entry().id(), "UPSTREAM_TIMEOUT").block();
        f.ledger.outcomeUnknown(read.entry().id(), "UPSTREAM_TIMEOUT").block();
        // Then
        assertThat(f.context(changed.id()).overlay().known()).isFalse();
        assertThat(f.context(onlyRead.id()).overlay().known()).isTrue();
    }

    @Test
    void a_stranded_statement_is_claimed_once_and_a_renewed_one_never() {
        // Given
        Run stranded = run(f.session(), Effect.READ);
        Run renewed = run(f.session(), Effect.READ);
        admit(f.ledger, stranded);
        admit(f.ledger, renewed);
        for (Run run : List.of(stranded, renewed)) {
            f.execute(
                    "update statement set lease_until = now() - interval '1 second' where id = ?",
                    run.entry().id().value());
        }
        // When
        f.ledger.renewLeases(List.of(renewed.entry().id())).block();
        List<LedgerEntry> claimed = Flux.merge(f.otherReplica.claimStranded(10), f.ledger.claimStranded(10))
                .collectList()
                .block();
        // Then
        assertThat(claimed)
                .extracting(LedgerEntry::id)
                .contains(stranded.entry().id())
                .doesNotHaveDuplicates();
        assertThat(claimed)
                .extracting(LedgerEntry::id)
                .doesNotContain(renewed.entry().id());
    }

    @Test
    void a_describe_passes_the_gate_and_ends_when_it_is_returned() {
        // Given
        AgentSession session = f.session();
        Run use = run(session, Effect.SESSION);
        admit(f.ledger, use);
        Statement statement = f.statement(session, "select 1", "d-1", false, true);
        LedgerEntry entry = f.received(statement);
        AnalysedStatement analysed = f.analysed(statement);
        // When
        Admission admission = f.ledger
                .admitDescribe(analysed, allow, ClearedDescribe.of(f.call(analysed, entry), allow))
                .block();
        f.ledger
                .returned(
                        entry, new MaskedReply(new LedgerFixture.Body(), PageBytes.of(new byte[0]), 0, 0, 0, List.of()))
                .block();
        // Then
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        assertThat(f.ledger.require(entry.id()).block().state()).isEqualTo(StatementState.SUCCEEDED);
    }
}
