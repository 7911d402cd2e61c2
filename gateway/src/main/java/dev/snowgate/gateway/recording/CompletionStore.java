package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.policy.Obligations;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.ErrorText;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** How a statement that was sent begins to run and ends with a result. Locks the session before the statement wherever it needs both. */
final class CompletionStore {
    private static final String DRIFTED =
            "The session's context in Snowflake is not what the gateway expected, so the result is withheld."
                    + " Send USE with full names, or log in again.";
    /** The ordinary end: nothing of the session changed, and the statement is still running and of that session. */
    private static final String SUCCEED = """
        with ended as (
          update statement set state = 'SUCCEEDED', upstream_query_id = :query, ended_at = :at, rows = :rows,
            started_at = coalesce(started_at, :began), lease_owner = null, lease_until = null, error_code = null, sealed_error = null
          where id = :id and session_id = :session and state in ('SENT', 'STARTED')
          returning session_id)
        select e.last_seq from ended cross join lateral append_events(ended.session_id, :events) e
        """;

    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final EntryStore entries;
    private final ContextStore contexts;
    private final ChildStore children;
    private final RecordLevels levels;
    private final Clock clock;

    CompletionStore(
            DatabaseStore database,
            KeyStore keys,
            EventStore events,
            EntryStore entries,
            RecordLevels levels,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.entries = entries;
        this.contexts = new ContextStore(database);
        this.children = new ChildStore(database);
        this.levels = levels;
        this.clock = clock;
    }

    Mono<Void> started(StatementId id, QueryId queryId) {
        return database.write(entries.lock(id)
                .filter(row -> row.state() == StatementState.SENT)
                .flatMap(row -> started(row, queryId)));
    }

    private Mono<Void> started(Locked row, QueryId queryId) {
        Instant at = clock.instant();
        return database.sql("""
            update statement set state = 'STARTED', started_at = :at, upstream_query_id = :query where id = :id
            """, Map.of("id", row.id().value(), "at", at, "query", queryId.value()))
                .fetch()
                .rowsUpdated()
                .then(Mono.defer(() -> events.append(
                        row.session(),
                        List.of(EncodedEvent.of(
                                row.event(EventKind.STARTED, at, Map.of("queryId", queryId.value())))))));
    }

    Mono<LedgerEntry> succeeded(
            AnalysedStatement analysed,
            ClearedStatement cleared,
            UpstreamReply.Complete reply,
            Optional<SessionContext> contextAfter,
            boolean drifted,
            Duration duration) {
        Run run = Run.of(cleared);
        Optional<SessionContext> change = contextAfter.filter(after -> ContextStore.changes(run, after));
        boolean ordinary = change.isEmpty() && !drifted && reply.childIds().isEmpty();
        Mono<LedgerEntry> stepByStep = stepByStep(analysed, run, reply, change, drifted, duration);
        return ordinary
                ? atOnce(analysed, cleared, reply, duration)
                        .flatMap(done -> done.map(Mono::just).orElse(stepByStep))
                : stepByStep;
    }

    private Mono<Optional<LedgerEntry>> atOnce(
            AnalysedStatement analysed, ClearedStatement cleared, UpstreamReply.Complete reply, Duration duration) {
        UpstreamCall call = cleared.call();
        Instant at = clock.instant();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", call.id().value());
        parameters.put("session", call.session().id().value());
        parameters.put("query", reply.queryId().value());
        parameters.put("at", at);
        parameters.put("began", at.minus(duration));
        parameters.put("rows", reply.rows());
        EncodedEvent event = EncodedEvent.of(SessionEvent.of(
                call.session().id(),
                call.id(),
                EventKind.EXECUTED,
                at,
                call.session().principal().agent().value(),
                executedFacts(reply, duration)));
        parameters.put("events", EncodedEvent.batch(List.of(event)));
        return database.call(SUCCEED, parameters, row -> RowStore.number(row, "last_seq"))
                .map(done -> done.map(seq -> ended(analysed, cleared, reply)));
    }

    private LedgerEntry ended(AnalysedStatement analysed, ClearedStatement cleared, UpstreamReply.Complete reply) {
        levels.note(cleared.call().id(), cleared.obligations());
        return Entries.succeeded(analysed, cleared, reply.queryId());
    }

