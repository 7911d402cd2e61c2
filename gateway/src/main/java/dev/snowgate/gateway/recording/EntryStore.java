package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.model.statement.StatementState;
import dev.snowgate.recording.ErrorText;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.sealing.Place;
import dev.snowgate.sql.OutputColumn;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads entries. A held statement whose request was approved reads as RELEASED, because approving is what releases; its row
 * follows when the approval is used. Nothing here writes, and a poll costs one indexed read.
 */
final class EntryStore {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** From the decision that it ran under, or its request's where it is one of several. */
    static final String MOST_RESULT_BYTES = """
        (convert_from(coalesce(s.decision, (select p.decision from statement p where p.id = s.parent)), 'UTF8')::jsonb
            #>> '{value,obligations,resultSizeLimit}')::bigint as most_result_bytes\
        """;

    private static final String SELECT = """
        select s.id, s.session_id, s.account, s.agent, s.person_claim, s.dialect, s.request_id, s.request_digest, s.async,
               s.describe_only, s.context, s.upstream_request_id, s.upstream_query_id, s.error_code, s.sealed_error, s.parent,
               s.received_at, s.expires_at, r.id as approval, r.comment, r.decided_by, r.reviewer_name,
               s.state = 'HELD' and coalesce(r.state = 'DENIED', false) as denied,
               case when s.state = 'HELD' and r.state = 'APPROVED' and r.expires_at > clock_timestamp() then 'RELEASED'
                    else s.state end as state,
               s.state in ('SENT', 'STARTED') and coalesce(s.lease_until > clock_timestamp(), false) as executing,
               case when s.state not in ('HELD', 'RELEASED') then s.mask_plan end as mask_plan,
               case when s.state = 'SUCCEEDED' then s.analysis end as analysis,
        """ + MOST_RESULT_BYTES + """

        from statement s
        left join lateral (
            select q.id, q.state, q.comment, q.decided_by, q.expires_at,
                   (select v.reviewer_name from approval_review v where v.request_id = q.id order by v.id desc limit 1)
                       as reviewer_name
            from approval_request q where q.statement_id = s.id order by q.id desc limit 1) r on true
        """;
    private static final String OWNED = """
         and s.account = :account and s.agent = :agent and s.person_claim is not distinct from :person
         and coalesce(s.ended_at, clock_timestamp()) > clock_timestamp() - interval '24 hours'
        """;
    private final DatabaseStore database;
    private final KeyStore keys;

    EntryStore(DatabaseStore database, KeyStore keys) {
        this.database = database;
        this.keys = keys;
    }

    /** The row, locked until the transaction ends; an unknown id is a fault. */
    Mono<Locked> lock(StatementId id) {
        return database.sql("""
            select id, session_id, agent, dialect, state, describe_only, async, decided_at is not null as decided
            from statement where id = :id for update
            """, Map.of("id", id.value()))
                .map(EntryStore::locked)
                .one()
                .switchIfEmpty(Mono.error(() -> unknown(id)));
    }

    /** The entry as it is now, inside or outside a transaction. */
    Mono<LedgerEntry> require(StatementId id) {
        return entries(SELECT + " where s.id = :id", Map.of("id", id.value()))
                .next()
                .switchIfEmpty(Mono.error(() -> unknown(id)));
    }

    Mono<LedgerEntry> findOwned(AgentSession session, String id) {
        if (!UUID_FORM.matcher(id).matches()) {
            return Mono.empty();
        }
        Map<String, Object> parameters = owner(session);
        if (StatementId.isOurs(id)) {
            parameters.put("id", UUID.fromString(id));
            return entries(SELECT + " where s.id = :id" + OWNED, parameters).next();
        }
        parameters.put("id", id);
        return entries(
                        SELECT + " where s.upstream_query_id = :id" + OWNED
                                + " order by s.received_at desc, s.child_index desc nulls last limit 1",
                        parameters)
                .next();
    }

    Mono<LedgerEntry> findByRequest(AgentSession session, String requestId) {
        Map<String, Object> parameters = switch (session.dialect()) {
            case DRIVER -> new HashMap<>(Map.of("session", session.id().value()));
            case SQL_API -> owner(session);
        };
        String key = switch (session.dialect()) {
            case DRIVER -> " where s.session_id = :session and s.dialect = 'DRIVER'";
            case SQL_API -> """
                 where s.account = :account and s.agent = :agent and coalesce(s.person_claim, '') = coalesce(:person, '')
                 and s.dialect = 'SQL_API'
                """;
        };
        parameters.put("request", requestId);
        return entries(SELECT + key + " and s.request_id = :request and s.parent is null", parameters)
                .next();
    }

    /** Ids of finished statements, newest first; of a request of several, its statements instead of itself. */
    Mono<List<QueryId>> recentQueryIds(AgentSession session, int most) {
        return database.sql("""
            select s.upstream_query_id from statement s
            where s.session_id = :session and s.state in ('SUCCEEDED', 'FAILED') and s.upstream_query_id is not null
              and not s.describe_only and not exists (select from statement c where c.parent = s.id)
            order by s.ended_at desc, s.child_index desc nulls last limit :most
            """, Map.of("session", session.id().value(), "most", most))
                .map(row -> new QueryId(RowStore.text(row, "upstream_query_id")))
                .all()
                .collectList();
    }

