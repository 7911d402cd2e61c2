package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The next version of a session's tokens. Drivers renew from several threads at once: all of them get the same pair, which
 * the replaced master token's row keeps sealed for as long as the old tokens still answer.
 */
final class Renewals {
    private final TokenStore tokens;
    private final UpstreamTokenVault vault;
    private final IdentityProperties identities;
    private final NewSessions events;
    private final SessionProperties properties;
    private final Clock clock;

    Renewals(
            TokenStore tokens,
            UpstreamTokenVault vault,
            IdentityProperties identities,
            NewSessions events,
            SessionProperties properties,
            Clock clock) {
        this.tokens = tokens;
        this.vault = vault;
        this.identities = identities;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    Mono<RenewedTokens> renew(String masterToken, String oldSessionToken) {
        byte[] master = TokenPair.hash(masterToken);
        return current(master)
                .filterWhen(token -> tokens.belongs(
                        TokenPair.hash(oldSessionToken),
                        token.stored().session().id()))
                .switchIfEmpty(Mono.error(TokenRefusal::master))
                .flatMap(token -> token.superseded() ? repeated(token) : next(master, token));
    }

    private Mono<StoredToken> current(byte[] master) {
        return tokens.find(master, "MASTER")
                .switchIfEmpty(Mono.error(TokenRefusal::master))
                .doOnNext(this::check);
    }

    private void check(StoredToken token) {
        Instant now = clock.instant();
        StoredSession stored = token.stored();
        AgentSession session = stored.session();
        if (stored.closedAt().isPresent() || !now.isBefore(session.expiresAt())) {
            throw TokenRefusal.gone();
        }
        if (stored.suspended()) {
            throw TokenRefusal.suspended();
        }
        boolean trusted = identities.issuer(session.principal().issuer()).isPresent()
                && identities.agent(session.principal().agent().value()).isPresent();
        if (!trusted || !now.isBefore(token.expiresAt()) || !token.within(properties.renewalOverlap(), now)) {
            throw TokenRefusal.master();
        }
    }

    private Mono<RenewedTokens> next(byte[] master, StoredToken token) {
        AgentSession session = token.stored().session();
        Instant now = clock.instant();
        TokenPair pair = TokenPair.random();
        return tokens.renew(
                        master,
                        session.id(),
                        pair,
                        vault.sealPair(token.stored(), pair),
                        earlier(now.plus(properties.tokenValidity()), session.expiresAt()),
                        earlier(now.plus(properties.masterValidity()), session.expiresAt()))
                .flatMap(mine -> mine
                        ? events.record(
                                        session.id(),
                                        "SESSION_RENEWED",
                                        Map.of("generation", "" + (token.generation() + 1)))
                                .thenReturn(told(session, pair, now))
                        : current(master).flatMap(this::repeated));
    }

    private Mono<RenewedTokens> repeated(StoredToken token) {
        byte[] sealed = token.successor();
        Instant at = token.supersededAt();
        if (sealed == null || at == null) {
            return Mono.error(TokenRefusal.master());
        }
        return Mono.just(told(token.stored().session(), vault.openPair(token.stored(), sealed), at));
    }

    private RenewedTokens told(AgentSession session, TokenPair pair, Instant issuedAt) {
        return new RenewedTokens(
                session.id(),
                pair.sessionToken(),
                pair.masterToken(),
                left(issuedAt.plus(properties.tokenValidity()), session),
                left(issuedAt.plus(properties.masterValidity()), session),
                number(session.id()));
    }

    private Duration left(Instant end, AgentSession session) {
        Duration left = Duration.between(clock.instant(), earlier(end, session.expiresAt()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Below 2^53, because JavaScript drivers read it as a floating-point number. */
    static long number(SessionId session) {
        return session.value().getMostSignificantBits() >>> 12;
    }
}
