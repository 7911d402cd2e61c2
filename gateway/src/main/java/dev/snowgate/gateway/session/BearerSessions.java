package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sealing.DataKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sessions of the SQL API: its agents have none, so one is opened per token for the recording and ends when it was idle. The
 * token itself is verified with every request.
 */
final class BearerSessions {
    private final NewSessions admission;
    private final TokenStore tokens;
    private final SessionStore sessions;
    private final UpstreamTokenVault vault;
    private final IdentityProperties identities;
    private final SessionProperties properties;
    private final String upstreamAccount;
    private final Clock clock;

    BearerSessions(
            NewSessions admission,
            TokenStore tokens,
            SessionStore sessions,
            UpstreamTokenVault vault,
            IdentityProperties identities,
            SessionProperties properties,
            String upstreamAccount,
            Clock clock) {
        this.admission = admission;
        this.tokens = tokens;
        this.sessions = sessions;
        this.vault = vault;
        this.identities = identities;
        this.properties = properties;
        this.upstreamAccount = upstreamAccount;
        this.clock = clock;
    }

    Mono<AgentSession> of(String token, String network, ClientApplication client) {
        byte[] hash = TokenPair.hash(token);
        return admission
                .admit(token)
                .flatMap(identity ->
                        known(hash, identity).switchIfEmpty(Mono.defer(() -> open(hash, identity, network, client))))
                .onErrorResume(fault -> admission.refused(fault, network, client));
    }

    private Mono<AgentSession> known(byte[] hash, Identity identity) {
        return tokens.find(hash, "BEARER").flatMap(token -> {
            Instant now = clock.instant();
            StoredSession stored = token.stored();
            if (stored.closedAt().isPresent()
                    || !now.isBefore(token.expiresAt())
                    || !now.isBefore(stored.session().expiresAt())) {
                return end(hash, stored);
            }
            // groups and owners are those of now: the token was just verified, the registration may have changed
            return prolonged(token, now).thenReturn(stored.session().as(identity.principal()));
        });
    }

    /** The row is written at most ten times within the idle time, not with every request. */
    private Mono<Void> prolonged(StoredToken token, Instant now) {
        Duration left = Duration.between(now, token.expiresAt());
        return left.compareTo(properties.idle().multipliedBy(9).dividedBy(10)) > 0
                ? Mono.empty()
                : tokens.prolong(token.stored().session().id(), "BEARER", now.plus(properties.idle()));
    }

    private Mono<AgentSession> end(byte[] hash, StoredSession stored) {
        SessionId id = stored.session().id();
        return tokens.forget(hash)
                .then(sessions.close(id, "idle"))
                .flatMap(closed ->
                        closed ? admission.record(id, "SESSION_CLOSED", Map.of("reason", "idle")) : Mono.empty())
                .then(Mono.empty());
    }

    private Mono<AgentSession> open(byte[] hash, Identity identity, String network, ClientApplication client) {
        Instant now = clock.instant();
        AgentSession session = session(identity, network, client, now);
        TokenStore.NewSession row =
                new TokenStore.NewSession(session, vault.wrap(DataKey.create(), session.id()), noUpstream());
        return tokens.openForBearer(row, hash, now.plus(properties.idle()))
                .flatMap(first ->
                        first ? admission.recordOpened(session, Map.of()).thenReturn(session) : known(hash, identity));
    }

    private AgentSession session(Identity identity, String network, ClientApplication client, Instant now) {
        AgentRegistration agent = identity.registration();
        String name = identity.principal().agent().value();
        boolean strict = identities
                .issuer(identity.principal().issuer())
                .map(IssuerProperties::strict)
                .orElse(true);
        SessionContext context = SessionContext.of(
                upstreamAccount,
                agent.userOf(name),
                agent.role(),
                Optional.of(agent.warehouse()),
                Optional.ofNullable(agent.database()),
                Optional.ofNullable(agent.schema()));
        return new AgentSession(
                SessionId.random(),
                identities.account(),
                Dialect.SQL_API,
                identity.principal(),
                client,
                network,
                context,
                false,
                NewSessions.end(now, properties, identity, strict));
    }

    private static byte @Nullable [] noUpstream() {
        return null;
    }
}
