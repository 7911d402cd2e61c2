package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.ErrorText;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ends statements without a result: cancelled, abandoned, expired, denied, failed. What has ended stays as it is. */
final class EndingStore {
    private static final Logger LOG = LoggerFactory.getLogger(EndingStore.class);
    private static final int MOST = 200;
    private static final String EXPIRED =
            "The statement was not approved and run in time. Send it again if it is still needed.";
    private static final String END = """
        update statement set state = :state, ended_at = :at, lease_owner = null, lease_until = null, error_code = :code,
            sealed_error = :error
        where id = :id
        """;
    private static final String OVERDUE = """
        select s.id, r.state as request_state, r.comment, r.reviewer, s.expires_at <= clock_timestamp() as expired
        from statement s
        left join lateral (
            select q.state, q.comment, coalesce((select v.reviewer_name from approval_review v
                    where v.request_id = q.id order by v.id desc limit 1), '') as reviewer
            from approval_request q where q.statement_id = s.id order by q.id desc limit 1) r on true
        where s.state in ('HELD', 'RELEASED')
          and (s.expires_at <= clock_timestamp()
            or (s.state = 'HELD' and r.state = 'DENIED')
            or (not s.async and greatest(s.last_polled_at, s.received_at) < clock_timestamp() - :grace * interval '1 millisecond'))
        order by s.received_at limit :most
        """;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final EntryStore entries;
    private final Clock clock;

    EndingStore(DatabaseStore database, KeyStore keys, EventStore events, EntryStore entries, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.entries = entries;
        this.clock = clock;
    }

    Mono<LedgerEntry> end(StatementId id, StatementState state, GatewayErrorCode code, String message) {
        return database.write(entries.lock(id)
                .filter(row -> mayEnd(row.state(), state))
                .flatMap(row -> keys.require(row.session()).flatMap(key -> end(row, key, state, code, message)))
                .then(Mono.defer(() -> entries.require(id))));
    }

    /**
     * The entry as it must be shown: a hold that was denied, or is past its expiry, ends when it is looked at, so that nobody waits
     * for the next round. Everything else is given back as it is, without a query.
     */
    Mono<LedgerEntry> settled(LedgerEntry entry) {
        boolean waiting = entry.state() == StatementState.HELD || entry.state() == StatementState.RELEASED;
        if (!waiting) {
            return Mono.just(entry);
        }
        if (entry.verdict().isPresent()) {
            LedgerEntry.Verdict verdict = entry.verdict().get();
            return end(
                    entry.id(),
                    StatementState.DENIED,
                    GatewayErrorCode.APPROVAL_DENIED,
                    denied(verdict.reviewer(), verdict.comment()));
        }
        boolean expired =
                entry.expiresAt().filter(at -> !at.isAfter(clock.instant())).isPresent();
        return expired
                ? end(entry.id(), StatementState.EXPIRED, GatewayErrorCode.APPROVAL_EXPIRED, EXPIRED)
                : Mono.just(entry);
    }

    private static String denied(String reviewer, String comment) {
        return "Denied by " + reviewer + ": " + comment;
    }

    /** One transaction each, so that one that cannot be ended holds up no other. */
    Flux<LedgerEntry> endOverdue(Duration grace) {
        return database.readMany(database.sql(OVERDUE, Map.of("grace", grace.toMillis(), "most", MOST))
                        .map(row -> new Overdue(
                                new StatementId(RowStore.uuid(row, "id")),
                                RowStore.find(row, "request_state", String.class)
                                        .orElse(""),
                                RowStore.find(row, "reviewer", String.class).orElse(""),
                                RowStore.find(row, "comment", String.class).orElse(""),
                                RowStore.flag(row, "expired")))
                        .all())
                .concatMap(overdue -> end(overdue.id(), overdue.state(), overdue.code(), overdue.message())
                        .onErrorResume(fault -> notEnded(overdue.id(), fault)));
    }

    private static Mono<LedgerEntry> notEnded(StatementId id, Throwable fault) {
        LOG.atWarn()
                .addKeyValue("statementId", id)
                .addKeyValue("fault", fault.getClass().getSimpleName())
                .log("An overdue statement was not ended; the next round tries again");
        return Mono.empty();
    }

