package dev.snowgate.gateway.session;

import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.Place;
import dev.snowgate.sealing.WrappedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The upstream's tokens of each session: sealed with the session's data key in the database, so that any replica can serve
 * any call and a copy of the database alone opens nothing.
 */
public final class UpstreamTokenVault {
    private static final Encoding<UpstreamTokens> TOKENS = Encoding.of("upstream-tokens", UpstreamTokens.class);
    private static final Encoding<TokenPair> PAIR = Encoding.of("token-pair", TokenPair.class);
    /** The promise of the kill switch: nothing that opens a session is believed for longer. */
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private static final int MOST = 1_000;
    private final SessionStore store;
    private final KeyRing keys;
    private final Clock clock;
    private final Map<SessionId, Known> recent = Collections.synchronizedMap(new Recent());

    UpstreamTokenVault(SessionStore store, KeyRing keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Tokens of an open session; {@code SESSION_GONE} if it is closed or has none. May be a second old: whoever is told that they
     * have expired asks {@link #readNow}.
     */
    public Mono<UpstreamTokens> read(SessionId session) {
        return Mono.defer(() -> {
            Known known = recent.get(session);
            Instant now = clock.instant();
            return known != null && now.isBefore(known.at().plus(BELIEVED)) && !now.isBefore(known.at())
                    ? Mono.just(known.tokens())
                    : readNow(session);
        });
    }

    /** The same as the database has them now. */
    public Mono<UpstreamTokens> readNow(SessionId session) {
        return Mono.defer(() -> {
            recent.remove(session);
            Instant asked = clock.instant();
            return store.find(session)
                    .filter(stored -> stored.closedAt().isEmpty())
                    .flatMap(stored -> Mono.justOrEmpty(unseal(stored)))
                    .doOnNext(tokens -> recent.put(session, new Known(tokens, asked)))
                    .switchIfEmpty(Mono.error(TokenRefusal::gone));
        });
    }

    /** Forgets what was read of a session that ends here. */
    void forget(SessionId session) {
        recent.remove(session);
    }

    /** Replaces the tokens of an open session. */
    public Mono<Void> write(SessionId session, UpstreamTokens tokens) {
        return store.find(session)
                .flatMap(stored -> store.writeUpstream(session, seal(session, keyOf(stored), tokens)))
                .doFinally(end -> recent.remove(session));
    }

    java.util.Optional<UpstreamTokens> unseal(StoredSession stored) {
        byte[] sealed = stored.upstream();
        return sealed == null
                ? java.util.Optional.empty()
                : java.util.Optional.of(TOKENS.decode(
                        keyOf(stored).open(sealed, place(stored.session().id()))));
    }

    byte[] seal(SessionId session, DataKey key, UpstreamTokens tokens) {
        return key.seal(TOKENS.encode(tokens), place(session));
    }

    byte[] sealPair(StoredSession stored, TokenPair pair) {
        return keyOf(stored)
                .seal(PAIR.encode(pair), Place.ofSession(stored.session().id(), "successor"));
    }

    TokenPair openPair(StoredSession stored, byte[] sealed) {
        return PAIR.decode(
                keyOf(stored).open(sealed, Place.ofSession(stored.session().id(), "successor")));
    }

    WrappedKey wrap(DataKey key, SessionId session) {
        return keys.wrap(key, session);
    }

    private DataKey keyOf(StoredSession stored) {
        WrappedKey wrapped = stored.key();
        if (wrapped == null) {
            throw TokenRefusal.gone();
        }
        return keys.unwrap(wrapped, stored.session().id());
    }

    private static Place place(SessionId session) {
        return Place.ofSession(session, "upstream");
    }

    private record Known(UpstreamTokens tokens, Instant at) {}

    private static final class Recent extends LinkedHashMap<SessionId, Known> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Known> eldest) {
            return size() > MOST;
        }
    }
}
