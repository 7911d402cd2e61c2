package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Decision;
import dev.snowgate.recording.EncodedEvent;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Lets a cleared statement start. Under the lock of the session's row: same epoch, gate free, and its own state still one from
 * which it may be sent. A statement that changes the session runs alone in it; what runs is read from the ledger itself, so no
 * count can be left behind by a crash.
 */
final class AdmissionStore {
    private static final String SESSION = """
            select a.context, a.epoch, a.closed_at is not null as closed, a.gate_exclusive,
                   exists (select from agent_standing t where t.agent in (a.agent, '*') and t.suspended_at is not null) as suspended
            from agent_session a where a.id = :session
            """;
    /** Locked as a session that is about to be used, not as one that is about to go: other rows may still refer to it. */
    private static final String LOCK = " for no key update of a";

    private static final String GATE = """
            select count(*) as active, coalesce(bool_or(id = :exclusive), false) as exclusive from statement
            where session_id = :session and state in ('SENT', 'STARTED') and not describe_only and parent is null
            """;
    private static final String CLEAR =
            "update statement set " + DecidedColumns.SET + ", state = 'CLEARED' where id = :id";
    private static final String DECIDE = "update statement set " + DecidedColumns.SET + " where id = :id";
    private static final String SEND = """
            update statement set state = 'SENT', sent_at = :at, lease_owner = :replica,
                lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where id = :id
            """;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final EntryStore entries;
    private final UseStore uses;
    private final Lease lease;
    private final SealingLane lane;
    private final Clock clock;

    AdmissionStore(
            DatabaseStore database,
            KeyStore keys,
            EventStore events,
            EntryStore entries,
            UseStore uses,
            Lease lease,
            SealingLane lane,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.entries = entries;
        this.uses = uses;
        this.lease = lease;
        this.lane = lane;
        this.clock = clock;
    }

    Mono<Admission> admit(AnalysedStatement analysed, Decision decision, UpstreamCall call) {
        requireSameSession(analysed, call.session());
        boolean gated = call.session().dialect() == Dialect.DRIVER;
        Mono<Admission> work = session(call.session(), gated)
                .flatMap(session -> gated && session.epoch() != call.context().epoch()
                        ? Mono.just(new Admission.ContextChanged(session.context()))
                        : gate(session, call.session(), gated, analysed.changesSession())
                                .flatMap(free -> free
                                        ? send(analysed, decision, gated && analysed.changesSession())
                                        : Mono.just(new Admission.Busy())));
        return database.write(work);
    }

    /** A describe runs nothing: no gate, and the context it was judged in is checked by nobody but Snowflake. */
    Mono<Admission> admitDescribe(AnalysedStatement analysed, Decision decision, UpstreamCall call) {
        requireSameSession(analysed, call.session());
        Mono<Admission> work = session(call.session(), false).flatMap(session -> send(analysed, decision, false));
        return database.write(work);
    }

    private static void requireSameSession(AnalysedStatement analysed, AgentSession session) {
        if (!analysed.statement().session().id().equals(session.id())) {
            throw new IllegalArgumentException("the proof is of another session");
        }
    }

    private Mono<Session> session(AgentSession session, boolean lock) {
        return database.sql(
                        SESSION + (lock ? LOCK : ""),
                        Map.of("session", session.id().value()))
                .map(AdmissionStore::session)
                .one()
                .switchIfEmpty(Mono.error(AdmissionStore::gone))
                .flatMap(AdmissionStore::open);
    }

    private static Mono<Session> open(Session session) {
        if (session.closed()) {
            return Mono.error(gone());
        }
        return session.suspended()
                ? Mono.error(new GatewayException(
                        GatewayErrorCode.AGENT_SUSPENDED, "The agent is suspended: none of its statements runs."))
                : Mono.just(session);
    }

    private static GatewayException gone() {
        return new GatewayException(GatewayErrorCode.SESSION_GONE, "The session has ended. Log in again.");
    }