    /** Within the caller's transaction: FAILED with this error. */
    Mono<Void> fail(Locked row, DataKey key, ErrorText error, Map<String, String> facts) {
        return finish(row, key, StatementState.FAILED, EventKind.FAILED, error, facts)
                .then(Mono.defer(() -> row.isBeforeSending() ? withdraw(row.id(), "failed") : Mono.empty()));
    }

    /** Within the caller's transaction: that state with this error, and the event that says so. */
    Mono<Void> finish(
            Locked row, DataKey key, StatementState state, EventKind kind, ErrorText error, Map<String, String> facts) {
        Instant at = clock.instant();
        Map<String, String> all = new java.util.HashMap<>(facts);
        all.put("code", error.wireCode());
        byte[] text = ErrorText.ENCODING.encode(error);
        return database.sql(
                        END,
                        Map.of(
                                "id", row.id().value(),
                                "state", state.name(),
                                "at", at,
                                "code", error.wireCode(),
                                "error", key.seal(text, Place.ofStatement(row.id(), "sealed_error"))))
                .fetch()
                .rowsUpdated()
                .then(Mono.defer(() -> events.append(
                        row.session(),
                        List.of(EncodedEvent.of(
                                row.event(kind, at, all),
                                key.seal(text, Place.ofEvent(row.session(), kind.name())))))));
    }

    /** Within the caller's transaction: the error beside whatever state was set. */
    Mono<Void> storeError(Locked row, DataKey key, ErrorText error) {
        return database.sql(
                        "update statement set error_code = :code, sealed_error = :error where id = :id",
                        Map.of(
                                "id",
                                row.id().value(),
                                "code",
                                error.wireCode(),
                                "error",
                                key.seal(
                                        ErrorText.ENCODING.encode(error), Place.ofStatement(row.id(), "sealed_error"))))
                .fetch()
                .rowsUpdated()
                .then();
    }

    /** Within the caller's transaction: nobody can approve or use its live request any more. */
    Mono<Void> withdraw(StatementId id, String why) {
        return database.sql("""
            update approval_request set end_reason = :why,
                state = case when expires_at <= clock_timestamp() then 'EXPIRED' else 'WITHDRAWN' end
            where statement_id = :id and state in ('PENDING', 'APPROVED')
            """, Map.of("id", id.value(), "why", why))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> end(Locked row, DataKey key, StatementState state, GatewayErrorCode code, String message) {
        return withdraw(row.id(), state.name().toLowerCase(java.util.Locale.ROOT))
                .then(Mono.defer(() -> finish(
                        row,
                        key,
                        state,
                        EventKind.valueOf(state.name()),
                        Errors.ours(code, message),
                        Map.of("reason", code.name()))));
    }

    /** Which ends are possible from where; the database checks the same. */
    private static boolean mayEnd(StatementState from, StatementState to) {
        boolean waiting = from == StatementState.HELD || from == StatementState.RELEASED;
        return switch (to) {
            case CANCELLED -> !from.isEnd();
            case ABANDONED, EXPIRED -> waiting;
            case DENIED -> from == StatementState.HELD;
            case RECEIVED, CLEARED, HELD, RELEASED, SENT, STARTED, SUCCEEDED, FAILED, REFUSED, OUTCOME_UNKNOWN ->
                throw new IllegalArgumentException("a statement is not ended as " + to);
        };
    }

    private record Overdue(StatementId id, String requestState, String reviewer, String comment, boolean expired) {
        StatementState state() {
            if (requestState.equals("DENIED")) {
                return StatementState.DENIED;
            }
            return expired ? StatementState.EXPIRED : StatementState.ABANDONED;
        }

        GatewayErrorCode code() {
            if (requestState.equals("DENIED")) {
                return GatewayErrorCode.APPROVAL_DENIED;
            }
            return expired ? GatewayErrorCode.APPROVAL_EXPIRED : GatewayErrorCode.STATEMENT_ABANDONED;
        }

        String message() {
            if (requestState.equals("DENIED")) {
                return denied(reviewer, comment);
            }
            return expired
                    ? EXPIRED
                    : "The statement waited for an approval and nobody asked for its result any more. Send it again.";
        }
    }
}
