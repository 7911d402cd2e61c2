package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.SessionId;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import reactor.core.publisher.Mono;

/**
 * Answers who is on the line, before anything else looks at an exchange. Every call is one indexed read and nothing is
 * cached, because the session's context travels with the answer: a context that is a second old would judge a statement in
 * a database that is no longer in force. A suspension counts from the next call on.
 */
public final class Authenticator {
    private final TokenStore tokens;
    private final BearerSessions bearers;
    private final SeenSessions seen;
    private final SessionProperties properties;
    private final Clock clock;

    Authenticator(
            TokenStore tokens, BearerSessions bearers, SeenSessions seen, SessionProperties properties, Clock clock) {
        this.tokens = tokens;
        this.bearers = bearers;
        this.seen = seen;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The session of a token that we gave to a driver. Never empty: fails with {@code SESSION_TOKEN_EXPIRED},
     * {@code SESSION_GONE}, {@code AGENT_SUSPENDED} or {@code AUTHENTICATION_FAILED}.
     *
     * @param network the peer's address
     */
    public Mono<AgentSession> bySessionToken(String token, String network) {
        if (token.isBlank() || token.length() > IdentityTokens.MOST_CHARACTERS) {
            return Mono.error(TokenRefusal.unknown());
        }
        return tokens.find(TokenPair.hash(token), "SESSION")
                .switchIfEmpty(Mono.error(TokenRefusal::unknown))
                .flatMap(this::checked)
                .map(session -> session.from(network))
                .doOnNext(session -> seen.note(session.id()));
    }

    /**
     * The session of an SQL API agent, opened with the first request of its token.
     *
     * @param token an identity provider's token
     * @param tokenType value of the header that names the token's type; empty means OAUTH
     */
    public Mono<AgentSession> byBearer(String token, String tokenType, String network, ClientApplication client) {
        String type = tokenType.strip().toUpperCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("OAUTH")) {
            return Mono.error(new GatewayException(
                    GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED,
                    "Only tokens of type OAUTH from a trusted identity provider are accepted here."));
        }
        return bearers.of(token.strip(), network, client)
                .map(session -> session.from(network))
                .doOnNext(session -> seen.note(session.id()));
    }

    private Mono<AgentSession> checked(StoredToken token) {
        Instant now = clock.instant();
        StoredSession stored = token.stored();
        SessionId id = stored.session().id();
        if (stored.closedAt().isPresent() || !now.isBefore(stored.session().expiresAt())) {
            return Mono.error(TokenRefusal.gone());
        }
        if (stored.suspended()) {
            return Mono.error(TokenRefusal.suspended());
        }
        if (!now.isBefore(token.expiresAt()) || !token.within(properties.renewalOverlap(), now)) {
            return Mono.error(TokenRefusal.expired());
        }
        Mono<Void> first = token.predecessorAlive() ? tokens.endPredecessors(id) : Mono.empty();
        return first.thenReturn(stored.session());
    }
}
