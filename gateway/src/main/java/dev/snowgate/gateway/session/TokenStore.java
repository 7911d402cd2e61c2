package dev.snowgate.gateway.session;

import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.WrappedKey;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Tokens by their hash. What belongs together is one SQL statement, so that it happens as a whole or not at all. */
final class TokenStore {
    private static final String INSERT_SESSION = """
            with opened as (
              insert into snowgate.agent_session (id, account, dialect, agent, issuer, person_issuer, person_claim, groups, owners,
                client_name, client_version, network, expires_at, context, epoch, upstream, data_key, kek_id)
              values (:id, :account, :dialect, :agent, :issuer, :personIssuer, :personClaim, :groups, :owners,
                :clientName, :clientVersion, :network, :expiresAt, :context, :epoch, :upstream, :dataKey, :kekId)
              returning id)
            """;
    private final DatabaseClient database;
    private final SessionStore sessions;

    TokenStore(DatabaseClient database, SessionStore sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** Inserts a driver's session with its first tokens. */
    Mono<Void> open(NewSession opened, TokenPair pair, Instant sessionExpiry, Instant masterExpiry) {
        String sql = INSERT_SESSION + """
                insert into snowgate.agent_token (hash, session_id, kind, expires_at)
                select :sessionHash, id, 'SESSION', :sessionExpiry::timestamptz from opened
                union all
                select :masterHash, id, 'MASTER', :masterExpiry::timestamptz from opened""";
        return sessions.guard(bind(database.sql(sql), opened)
                .bind("sessionHash", pair.sessionHash())
                .bind("masterHash", pair.masterHash())
                .bind("sessionExpiry", time(sessionExpiry))
                .bind("masterExpiry", time(masterExpiry))
                .fetch()
                .rowsUpdated()
                .then());
    }

    /** Inserts an SQL API session for a bearer token; false if another request of that token was faster. */
    Mono<Boolean> openForBearer(NewSession opened, byte[] hash, Instant expiry) {
        String sql = INSERT_SESSION + """
                insert into snowgate.agent_token (hash, session_id, kind, expires_at)
                select :hash, id, 'BEARER', :expiry::timestamptz from opened""";
        return sessions.guard(bind(database.sql(sql), opened)
                .bind("hash", hash)
                .bind("expiry", time(expiry))
                .fetch()
                .rowsUpdated()
                .thenReturn(true)
                .onErrorReturn(DuplicateKeyException.class, false));
    }

    /** The token with its session; {@code kind} is SESSION, MASTER or BEARER. */
    Mono<StoredToken> find(byte[] hash, String kind) {
        return sessions.guard(database.sql("select " + SessionStore.COLUMNS + """
                        , t.generation, t.expires_at as token_expires_at, t.superseded_at, t.successor,
                        t.superseded_at is null and t.generation > 0 and exists (select from snowgate.agent_token o
                          where o.session_id = t.session_id and o.kind = 'SESSION' and o.superseded_at is not null
                            and o.expires_at > now()) as predecessor_alive
                        from snowgate.agent_token t join snowgate.agent_session s on s.id = t.session_id
                        where t.hash = :hash and t.kind = :kind""")
                .bind("hash", hash)
                .bind("kind", kind)
                .map(TokenStore::token)
                .one());
    }

    /** Whether that hash is a session token of that session, of whatever age. */
    Mono<Boolean> belongs(byte[] hash, SessionId session) {
        return sessions.guard(database.sql("select exists (select from snowgate.agent_token"
                        + " where hash = :hash and session_id = :session and kind = 'SESSION') as known")
                .bind("hash", hash)
                .bind("session", session.value())
                .map(row -> Boolean.TRUE.equals(row.get("known", Boolean.class)))
                .one());
    }

    /**
     * Replaces the session's tokens by the next pair, once: true for the one caller that did it, false if the master token was
     * replaced meanwhile.
     */
    Mono<Boolean> renew(
            byte[] masterHash,
            SessionId session,
            TokenPair next,
            byte[] sealed,
            Instant sessionExpiry,
            Instant masterExpiry) {
        return sessions.guard(database.sql("""
                        with spent as (
                          update snowgate.agent_token set superseded_at = now(), successor = :sealed
                          where hash = :masterHash and kind = 'MASTER' and superseded_at is null and expires_at > now()
                          returning session_id, generation),
                        replaced as (
                          update snowgate.agent_token t set superseded_at = now() from spent
                          where t.session_id = spent.session_id and t.kind = 'SESSION' and t.superseded_at is null
                          returning t.hash)
                        insert into snowgate.agent_token (hash, session_id, kind, generation, expires_at)
                        select :nextSession, session_id, 'SESSION', generation + 1, :sessionExpiry::timestamptz from spent
                        union all
                        select :nextMaster, session_id, 'MASTER', generation + 1, :masterExpiry::timestamptz from spent""")
                .bind("sealed", sealed)
                .bind("masterHash", masterHash)
                .bind("nextSession", next.sessionHash())
                .bind("nextMaster", next.masterHash())
                .bind("sessionExpiry", time(sessionExpiry))
                .bind("masterExpiry", time(masterExpiry))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0));
    }