    /** The decision of a sent statement never changes, so its plans are those of the row, whatever the policy of now says. */
    Mono<LedgerEntry> learned(
            AnalysedStatement analysed,
            AgentSession session,
            LedgerEntry entry,
            UpstreamReply.Complete reply,
            Optional<SessionContext> contextAfter,
            boolean drifted) {
        return database.call(
                        "select decision, sent_at from statement where id = :id",
                        Map.of("id", entry.id().value()),
                        CompletionStore::sent)
                .map(Optional::orElseThrow)
                .flatMap(sent -> {
                    Run run = Run.of(session, entry, sent.plans());
                    Optional<SessionContext> change = contextAfter.filter(after -> ContextStore.changes(run, after));
                    return stepByStep(analysed, run, reply, change, drifted, sent.until(clock.instant()));
                });
    }

    private static Sent sent(Readable row) {
        return new Sent(
                RowStore.find(row, "decision", byte[].class)
                        .map(Encoding.DECISION::decode)
                        .flatMap(RecordedDecision::obligations)
                        .map(Obligations::masks)
                        .orElse(List.of()),
                RowStore.instant(row, "sent_at"));
    }

    private Mono<LedgerEntry> stepByStep(
            AnalysedStatement analysed,
            Run run,
            UpstreamReply.Complete reply,
            Optional<SessionContext> change,
            boolean drifted,
            Duration duration) {
        return database.write(contexts.lockIf(run.session(), change.isPresent() || drifted)
                .then(Mono.defer(() -> entries.lock(run.id())))
                .filter(Locked::isRunning)
                .zipWhen(row -> keys.require(row.session()))
                .flatMap(both -> finish(both.getT1(), both.getT2(), reply, drifted, duration)
                        .then(Mono.defer(() -> children.insert(both.getT1(), analysed, run, reply)))
                        .then(Mono.defer(() -> contexts.apply(run, change, drifted)))
                        .flatMap(changed -> events.append(
                                both.getT1().session(), executed(both.getT1(), reply, changed, drifted, duration))))
                .then(Mono.defer(() -> entries.require(run.id()))));
    }

    private Mono<Void> finish(
            Locked row, DataKey key, UpstreamReply.Complete reply, boolean drifted, Duration duration) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", row.id().value());
        parameters.put("query", reply.queryId().value());
        parameters.put("at", clock.instant());
        parameters.put("began", clock.instant().minus(duration));
        parameters.put("rows", reply.rows());
        ErrorText error = Errors.ours(GatewayErrorCode.SESSION_DRIFTED, DRIFTED);
        parameters.put("code", orNull(drifted ? error.wireCode() : null, String.class));
        parameters.put(
                "error",
                orNull(
                        drifted
                                ? key.seal(
                                        ErrorText.ENCODING.encode(error), Place.ofStatement(row.id(), "sealed_error"))
                                : null,
                        byte[].class));
        return database.sql("""
            update statement set state = 'SUCCEEDED', upstream_query_id = :query, ended_at = :at, rows = :rows,
                started_at = coalesce(started_at, :began), lease_owner = null, lease_until = null,
                error_code = :code, sealed_error = :error
            where id = :id
            """, parameters).fetch().rowsUpdated().then();
    }

    private List<EncodedEvent> executed(
            Locked row,
            UpstreamReply.Complete reply,
            Optional<SessionContext> changed,
            boolean drifted,
            Duration duration) {
        Instant at = clock.instant();
        List<EncodedEvent> list = new ArrayList<>();
        list.add(EncodedEvent.of(row.event(EventKind.EXECUTED, at, executedFacts(reply, duration))));
        changed.ifPresent(context -> list.add(EncodedEvent.of(row.event(
                EventKind.CONTEXT_CHANGED,
                at,
                Map.of(
                        "epoch", Long.toString(context.epoch()),
                        "context", Encoding.SESSION_CONTEXT.encodeText(context))))));
        if (drifted) {
            list.add(EncodedEvent.of(row.event(EventKind.SESSION_DRIFTED, at, Map.of())));
            list.add(EncodedEvent.of(
                    row.event(EventKind.WITHHELD, at, Map.of("code", GatewayErrorCode.SESSION_DRIFTED.name()))));
        }
        return list;
    }

    private static Map<String, String> executedFacts(UpstreamReply.Complete reply, Duration duration) {
        return Map.of(
                "queryId", reply.queryId().value(),
                "rows", Long.toString(reply.rows()),
                "chunks", Integer.toString(reply.chunks()),
                "children", Integer.toString(reply.childIds().size()),
                "milliseconds", Long.toString(duration.toMillis()));
    }

    /** What was fixed when it was sent, and when that was. */
    private record Sent(List<MaskPlan> plans, Instant at) {
        Duration until(Instant end) {
            Duration ran = Duration.between(at, end);
            return ran.isNegative() ? Duration.ZERO : ran;
        }
    }
}
