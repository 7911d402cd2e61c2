package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.Decision;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.ReviewedFacts;
import dev.snowgate.sealing.DataKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Refusals, faults and holds: what happens to a statement before anything is sent. */
final class DecisionStore {
    private static final String REFUSE = "update statement set " + DecidedColumns.SET
            + ", state = 'REFUSED', ended_at = :at, lease_owner = null, lease_until = null where id = :id";
    private static final String HOLD = "update statement set " + DecidedColumns.SET + """
            , state = 'HELD', statement_digest = :digest, expires_at = :expires, released_at = null, lease_owner = null,
              lease_until = null
            where id = :id
            """;
    private static final String REQUEST = """
            insert into approval_request (statement_id, session_id, agent, requester_person, requester_owners, approver_group, rule,
                reason, facts, statement_digest, created_at, expires_at)
            values (:id, :session, :agent, :person, :owners, :group, :rule, :reason, :facts, :digest, :at, :expires)
            returning id
            """;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final EntryStore entries;
    private final EndingStore endings;
    private final SealingLane lane;
    private final Clock clock;

    DecisionStore(
            DatabaseStore database,
            KeyStore keys,
            EventStore events,
            EntryStore entries,
            EndingStore endings,
            SealingLane lane,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.entries = entries;
        this.endings = endings;
        this.lane = lane;
        this.clock = clock;
    }

    Mono<LedgerEntry> refuse(AnalysedStatement analysed, Decision.Deny deny, GatewayErrorCode code, String message) {
        StatementId id = analysed.statement().id();
        return database.write(entries.lock(id)
                .filter(Locked::isBeforeSending)
                .flatMap(row -> keys.require(row.session())
                        .flatMap(key -> DecidedColumns.of(lane, analysed, deny, key)
                                .flatMap(columns -> refuse(row, columns, key, code, message))))
                .then(Mono.defer(() -> entries.require(id))));
    }

    Mono<LedgerEntry> fault(Statement statement, GatewayErrorCode code, String message) {
        StatementId id = statement.id();
        return database.write(entries.lock(id)
                .filter(Locked::isBeforeSending)
                .flatMap(row -> keys.require(row.session())
                        .flatMap(key -> endings.fail(row, key, Errors.ours(code, message), Map.of("where", "gateway"))))
                .then(Mono.defer(() -> entries.require(id))));
    }

    Mono<LedgerEntry> hold(AnalysedStatement analysed, Decision.RequireApproval decision, byte[] digest) {
        StatementId id = analysed.statement().id();
        return database.write(entries.lock(id)
                .filter(Locked::isBeforeSending)
                .flatMap(row -> keys.require(row.session())
                        .flatMap(key -> DecidedColumns.of(lane, analysed, decision, key))
                        .flatMap(columns -> hold(row, analysed, columns, decision, digest)))
                .then(Mono.defer(() -> entries.require(id))));
    }

    private Mono<Void> refuse(Locked row, DecidedColumns columns, DataKey key, GatewayErrorCode code, String message) {
        Instant at = clock.instant();
        return database.sql(REFUSE, columns.parameters(at))
                .fetch()
                .rowsUpdated()
                .then(Mono.defer(() -> endings.storeError(row, key, Errors.ours(code, message))))
                .then(Mono.defer(() -> endings.withdraw(row.id(), "refused")))
                .then(Mono.defer(() -> events.append(
                        row.session(),
                        List.of(
                                columns.event(row, at),
                                EncodedEvent.of(row.event(
                                        EventKind.REFUSED,
                                        at,
                                        Map.of(
                                                "code",
                                                code.name(),
                                                "rule",
                                                columns.decision().rule())))))));
    }

    private Mono<Void> hold(
            Locked row,
            AnalysedStatement analysed,
            DecidedColumns columns,
            Decision.RequireApproval decision,
            byte[] digest) {
        Instant at = clock.instant();
        Instant expires = at.plus(decision.expiresAfter());
        Map<String, Object> parameters = columns.parameters(at);
        parameters.put("digest", digest);
        parameters.put("expires", expires);
        return database.sql(HOLD, parameters)
                .fetch()
                .rowsUpdated()
                .then(Mono.defer(() -> endings.withdraw(row.id(), "superseded")))
                .then(Mono.defer(() -> request(analysed, columns, decision, digest, at, expires)))
                .flatMap(request -> supersede(row.id(), request)
                        .flatMap(old ->
                                events.append(row.session(), held(row, columns, decision, request, old, at, expires))));
    }

    private Mono<Long> request(
            AnalysedStatement analysed,
            DecidedColumns columns,
            Decision.RequireApproval decision,
            byte[] digest,
            Instant at,
            Instant expires) {
        Principal principal = analysed.statement().session().principal();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", analysed.statement().id().value());
        parameters.put("session", analysed.statement().session().id().value());
        parameters.put("agent", principal.agent().value());
        parameters.put("person", orNull(principal.person().map(PersonId::claim), String.class));
        parameters.put(
                "owners",
                principal.owners().stream().map(PersonId::claim).sorted().toArray(String[]::new));
        parameters.put("group", decision.approverGroup());
        parameters.put("rule", decision.rule());
        parameters.put("reason", decision.reason());
        parameters.put(
                "facts",
                ReviewedFacts.ENCODING.encode(new ReviewedFacts(
                        columns.title(), columns.shape(), columns.analysis(), columns.decision(), columns.plans())));
        parameters.put("digest", digest);
        parameters.put("at", at);
        parameters.put("expires", expires);
        return database.sql(REQUEST, parameters)
                .map(row -> RowStore.number(row, "id"))
                .one();
    }

    /** The former request of the statement, if there was one, names the new one. */
    private Mono<Optional<Long>> supersede(StatementId id, long request) {
        return database.sql("""
                        update approval_request set superseded_by = :request
                        where statement_id = :id and id <> :request and superseded_by is null returning id
                        """, Map.of("id", id.value(), "request", request))
                .map(row -> RowStore.number(row, "id"))
                .all()
                .next()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private static List<EncodedEvent> held(
            Locked row,
            DecidedColumns columns,
            Decision.RequireApproval decision,
            long request,
            Optional<Long> old,
            Instant at,
            Instant expires) {
        List<EncodedEvent> list = new ArrayList<>();
        list.add(columns.event(row, at));
        old.ifPresent(former -> list.add(EncodedEvent.of(
                row.event(EventKind.SUPERSEDED, at, Map.of("approval", "A-" + former, "by", "A-" + request)))));
        list.add(EncodedEvent.of(row.event(
                EventKind.HELD,
                at,
                Map.of(
                        "approval", "A-" + request,
                        "rule", decision.rule(),
                        "reason", decision.reason(),
                        "approverGroup", decision.approverGroup(),
                        "expiresAt", expires.toString()))));
        return list;
    }
}
