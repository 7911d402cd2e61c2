package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.approval.GrantStore;
import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.LedgerDecisions;
import dev.snowgate.recording.ChainReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One session with a few statements on two replicas: does steps in any order and says what must never have come to be. */
final class LedgerModel {
    private static final int MOST = 3;
    private static final Duration GRACE = Duration.ofMinutes(5);
    private final LedgerFixture f;
    private final Connection admin;
    private final GrantStore grants;
    private final AgentSession session;
    private final Decision.Allow allow = LedgerDecisions.allow(LedgerFixture.plan("A"));
    private final Decision.RequireApproval needed = LedgerDecisions.approval(GRACE, LedgerFixture.plan("A"));
    private final List<Tracked> statements = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean suspended;
    private int grantsSent;

    /** With a connection of the superuser's, for what the test arranges and looks at. */
    LedgerModel(LedgerFixture f, Connection admin) {
        this.f = f;
        this.admin = admin;
        this.grants = new GrantStore(f.uses);
        this.session = f.session(Dialect.DRIVER, "agent-" + UUID.randomUUID(), "ann@example.com");
    }

    enum Action {
        SUBMIT,
        RUN,
        RACE,
        POLL,
        APPROVE,
        DENY,
        FACTS_CHANGE,
        EXPIRE,
        ABANDON,
        ABORT,
        START,
        SUCCEED,
        FAIL,
        LOSE,
        CRASH,
        CLAIM,
        SUSPEND,
        RESUME
    }

    /** @param flag for a submission: it needs an approval; else: the other replica does it */
    record Step(Action action, int statement, boolean flag) {}

    /** What the test knows of a statement by itself. */
    private static final class Tracked {
        final AnalysedStatement analysed;
        final boolean held;
        byte[] digest = LedgerFixture.digest("facts");
        Optional<byte[]> approved = Optional.empty();
        boolean expired;
        int sent;
        StatementState last = StatementState.RECEIVED;
        int events;

        Tracked(AnalysedStatement analysed, boolean held) {
            this.analysed = analysed;
            this.held = held;
        }

        UUID id() {
            return analysed.statement().id().value();
        }

        boolean mayRun() {
            return !held
                    || (!expired
                            && approved.filter(a -> Arrays.equals(a, digest)).isPresent());
        }
    }

    void perform(Step step) {
        LedgerStore replica = step.flag() ? f.otherReplica : f.ledger;
        if (step.action() == Action.SUBMIT) {
            submit(step);
            return;
        }
        if (statements.isEmpty()) {
            return;
        }
        Tracked one = statements.get(step.statement() % statements.size());
        switch (step.action()) {
            case SUBMIT -> throw new IllegalStateException("done before");
            case RUN -> run(one, List.of(replica));
            case RACE -> run(one, List.of(f.ledger, f.otherReplica));
            case POLL -> {
                replica.polled(Map.of(one.analysed.statement().id(), Instant.now()))
                        .block();
                now(one);
            }
            case APPROVE -> review(one, "APPROVE");
            case DENY -> review(one, "DENY");
            case FACTS_CHANGE -> factsChange(one, replica);
            case EXPIRE -> expire(one);
            case ABANDON -> abandon(one, replica);
            case ABORT ->
                replica.end(
                                one.analysed.statement().id(),
                                StatementState.CANCELLED,
                                GatewayErrorCode.STATEMENT_CANCELLED,
                                "x")
                        .block();
            case START ->
                finish(
                        one,
                        replica.started(
                                one.analysed.statement().id(),
                                new QueryId(UUID.randomUUID().toString())));
            case SUCCEED ->
                finish(
                        one,
                        replica.succeeded(
                                one.analysed,
                                f.cleared(one.analysed, now(one), allow),
                                LedgerFixture.reply(UUID.randomUUID().toString()),
                                Optional.empty(),
                                false,
                                Duration.ZERO));
            case FAIL ->
                finish(
                        one,
                        replica.failed(
                                one.analysed.statement().id(),
                                new UpstreamReply.Failed(Optional.empty(), "100038", "22018", "original", 1, 1),
                                new LedgerEntry.StoredError("100038", "22018", "told", 1, 1),
                                Optional.empty()));
            case LOSE ->
                finish(one, replica.outcomeUnknown(one.analysed.statement().id(), "UPSTREAM_TIMEOUT"));
            case CRASH -> crash(one, replica);
            case CLAIM -> claim(replica);
            case SUSPEND -> {
                query(
                        "insert into agent_standing (agent, suspended_at, suspended_by) values (?, now(), 'bob') on conflict do nothing",
                        session.principal().agent().value());
                suspended = true;
            }
            case RESUME -> {
                query(
                        "delete from agent_standing where agent = ?",
                        session.principal().agent().value());
                suspended = false;
            }
        }
    }

