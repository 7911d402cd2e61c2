package dev.snowgate.gateway.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.TransactionState;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The context of a session after a run, within the caller's transaction. Sessions of the SQL API have none between requests. */
final class ContextStore {
    private static final String LOCK = "select id from agent_session where id = :id for no key update";
    private final DatabaseStore database;

    ContextStore(DatabaseStore database) {
        this.database = database;
    }

    /** Whether the run left something else than it began with. */
    static boolean changes(Run run, SessionContext after) {
        return run.session().dialect() == Dialect.DRIVER && !after.sameMeaning(run.context());
    }

    Mono<Void> lockIf(AgentSession session, boolean needed) {
        return needed ? lock(session.id().value()) : Mono.empty();
    }

    Mono<Void> lockOf(StatementId statement, boolean needed) {
        return needed
                ? database.sql("select session_id from statement where id = :id", Map.of("id", statement.value()))
                        .map(row -> RowStore.uuid(row, "session_id"))
                        .one()
                        .flatMap(this::lock)
                : Mono.empty();
    }

    /** The new context if there is one; always emits. */
    Mono<Optional<SessionContext>> apply(Run run, Optional<SessionContext> change, boolean drifted) {
        UUID session = run.session().id().value();
        Mono<Void> drift = drifted && run.session().dialect() == Dialect.DRIVER ? drift(session) : Mono.empty();
        return drift.then(Mono.defer(
                () -> change.map(after -> replace(session, run.context().epoch(), after))
                        .orElseGet(() -> Mono.just(Optional.empty()))));
    }

    Mono<Void> applyFailure(Locked row, Optional<SessionContext> contextAfter) {
        return contextAfter
                .filter(after -> row.dialect() == Dialect.DRIVER)
                .map(after ->
                        replace(row.session().value(), after.epoch(), after).then())
                .orElseGet(Mono::empty);
    }

    /**
     * After a run of unknown outcome that had the session for itself: it may have made or dropped temporary objects and begun or
     * ended a transaction, so neither is known any longer. A run that shared the session changes neither.
     */
    Mono<Void> doubt(Locked row) {
        UUID session = row.session().value();
        return database.sql(
                        "select context from agent_session where id = :id and gate_exclusive = :statement",
                        Map.of("id", session, "statement", row.id().value()))
                .map(found -> Encoding.SESSION_CONTEXT.decode(RowStore.bytes(found, "context")))
                .one()
                .map(context -> context.withUnknownOverlay()
                        .withTransaction(TransactionState.UNKNOWN)
                        .withEpoch(context.epoch() + 1))
                .flatMap(context -> write(session, context));
    }

    /**
     * Writes it under the next epoch. Where somebody changed the session meanwhile, neither side's view of the transaction is
     * worth anything.
     */
    private Mono<Optional<SessionContext>> replace(UUID session, long judgedIn, SessionContext after) {
        return database.sql("select epoch from agent_session where id = :id", Map.of("id", session))
                .map(row -> RowStore.number(row, "epoch"))
                .one()
                .map(epoch -> (epoch == judgedIn ? after : after.withTransaction(TransactionState.UNKNOWN))
                        .withEpoch(epoch + 1))
                .flatMap(context -> write(session, context).thenReturn(Optional.of(context)));
    }

    private Mono<Void> write(UUID session, SessionContext context) {
        return database.sql(
                        "update agent_session set context = :context, epoch = :epoch where id = :id",
                        Map.of(
                                "id", session,
                                "context", Encoding.SESSION_CONTEXT.encode(context),
                                "epoch", context.epoch()))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> drift(UUID session) {
        return database.sql("update agent_session set drifted = true where id = :id", Map.of("id", session))
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> lock(UUID session) {
        return database.sql(LOCK, Map.of("id", session)).fetch().first().then();
    }
}