    /** The new session token was used: those that it replaced end now. */
    Mono<Void> endPredecessors(SessionId session) {
        return sessions.guard(database.sql(
                        "update snowgate.agent_token set expires_at = now()"
                                + " where session_id = :session and kind = 'SESSION' and superseded_at is not null and expires_at > now()")
                .bind("session", session.value())
                .fetch()
                .rowsUpdated()
                .then());
    }

    /** Prolongs tokens of that kind that were not replaced. */
    Mono<Void> prolong(SessionId session, String kind, Instant expiry) {
        return sessions.guard(database.sql(
                        "update snowgate.agent_token set expires_at = :expiry"
                                + " where session_id = :session and kind = :kind and superseded_at is null and expires_at < :expiry")
                .bind("session", session.value())
                .bind("kind", kind)
                .bind("expiry", time(expiry))
                .fetch()
                .rowsUpdated()
                .then());
    }

    /** Forgets a token, so that its owner can open another session with it. */
    Mono<Void> forget(byte[] hash) {
        return sessions.guard(database.sql("delete from snowgate.agent_token where hash = :hash")
                .bind("hash", hash)
                .fetch()
                .rowsUpdated()
                .then());
    }

    private static StoredToken token(Readable row) {
        return new StoredToken(
                SessionStore.session(row),
                SessionStore.required(row, "generation", Integer.class),
                SessionStore.instant(row, "token_expires_at").orElseThrow(),
                SessionStore.instant(row, "superseded_at").orElse(null),
                row.get("successor", byte[].class),
                SessionStore.required(row, "predecessor_alive", Boolean.class));
    }

    private static DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec spec, NewSession opened) {
        AgentSession session = opened.session();
        Principal principal = session.principal();
        Optional<PersonId> person = principal.person();
        DatabaseClient.GenericExecuteSpec bound = spec.bind("id", session.id().value())
                .bind("account", session.account())
                .bind("dialect", session.dialect().name())
                .bind("agent", principal.agent().value())
                .bind("issuer", principal.issuer())
                .bind("groups", principal.groups().stream().sorted().toArray(String[]::new))
                .bind(
                        "owners",
                        principal.owners().stream()
                                .map(PersonId::claim)
                                .sorted()
                                .toArray(String[]::new))
                .bind("clientName", session.client().name())
                .bind("clientVersion", session.client().version())
                .bind("network", session.network())
                .bind("expiresAt", time(session.expiresAt()))
                .bind("context", Encoding.SESSION_CONTEXT.encode(session.context()))
                .bind("epoch", session.context().epoch())
                .bind("dataKey", opened.key().bytes())
                .bind("kekId", opened.key().keyId());
        bound = optional(bound, "personIssuer", person.map(PersonId::issuer).orElse(null), String.class);
        bound = optional(bound, "personClaim", person.map(PersonId::claim).orElse(null), String.class);
        return optional(bound, "upstream", opened.upstream(), byte[].class);
    }

    private static <T> DatabaseClient.GenericExecuteSpec optional(
            DatabaseClient.GenericExecuteSpec spec, String name, @Nullable T value, Class<T> type) {
        return value == null ? spec.bindNull(name, type) : spec.bind(name, value);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A session to be inserted. */
    record NewSession(AgentSession session, WrappedKey key, byte @Nullable [] upstream) {
        @Override
        public String toString() {
            return "NewSession[" + session.id() + "]";
        }
    }
}