    private LedgerEntry now(Tracked one) {
        return f.ledger.require(one.analysed.statement().id()).block();
    }

    private void submit(Step step) {
        if (statements.size() == MOST) {
            return;
        }
        Statement statement = f.statement(
                session, "update t set a = 'x'", UUID.randomUUID().toString(), step.statement() == 0, false);
        f.received(statement);
        Tracked one = new Tracked(f.analysed(statement), step.flag());
        statements.add(one);
        if (one.held) {
            f.ledger.hold(one.analysed, needed, one.digest).block();
        }
    }

    /** As the pipeline does: look for a grant if one is needed, then ask to be let in. */
    private void run(Tracked one, List<LedgerStore> replicas) {
        LedgerEntry entry = now(one);
        if (one.held && entry.state() == StatementState.CLEARED) {
            faults.add("a statement that needs approval was cleared");
        }
        Optional<UsedGrant> grant =
                one.held ? grants.findUsable(entry, one.digest).blockOptional() : Optional.empty();
        if (grant.isPresent() && !one.mayRun()) {
            faults.add("a grant without an approval of these facts");
        }
        if (one.held && grant.isEmpty()) {
            return;
        }
        Decision decision = one.held ? needed : allow;
        ClearedStatement cleared = one.held
                ? ClearedStatement.granted(f.call(one.analysed, entry), grant.orElseThrow(), needed)
                : f.cleared(one.analysed, entry, allow);
        List<Admission> admissions = Flux.fromIterable(replicas)
                .flatMap(replica -> replica.admit(one.analysed, decision, cleared)
                        .onErrorResume(
                                GatewayException.class,
                                refused -> refused.code() == GatewayErrorCode.AGENT_SUSPENDED && suspended
                                        ? Mono.empty()
                                        : Mono.error(refused)))
                .collectList()
                .block();
        int admitted = (int)
                admissions.stream().filter(Admission.Admitted.class::isInstance).count();
        if (admitted > 0 && suspended) {
            faults.add("a suspended agent's statement was sent");
        }
        if (admitted > 0 && !one.mayRun()) {
            faults.add("a statement was sent without being allowed to");
        }
        one.sent += admitted;
        grantsSent += one.held ? admitted : 0;
    }

    /** How many statements were sent with an approval: says that a history was worth its while. */
    int grantsSent() {
        return grantsSent;
    }

    private void review(Tracked one, String verdict) {
        Optional<Long> pending = pending(one);
        if (pending.isEmpty()) {
            return;
        }
        try {
            f.review(pending.get(), verdict, "because");
        } catch (IllegalStateException tooLate) {
            if (!one.expired) {
                faults.add("a pending request could not be reviewed");
            }
            return;
        }
        if (one.expired) {
            faults.add("an expired request was reviewed");
        }
        if (verdict.equals("APPROVE")) {
            one.approved = Optional.of(one.digest);
        }
    }

