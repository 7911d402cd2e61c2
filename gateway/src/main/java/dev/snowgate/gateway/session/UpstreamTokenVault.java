package dev.snowgate.gateway.session;

import dev.snowgate.codec.Encoding;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.sealing.Place;
import dev.snowgate.sealing.WrappedKey;
import reactor.core.publisher.Mono;

/**
 * The upstream's tokens of each session: sealed with the session's data key in the database, so that any replica can serve
 * any call and a copy of the database alone opens nothing.
 */
public final class UpstreamTokenVault {
    private static final Encoding<UpstreamTokens> TOKENS = Encoding.of("upstream-tokens", UpstreamTokens.class);
    private static final Encoding<TokenPair> PAIR = Encoding.of("token-pair", TokenPair.class);
    private final SessionStore store;
    private final KeyRing keys;

    UpstreamTokenVault(SessionStore store, KeyRing keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Tokens of an open session; {@code SESSION_GONE} if it is closed or has none. */
    public Mono<UpstreamTokens> read(SessionId session) {
        return store.find(session)
                .filter(stored -> stored.closedAt().isEmpty())
                .flatMap(stored -> Mono.justOrEmpty(unseal(stored)))
                .switchIfEmpty(Mono.error(TokenRefusal::gone));
    }

    /** Replaces the tokens of an open session. */
    public Mono<Void> write(SessionId session, UpstreamTokens tokens) {
        return store.find(session)
                .flatMap(stored -> store.writeUpstream(session, seal(session, keyOf(stored), tokens)));
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
}