    Mono<Map<String, LedgerEntry>> ownedResults(AgentSession session, List<String> ids) {
        return Flux.fromIterable(ids)
                .concatMap(id -> findOwned(session, id).map(entry -> Map.entry(id, entry)))
                .filter(found -> found.getValue().state() == StatementState.SUCCEEDED)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Entries by our ids, in the order of the list. */
    Flux<LedgerEntry> all(List<StatementId> ids) {
        return Flux.fromIterable(ids).concatMap(this::require);
    }

    static GatewayException unknown(StatementId id) {
        return new GatewayException(
                GatewayErrorCode.UNKNOWN_ID, "No statement has the id " + id + ".", Optional.empty(), null);
    }

    private Flux<LedgerEntry> entries(String sql, Map<String, ?> parameters) {
        return database.sql(sql, parameters).map(EntryStore::row).all().concatMap(this::open);
    }

    private static Map<String, Object> owner(AgentSession session) {
        Owner owner = Owner.of(session);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("account", owner.account());
        parameters.put("agent", owner.agent().value());
        parameters.put("person", orNull(owner.person(), String.class));
        return parameters;
    }

    /** Errors are sealed: only ended statements need the key, and it is nearly always in memory. */
    private Mono<LedgerEntry> open(Row row) {
        return row.sealedError()
                .map(bytes -> keys.require(row.entry().session())
                        .map(key -> withError(
                                row,
                                ErrorText.ENCODING.decode(key.open(
                                        bytes, Place.ofStatement(row.entry().id(), "sealed_error"))))))
                .orElseGet(() -> Mono.just(row.entry()));
    }

    private static Locked locked(Readable row) {
        return new Locked(
                new StatementId(RowStore.uuid(row, "id")),
                new SessionId(RowStore.uuid(row, "session_id")),
                RowStore.text(row, "agent"),
                Dialect.valueOf(RowStore.text(row, "dialect")),
                StatementState.valueOf(RowStore.text(row, "state")),
                RowStore.flag(row, "describe_only"),
                RowStore.flag(row, "async"),
                RowStore.flag(row, "decided"));
    }

    static OptionalLong mostResultBytes(Readable row) {
        return RowStore.find(row, "most_result_bytes", Long.class)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private static Row row(Readable row) {
        LedgerEntry entry = new LedgerEntry(
                new StatementId(RowStore.uuid(row, "id")),
                new SessionId(RowStore.uuid(row, "session_id")),
                new Owner(
                        RowStore.text(row, "account"),
                        new AgentId(RowStore.text(row, "agent")),
                        RowStore.find(row, "person_claim", String.class)),
                Dialect.valueOf(RowStore.text(row, "dialect")),
                RowStore.find(row, "request_id", String.class).orElse(""),
                RowStore.find(row, "request_digest", byte[].class).orElseGet(() -> new byte[0]),
                StatementState.valueOf(RowStore.text(row, "state")),
                RowStore.flag(row, "async"),
                RowStore.flag(row, "describe_only"),
                RowStore.flag(row, "executing"),
                Encoding.SESSION_CONTEXT.decode(RowStore.bytes(row, "context")),
                // Children of a request are never sent on their own; theirs stands for the row.
                RowStore.find(row, "upstream_request_id", UUID.class).orElseGet(() -> RowStore.uuid(row, "id")),
                RowStore.find(row, "upstream_query_id", String.class).map(QueryId::new),
                RowStore.find(row, "approval", Long.class).map(ApprovalId::new),
                verdict(row),
                RowStore.find(row, "mask_plan", byte[].class).map(Encoding.MASK_PLAN::decode),
                RowStore.find(row, "analysis", byte[].class)
                        .map(EntryStore::output)
                        .orElse(List.of()),
                Optional.empty(),
                RowStore.find(row, "parent", UUID.class).map(StatementId::new),
                RowStore.instant(row, "received_at"),
                RowStore.find(row, "expires_at", Instant.class),
                mostResultBytes(row));
        return new Row(entry, RowStore.find(row, "sealed_error", byte[].class));
    }

    private static Optional<LedgerEntry.Verdict> verdict(Readable row) {
        return RowStore.flag(row, "denied")
                ? Optional.of(new LedgerEntry.Verdict(
                        RowStore.find(row, "reviewer_name", String.class)
                                .orElseGet(() -> RowStore.find(row, "decided_by", String.class)
                                        .orElse("")),
                        RowStore.find(row, "comment", String.class).orElse("")))
                : Optional.empty();
    }

    /** Lineage of the one result; a request of several has none of its own, its statements have. */
    private static List<OutputColumn> output(byte[] encoded) {
        RecordedAnalysis analysis = Encoding.ANALYSIS.decode(encoded);
        return analysis.statements().size() == 1
                ? analysis.statements().getFirst().output()
                : List.of();
    }

    private static LedgerEntry withError(Row row, ErrorText error) {
        return Entries.withError(
                row.entry(),
                new LedgerEntry.StoredError(
                        error.wireCode(), error.sqlState(), error.message(), error.line(), error.pos()));
    }

    /** An entry whose error is still sealed. */
    private record Row(LedgerEntry entry, Optional<byte[]> sealedError) {}
}