    private Optional<Long> pending(Tracked one) {
        String id = query("select id from approval_request where statement_id = ? and state = 'PENDING'", one.id());
        return id.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(id));
    }

    /** The statement is judged again and what it reads is another by now: the request is made anew. */
    private void factsChange(Tracked one, LedgerStore replica) {
        if (!one.held) {
            return;
        }
        boolean waiting = Set.of(StatementState.HELD, StatementState.RELEASED).contains(now(one).state());
        byte[] other = LedgerFixture.digest("facts " + UUID.randomUUID());
        LedgerEntry entry = replica.hold(one.analysed, needed, other).block();
        if (waiting && entry.state() == StatementState.HELD) {
            one.digest = other;
            one.expired = false;
        }
    }

    private void expire(Tracked one) {
        query("update approval_request set expires_at = now() - interval '1 second' where statement_id = ?", one.id());
        query(
                "update statement set expires_at = now() - interval '1 second' where id = ? and expires_at is not null",
                one.id());
        one.expired = true;
    }

    private void abandon(Tracked one, LedgerStore replica) {
        query(
                "update statement set received_at = now() - interval '1 hour', last_polled_at = now() - interval '1 hour' where id = ?",
                one.id());
        replica.endOverdue(GRACE).collectList().block();
    }

    /** What is told of a statement that is not running must change nothing. */
    private void finish(Tracked one, Mono<?> told) {
        boolean running = Set.of(StatementState.SENT, StatementState.STARTED).contains(stored(one));
        StatementState before = stored(one);
        try {
            told.block();
        } catch (GatewayException | IllegalStateException refused) {
            if (running) {
                faults.add("the end of a running statement was refused: " + refused);
            }
        }
        if (!running && stored(one) != before) {
            faults.add("a statement that did not run went from " + before + " to " + stored(one));
        }
    }

    /** The replica that ran it is gone; another claims it, once, and must not send it again. */
    private void crash(Tracked one, LedgerStore replica) {
        query(
                "update statement set lease_until = now() - interval '1 second' where id = ? and lease_until is not null",
                one.id());
        boolean running = Set.of(StatementState.SENT, StatementState.STARTED).contains(stored(one));
        List<LedgerEntry> claimed = Flux.merge(f.ledger.claimStranded(50), f.otherReplica.claimStranded(50))
                .collectList()
                .block();
        long ours = claimed.stream()
                .filter(entry -> entry.id().value().equals(one.id()))
                .count();
        if (ours != (running ? 1 : 0)) {
            faults.add("claimed " + ours + " times while " + stored(one));
        }
        run(one, List.of(replica));
    }

    private void claim(LedgerStore replica) {
        for (LedgerEntry entry : replica.claimReleased(50).collectList().block()) {
            statements.stream().filter(s -> s.id().equals(entry.id().value())).forEach(one -> {
                if (!one.mayRun() || one.sent > 0) {
                    faults.add("claimed as released without an approval");
                }
                run(one, List.of(replica));
            });
        }
    }

    private StatementState stored(Tracked one) {
        return StatementState.valueOf(query("select state from statement where id = ?", one.id()));
    }

    /** What should not be; empty if all is well. */
    List<String> violations() {
        statements.forEach(this::look);
        return List.copyOf(faults);
    }

    private void look(Tracked one) {
        Seen seen = seen(one);
        expect(
                one.sent <= 1 && seen.sent() == one.sent,
                "sent " + one.sent + " times, recorded " + seen.sent() + " times");
        expect(
                !one.last.isEnd() || seen.state() == one.last,
                "it had ended as " + one.last + " and is " + seen.state());
        expect(seen.kinds().contains(event(seen.state()).name()), "no event says that it is " + seen.state());
        expect(
                seen.state() == one.last || seen.kinds().size() > one.events,
                one.last + " became " + seen.state() + " without an event");
        if (one.held) {
            expect(one.sent == 0 || seen.used() > 0, "it was sent and no approval is used up");
            expect(seen.usedByOthers() == 0, "an approval was used by another statement");
            expect(
                    seen.open() <= (seen.state().isEnd() || one.sent > 0 ? 0 : 1),
                    "an approval is open that nobody waits for, in " + seen.state());
        }
        one.last = seen.state();
        one.events = seen.kinds().size();
    }

    private record Seen(StatementState state, List<String> kinds, int used, int usedByOthers, int open) {
        long sent() {
            return kinds.stream().filter("SENT"::equals).count();
        }
    }

    private Seen seen(Tracked one) {
        String[] parts = query("""
                        select s.state || '|' || (select string_agg(e.kind, ',' order by e.seq) from session_event e
                                where e.session_id = s.session_id and e.statement_id = s.id)
                            || '|' || (select count(*) from approval_request r where r.used_by = s.id and r.state = 'USED')
                            || '|' || (select count(*) from approval_request r where r.statement_id = s.id and r.used_by <> s.id)
                            || '|' || (select count(*) from approval_request r where r.statement_id = s.id and r.state in ('PENDING', 'APPROVED'))
                        from statement s where s.id = ?
                        """, one.id()).split("\\|");
        return new Seen(
                StatementState.valueOf(parts[0]),
                List.of(parts[1].split(",")),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private String query(String sql, Object... parameters) {
        try (PreparedStatement statement = admin.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.execute() ? statement.getResultSet() : null) {
                return rows != null && rows.next() ? rows.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventKind event(StatementState state) {
        return switch (state) {
            case RECEIVED -> EventKind.RECEIVED;
            case CLEARED -> EventKind.DECIDED;
            case SUCCEEDED -> EventKind.EXECUTED;
            case HELD,
                    RELEASED,
                    SENT,
                    STARTED,
                    FAILED,
                    REFUSED,
                    DENIED,
                    EXPIRED,
                    CANCELLED,
                    ABANDONED,
                    OUTCOME_UNKNOWN -> EventKind.valueOf(state.name());
        };
    }

    /** What is wrong with the session's chain. */
    Set<String> chainFaults() {
        ChainReport report = f.verify(session.id());
        return statements.isEmpty() || report instanceof ChainReport.Verified
                ? new HashSet<>()
                : Set.of(report.toString());
    }
}
