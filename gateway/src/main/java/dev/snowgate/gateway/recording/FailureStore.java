package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.sealing.DataKey;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * How a statement that was sent ends without a result: it failed in Snowflake, or nobody knows. Locks the session before the
 * statement wherever it needs both.
 */
final class FailureStore {
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EntryStore entries;
    private final EndingStore endings;
    private final ContextStore contexts;

    FailureStore(DatabaseStore database, KeyStore keys, EntryStore entries, EndingStore endings) {
        this.database = database;
        this.keys = keys;
        this.entries = entries;
        this.endings = endings;
        this.contexts = new ContextStore(database);
    }

    Mono<LedgerEntry> failed(
            StatementId id,
            UpstreamReply.Failed original,
            LedgerEntry.StoredError told,
            Optional<SessionContext> contextAfter) {
        return database.write(contexts.lockOf(id, contextAfter.isPresent())
                .then(Mono.defer(() -> entries.lock(id)))
                .filter(Locked::isRunning)
                .zipWhen(row -> keys.require(row.session()))
                .flatMap(both -> failed(both.getT1(), both.getT2(), original, told, contextAfter))
                .then(Mono.defer(() -> entries.require(id))));
    }

    private Mono<Void> failed(
            Locked row,
            DataKey key,
            UpstreamReply.Failed original,
            LedgerEntry.StoredError told,
            Optional<SessionContext> contextAfter) {
        return queryId(row, original.queryId())
                .then(Mono.defer(() -> contexts.applyFailure(row, contextAfter)))
                .then(Mono.defer(() -> endings.finish(
                        row,
                        key,
                        StatementState.FAILED,
                        EventKind.FAILED,
                        Errors.upstream(original, told),
                        Map.of(
                                "where",
                                "snowflake",
                                "queryId",
                                original.queryId().map(QueryId::value).orElse("")))));
    }

    private Mono<Void> queryId(Locked row, Optional<QueryId> queryId) {
        return queryId.map(known -> database.sql(
                                "update statement set upstream_query_id = coalesce(upstream_query_id, :query) where id"
                                        + " = :id",
                                Map.of("id", row.id().value(), "query", known.value()))
                        .fetch()
                        .rowsUpdated()
                        .then())
                .orElseGet(Mono::empty);
    }

    Mono<LedgerEntry> outcomeUnknown(StatementId id, String why) {
        return database.write(contexts.lockOf(id, true)
                .then(Mono.defer(() -> entries.lock(id)))
                .filter(Locked::isRunning)
                .flatMap(row -> contexts.doubt(row).thenReturn(row))
                .zipWhen(row -> keys.require(row.session()))
                .flatMap(both -> endings.finish(
                        both.getT1(),
                        both.getT2(),
                        StatementState.OUTCOME_UNKNOWN,
                        EventKind.OUTCOME_UNKNOWN,
                        Errors.ours(
                                GatewayErrorCode.OUTCOME_UNKNOWN,
                                "The outcome of the statement is not known: it may or may not have run. Look before"
                                        + " sending it again."),
                        Map.of("why", why)))
                .then(Mono.defer(() -> entries.require(id))));
    }
}
