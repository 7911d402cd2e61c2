package dev.snowgate.gateway.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.Admission;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.Decision;
import dev.snowgate.recording.EncodedEvent;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Lets a cleared statement start, in one call of the database. Under the lock of the session's row: same epoch, gate free, and its
 * own state still one from which it may be sent. A statement that changes the session runs alone in it; what runs is read from the
 * ledger itself, so no count can be left behind by a crash.
 */
final class AdmissionStore {
    private static final String ADMIT = """
            select outcome, context_now, epoch_now, owner_session from admit_statement(:id, :session, :gated, :alone, :epoch, :replica,
                :lease, :at, :analysis, :decision, :effect, :rule, :reason, :maskPlan, :shape, :title, :sealedText, :context,
                :policyVersion, :catalogVersion, :firstEvents, :laterEvents)
            """;
    /** Locked as a session that is about to be used, not as one that is about to go: other rows may still refer to it. */
    private static final String LOCK_SESSION = "select id from agent_session where id = :id for no key update";

    private final DatabaseStore database;
    private final KeyStore keys;
    private final EntryStore entries;
    private final UseStore uses;
    private final Lease lease;
    private final SealingLane lane;
    private final Clock clock;

    AdmissionStore(
            DatabaseStore database,
            KeyStore keys,
            EntryStore entries,
            UseStore uses,
            Lease lease,
            SealingLane lane,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.entries = entries;
        this.uses = uses;
        this.lease = lease;
        this.lane = lane;
        this.clock = clock;
    }

    Mono<Admission> admit(AnalysedStatement analysed, Decision decision, UpstreamCall call) {
        boolean gated = call.session().dialect() == Dialect.DRIVER;
        return admit(new Wish(analysed, decision, call, gated, gated && analysed.changesSession()));
    }

    /** A describe runs nothing: no gate, and the context it was judged in is checked by nobody but Snowflake. */
    Mono<Admission> admitDescribe(AnalysedStatement analysed, Decision decision, UpstreamCall call) {
        return admit(new Wish(analysed, decision, call, false, false));
    }

    private Mono<Admission> admit(Wish wish) {
        return attempt(wish, wish.call().session().id()).flatMap(answer -> admission(wish, answer));
    }

    private Mono<Admission> admission(Wish wish, Answer answer) {
        return switch (answer.outcome()) {
            case "ADMITTED" -> Mono.just(new Admission.Admitted());
            case "BUSY" -> Mono.just(new Admission.Busy());
            case "SUPERSEDED" -> Mono.just(new Admission.Superseded());
            case "CONTEXT_CHANGED" -> Mono.just(new Admission.ContextChanged(answer.context()));
            case "HELD" -> released(wish, answer.owner());
            case "OTHER_SESSION" -> inItsOwnSession(wish, answer.owner());
            case "GONE" -> Mono.error(gone());
            case "SUSPENDED" ->
                Mono.error(new GatewayException(
                        GatewayErrorCode.AGENT_SUSPENDED, "The agent is suspended: none of its statements runs."));
            default -> Mono.error(new IllegalStateException("the database gave no known outcome"));
        };
    }

    /**
     * In the SQL API a statement may be asked for with another token than the one that brought it. It is recorded in the session that
     * brought it, under that session's key; whether the one that asks is open was checked before.
     */
    private Mono<Admission> inItsOwnSession(Wish wish, SessionId owner) {
        return wish.gated()
                ? Mono.just(new Admission.Superseded())
                : attempt(wish, owner)
                        .flatMap(again -> again.outcome().equals("OTHER_SESSION")
                                ? Mono.just(new Admission.Superseded())
                                : admission(wish, again));
    }

    /**
     * A statement whose approval came while the policy of now asks for none any more: the approval of exactly what it was held
     * for is used up all the same, so that the ledger tells why it ran.
     */
    private Mono<Admission> released(Wish wish, SessionId owner) {
        if (!(wish.decision() instanceof Decision.Allow)) {
            return Mono.just(new Admission.Superseded());
        }
        // The session before the statement, as everywhere.
        return database.write(database.sql(LOCK_SESSION, Map.of("id", owner.value()))
                        .fetch()
                        .rowsUpdated()
                        .then(Mono.defer(() -> entries.lock(wish.call().id())))
                        .flatMap(row -> uses.use(row.id()).then()))
                .then(Mono.defer(() -> attempt(wish, owner)))
                .flatMap(answer -> answer.outcome().equals("HELD")
                        ? Mono.just(new Admission.Superseded())
                        : admission(wish, answer));
    }

    private Mono<Answer> attempt(Wish wish, SessionId session) {
        if (!wish.analysed().statement().session().id().equals(wish.call().session().id())) {
            return Mono.error(new IllegalArgumentException("the proof is of another session"));
        }
        return keys.require(session)
                .flatMap(key -> DecidedColumns.of(lane, wish.analysed(), wish.decision(), key))
                .flatMap(columns -> database.call(
                        ADMIT, parameters(wish, session, columns, clock.instant()), AdmissionStore::answer))
                .map(Optional::orElseThrow);
    }

    private Map<String, Object> parameters(Wish wish, SessionId session, DecidedColumns columns, Instant at) {
        Statement statement = wish.analysed().statement();
        Map<String, Object> parameters = columns.parameters(at);
        parameters.put("session", session.value());
        parameters.put("gated", wish.gated());
        parameters.put("alone", wish.alone());
        parameters.put("replica", lease.replica());
        parameters.put("lease", lease.length().toMillis());
        EncodedEvent decided = columns.event(session, at);
        EncodedEvent sent = EncodedEvent.of(SessionEvent.of(
                session,
                statement.id(),
                EventKind.SENT,
                at,
                statement.session().principal().agent().value(),
                Map.of(
                        "policyVersion",
                                Long.toString(columns.decision().trail().policyVersion()),
                        "describeOnly", Boolean.toString(statement.describeOnly()))));
        parameters.put("firstEvents", EncodedEvent.batch(List.of(decided, sent)));
        parameters.put("laterEvents", EncodedEvent.batch(List.of(sent)));
        return parameters;
    }

    private static GatewayException gone() {
        return new GatewayException(GatewayErrorCode.SESSION_GONE, "The session has ended. Log in again.");
    }

    private static Answer answer(Readable row) {
        return new Answer(
                RowStore.text(row, "outcome"),
                RowStore.find(row, "context_now", byte[].class),
                RowStore.find(row, "epoch_now", Long.class).orElse(0L),
                RowStore.find(row, "owner_session", UUID.class));
    }

    /** Who wants to start, and how. */
    private record Wish(
            AnalysedStatement analysed, Decision decision, UpstreamCall call, boolean gated, boolean alone) {}

    private record Answer(String outcome, Optional<byte[]> encodedContext, long epoch, Optional<UUID> ownerSession) {
        SessionContext context() {
            return Encoding.SESSION_CONTEXT.decode(encodedContext.orElseThrow()).withEpoch(epoch);
        }

        SessionId owner() {
            return new SessionId(ownerSession.orElseThrow());
        }
    }
}