    private Mono<Boolean> gate(Session session, AgentSession agent, boolean gated, boolean alone) {
        if (!gated) {
            return Mono.just(true);
        }
        return database.sql(
                        GATE,
                        Map.of(
                                "session", agent.id().value(),
                                "exclusive", orNull(session.exclusive(), UUID.class)))
                .map(row -> !RowStore.flag(row, "exclusive") && !(alone && RowStore.number(row, "active") > 0))
                .one();
    }

    private Mono<Admission> send(AnalysedStatement analysed, Decision decision, boolean alone) {
        return keys.require(analysed.statement().session().id())
                .flatMap(key -> DecidedColumns.of(lane, analysed, decision, key))
                .flatMap(columns -> entries.lock(analysed.statement().id())
                        .flatMap(row -> released(row, decision)
                                .flatMap(now -> maySend(now) ? send(now, columns, alone) : superseded())));
    }

    private static Mono<Admission> superseded() {
        return Mono.just(new Admission.Superseded());
    }

    private static boolean maySend(Locked row) {
        return switch (row.state()) {
            case RECEIVED, CLEARED, RELEASED -> true;
            case HELD,
                    SENT,
                    STARTED,
                    SUCCEEDED,
                    FAILED,
                    REFUSED,
                    DENIED,
                    EXPIRED,
                    CANCELLED,
                    ABANDONED,
                    OUTCOME_UNKNOWN -> false;
        };
    }

    /**
     * A statement whose approval came while the policy of now asks for none any more: the approval of exactly what it was held
     * for is used up all the same, so that the ledger tells why it ran.
     */
    private Mono<Locked> released(Locked row, Decision decision) {
        if (row.state() != StatementState.HELD || !(decision instanceof Decision.Allow)) {
            return Mono.just(row);
        }
        return uses.use(row.id())
                .map(approval -> new Locked(
                        row.id(),
                        row.session(),
                        row.agent(),
                        row.dialect(),
                        StatementState.RELEASED,
                        row.describeOnly(),
                        row.async(),
                        row.decided()))
                .defaultIfEmpty(row);
    }

    private Mono<Admission> send(Locked row, DecidedColumns columns, boolean alone) {
        Instant at = clock.instant();
        return database.sql(row.state() == StatementState.RECEIVED ? CLEAR : DECIDE, columns.parameters(at))
                .fetch()
                .rowsUpdated()
                .then(Mono.defer(() -> markSent(row, at)))
                .then(Mono.defer(() -> alone ? alone(row) : Mono.empty()))
                .then(Mono.defer(() -> events.append(row.session(), sent(row, columns, at))))
                .thenReturn(new Admission.Admitted());
    }

    private Mono<Void> markSent(Locked row, Instant at) {
        return database.sql(
                        SEND,
                        Map.of(
                                "id", row.id().value(),
                                "at", at,
                                "replica", lease.replica(),
                                "lease", lease.length().toMillis()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> alone(Locked row) {
        return database.sql(
                        "update agent_session set gate_exclusive = :id where id = :session",
                        Map.of("id", row.id().value(), "session", row.session().value()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static List<EncodedEvent> sent(Locked row, DecidedColumns columns, Instant at) {
        List<EncodedEvent> list = new ArrayList<>();
        if (!row.decided()) {
            list.add(columns.event(row, at));
        }
        list.add(EncodedEvent.of(row.event(
                EventKind.SENT,
                at,
                Map.of(
                        "policyVersion",
                                Long.toString(columns.decision().trail().policyVersion()),
                        "describeOnly", Boolean.toString(row.describeOnly())))));
        return list;
    }

    private static Session session(Readable row) {
        return new Session(
                Encoding.SESSION_CONTEXT.decode(RowStore.bytes(row, "context")),
                RowStore.number(row, "epoch"),
                RowStore.flag(row, "closed"),
                RowStore.flag(row, "suspended"),
                RowStore.find(row, "gate_exclusive", UUID.class));
    }

    private record Session(
            SessionContext context, long epoch, boolean closed, boolean suspended, Optional<UUID> exclusive) {
        Session {
            context = context.withEpoch(epoch);
        }
    }
}
