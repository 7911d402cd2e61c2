package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.WrappedKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Data keys of sessions, unwrapped; the last thousand are kept in memory, never more. */
public final class KeyStore {
    private static final int MOST = 1_000;
    private final DatabaseStore database;
    private final KeyRing ring;
    private final Map<SessionId, DataKey> recent = Collections.synchronizedMap(new Recent());

    public KeyStore(DatabaseStore database, KeyRing ring) {
        this.database = database;
        this.ring = ring;
    }

    /** The session's key; a session without one, or whose key was destroyed, is a fault. */
    public Mono<DataKey> require(SessionId session) {
        DataKey known = recent.get(session);
        return known != null ? Mono.just(known) : load(session);
    }

    private Mono<DataKey> load(SessionId session) {
        return database.read(database.sql(
                                "select data_key, kek_id from agent_session where id = :id and data_key is not null",
                                Map.of("id", session.value()))
                        .map(row -> new WrappedKey(RowStore.text(row, "kek_id"), RowStore.bytes(row, "data_key")))
                        .one()
                        .map(wrapped -> ring.unwrap(wrapped, session))
                        .switchIfEmpty(Mono.error(KeyStore::noKey)))
                .doOnNext(key -> recent.put(session, key));
    }

    private static GatewayException noKey() {
        return new GatewayException(GatewayErrorCode.SESSION_GONE, "The session's key no longer exists. Log in again.");
    }

    private static final class Recent extends LinkedHashMap<SessionId, DataKey> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, DataKey> eldest) {
            return size() > MOST;
        }
    }
}
