package dev.snowgate.gateway.recording;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.EncodedEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Uses up approvals: APPROVED becomes USED and the held statement RELEASED, in one transaction, once. The database refuses any
 * use after the expiry or for another digest.
 */
public final class UseStore {
    private static final String USE = """
            update approval_request set state = 'USED', used_by = :id
            where statement_id = :id and state = 'APPROVED' and expires_at > clock_timestamp()
              and statement_digest = (select s.statement_digest from statement s where s.id = :id)
            returning id
            """;
    private static final String RELEASE = """
            update statement set state = 'RELEASED', released_at = :at where id = :id and state = 'HELD'
            returning session_id, agent
            """;
    private final DatabaseStore database;
    private final EventStore events;
    private final Clock clock;

    public UseStore(DatabaseStore database, EventStore events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** As a transaction of its own, for exactly this digest; the same approval again while the statement has not been sent. */
    public Mono<ApprovalId> findUsable(StatementId id, byte[] digest) {
        Mono<ApprovalId> work = database.sql(
                        "select state from statement where id = :id and statement_digest = :digest for update",
                        Map.of("id", id.value(), "digest", digest))
                .map(row -> RowStore.text(row, "state"))
                .one()
                .flatMap(state -> switch (state) {
                    case "HELD" -> use(id);
                    case "RELEASED" -> usedBefore(id);
                    default -> Mono.empty();
                });
        return database.write(work);
    }

    /** Within the caller's transaction, whose lock of the statement it needs; empty if there is nothing to use. */
    Mono<ApprovalId> use(StatementId id) {
        return database.sql(USE, Map.of("id", id.value()))
                .map(row -> new ApprovalId(RowStore.number(row, "id")))
                .one()
                .flatMap(approval -> release(id, approval));
    }

    private Mono<ApprovalId> release(StatementId id, ApprovalId approval) {
        Instant at = clock.instant();
        return database.sql(RELEASE, Map.of("id", id.value(), "at", at))
                .map(row -> SessionEvent.of(
                        new SessionId(RowStore.uuid(row, "session_id")),
                        id,
                        EventKind.RELEASED,
                        at,
                        RowStore.text(row, "agent"),
                        Map.of("approval", approval.toString())))
                .one()
                .flatMap(event -> events.append(event.session(), List.of(EncodedEvent.of(event))))
                .thenReturn(approval);
    }

    private Mono<ApprovalId> usedBefore(StatementId id) {
        return database.sql("""
                        select id from approval_request where used_by = :id and state = 'USED'
                          and statement_digest = (select s.statement_digest from statement s where s.id = :id)
                          and expires_at > clock_timestamp()
                        order by id desc limit 1
                        """, Map.of("id", id.value()))
                .map(row -> new ApprovalId(RowStore.number(row, "id")))
                .one();
    }
}
