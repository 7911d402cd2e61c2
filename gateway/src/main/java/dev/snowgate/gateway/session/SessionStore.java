package dev.snowgate.gateway.session;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.sealing.WrappedKey;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rows of sessions. Every fault of the database is {@code RECORDING_UNAVAILABLE}: without it nobody is let in. */
final class SessionStore {
    static final String COLUMNS = """
        s.id, s.account, s.dialect, s.agent, s.issuer, s.person_issuer, s.person_claim, s.groups, s.owners, s.client_name,
        s.client_version, s.network, s.expires_at as session_expires_at, s.closed_at, s.context, s.epoch, s.drifted, s.upstream,
        s.data_key, s.kek_id,
        array(select r.category from snowgate.session_read r where r.session_id = s.id) as read_protected,
        exists (select from snowgate.agent_standing a
                where a.agent in (s.agent, '*') and a.suspended_at is not null) as suspended\
        """;
    private final DatabaseClient database;
    private final Duration timeout;

    SessionStore(DatabaseClient database, Duration timeout) {
        this.database = database;
        this.timeout = timeout;
    }

    /** The session of that id, closed ones included. */
    Mono<StoredSession> find(SessionId id) {
        return guard(database.sql("select " + COLUMNS + " from snowgate.agent_session s where s.id = :id")
                .bind("id", id.value())
                .map(SessionStore::session)
                .one());
    }

    /** Whether the agent, or every agent, is suspended now. */
    Mono<Boolean> suspended(AgentId agent) {
        return guard(database.sql("select exists (select from snowgate.agent_standing a"
                        + " where a.agent in (:agent, '*') and a.suspended_at is not null) as suspended")
                .bind("agent", agent.value())
                .map(row -> Boolean.TRUE.equals(row.get("suspended", Boolean.class)))
                .one());
    }

    Mono<Void> writeUpstream(SessionId id, byte[] sealed) {
        return guard(database.sql(
                        "update snowgate.agent_session set upstream = :sealed where id = :id and closed_at is null")
                .bind("sealed", sealed)
                .bind("id", id.value())
                .fetch()
                .rowsUpdated()
                .then());
    }

    /** Closes it and takes its upstream tokens away; true if it was open. */
    Mono<Boolean> close(SessionId id, String reason) {
        return guard(database.sql(
                        "update snowgate.agent_session set closed_at = now(), close_reason = :reason, upstream = null"
                                + " where id = :id and closed_at is null")
                .bind("reason", reason)
                .bind("id", id.value())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0));
    }

    /** Notes that these were heard of; one statement for all. */
    Mono<Void> seen(Collection<SessionId> ids) {
        return ids.isEmpty()
                ? Mono.empty()
                : guard(database.sql("update snowgate.agent_session set last_seen_at = now() where id = any(:ids)")
                        .bind("ids", ids.stream().map(SessionId::value).toArray(UUID[]::new))
                        .fetch()
                        .rowsUpdated()
                        .then());
    }

    /** Driver sessions that were heard of within that time or have a statement that has not ended. */
    Flux<SessionId> alive(Duration within) {
        return guard(database.sql("""
            select s.id from snowgate.agent_session s
            where s.kind = 'AGENT' and s.dialect = 'DRIVER' and s.closed_at is null and s.expires_at > now()
              and (s.last_seen_at > :since or exists (select from snowgate.statement t
                   where t.session_id = s.id and t.ended_at is null))\
            """)
                        .bind("since", OffsetDateTime.now(ZoneOffset.UTC).minus(within))
                        .map(row -> new SessionId(required(row, "id", UUID.class)))
                        .all()
                        .collectList())
                .flatMapIterable(ids -> ids);
    }

    /** Open sessions whose time is over: past their end, or of the SQL API and idle. */
    Flux<StoredSession> overdue(Duration idle) {
        return guard(database.sql("select " + COLUMNS + """
             from snowgate.agent_session s
            where s.kind = 'AGENT' and s.closed_at is null
              and (s.expires_at <= now() or s.dialect = 'SQL_API' and s.last_seen_at <= :since)
            limit 500\
            """)
                        .bind("since", OffsetDateTime.now(ZoneOffset.UTC).minus(idle))
                        .map(SessionStore::session)
                        .all()
                        .collectList())
                .flatMapIterable(sessions -> sessions);
    }

    <T> Mono<T> guard(Mono<T> call) {
        return call.timeout(timeout)
                .onErrorMap(
                        fault -> fault instanceof DataAccessException
                                || fault instanceof R2dbcException
                                || fault instanceof TimeoutException,
                        fault -> new GatewayException(
                                GatewayErrorCode.RECORDING_UNAVAILABLE,
                                "The gateway's database does not answer, so nothing can be let through. Try again"
                                        + " later.",
                                Optional.empty(),
                                fault));
    }

    static StoredSession session(Readable row) {
        String dialect = required(row, "dialect", String.class);
        AgentSession session = new AgentSession(
                new SessionId(required(row, "id", UUID.class)),
                required(row, "account", String.class),
                Dialect.valueOf(dialect),
                principal(row),
                new ClientApplication(
                        required(row, "client_name", String.class), required(row, "client_version", String.class)),
                required(row, "network", String.class),
                Encoding.SESSION_CONTEXT
                        .decode(required(row, "context", byte[].class))
                        .withEpoch(required(row, "epoch", Long.class)),
                required(row, "drifted", Boolean.class),
                instant(row, "session_expires_at").orElseThrow(),
                Set.of(required(row, "read_protected", String[].class)));
        byte[] key = row.get("data_key", byte[].class);
        String keyId = row.get("kek_id", String.class);
        return new StoredSession(
                session,
                key == null || keyId == null ? null : new WrappedKey(keyId, key),
                row.get("upstream", byte[].class),
                instant(row, "closed_at"),
                required(row, "suspended", Boolean.class));
    }

    static Optional<Instant> instant(Readable row, String column) {
        return Optional.ofNullable(row.get(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static <T> T required(Readable row, String column, Class<T> type) {
        @Nullable T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("the column " + column + " is empty");
        }
        return value;
    }

    private static Principal principal(Readable row) {
        String issuer = required(row, "issuer", String.class);
        String personIssuer = row.get("person_issuer", String.class);
        String personClaim = row.get("person_claim", String.class);
        Set<PersonId> owners = Arrays.stream(required(row, "owners", String[].class))
                .map(claim -> new PersonId(issuer, claim))
                .collect(Collectors.toUnmodifiableSet());
        return new Principal(
                new AgentId(required(row, "agent", String.class)),
                issuer,
                Set.of(required(row, "groups", String[].class)),
                personIssuer == null || personClaim == null
                        ? Optional.empty()
                        : Optional.of(new PersonId(personIssuer, personClaim)),
                owners);
    }
}
