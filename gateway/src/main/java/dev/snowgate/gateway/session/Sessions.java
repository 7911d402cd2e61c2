package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sealing.DataKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The life of a driver's session: log-in with a token of an identity provider, renewal, heartbeat, log-out, and the upkeep
 * of its upstream session. The upstream's tokens never leave.
 */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int BEATS_AT_ONCE = 8;
    private final NewSessions admission;
    private final TokenStore tokens;
    private final SessionStore store;
    private final UpstreamTokenVault vault;
    private final UpstreamSessions upstream;
    private final Renewals renewals;
    private final SeenSessions seen;
    private final IdentityProperties identities;
    private final SessionProperties properties;
    private final Clock clock;

    Sessions(
            NewSessions admission,
            TokenStore tokens,
            SessionStore store,
            UpstreamTokenVault vault,
            UpstreamSessions upstream,
            Renewals renewals,
            SeenSessions seen,
            IdentityProperties identities,
            SessionProperties properties,
            Clock clock) {
        this.admission = admission;
        this.tokens = tokens;
        this.store = store;
        this.vault = vault;
        this.upstream = upstream;
        this.renewals = renewals;
        this.seen = seen;
        this.identities = identities;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Opens a session and its upstream session; both are durable and recorded when this completes. Fails with
     * {@code LOGIN_METHOD_UNSUPPORTED}, {@code AUTHENTICATION_FAILED}, {@code AGENT_SUSPENDED} or a fault of the upstream.
     */
    public Mono<OpenedSession> logIn(LogInRequest request) {
        return Mono.defer(() -> {
                    check(request);
                    return admission.admit(request.token());
                })
                .flatMap(identity -> upstream.open(WishedNames.of(identity, request))
                        .flatMap(opened -> keep(identity, request, opened)
                                .onErrorResume(fault -> upstream.close(opened.tokens())
                                        .onErrorComplete()
                                        .then(Mono.error(fault)))))
                .onErrorResume(fault -> admission.refused(fault, request.network(), request.client()));
    }

    /**
     * The next version of a session's tokens; the same pair for everyone who asks within the overlap. Fails with
     * {@code MASTER_TOKEN_INVALID}, {@code SESSION_GONE} or {@code AGENT_SUSPENDED}.
     */
    public Mono<RenewedTokens> renew(String masterToken, String oldSessionToken) {
        return Mono.defer(() -> renewals.renew(masterToken, oldSessionToken));
    }

    /** Ends the session here and upstream. */
    public Mono<Void> logOut(AgentSession session) {
        return end(session.id(), "log-out");
    }

    /** The client is alive: prolongs its master token. The upstream is kept alive by {@link #keepAlive()}. */
    public Mono<Void> heartbeat(AgentSession session) {
        Instant end = Renewals.earlier(clock.instant().plus(properties.masterValidity()), session.expiresAt());
        return tokens.prolong(session.id(), "MASTER", end);
    }

    /**
     * Upkeep, to be run every few minutes: ends sessions whose time is over, and beats the upstream session of every session
     * that was heard of lately or has a statement that has not ended. A session that cannot be beaten does not stop the others.
     */
    public Mono<Void> keepAlive() {
        return writeSeen()
                .thenMany(store.overdue(properties.idle()))
                .concatMap(stored -> end(stored.session().id(), "time is over"))
                .thenMany(store.alive(properties.masterValidity()))
                .flatMap(this::beat, BEATS_AT_ONCE)
                .then();
    }

    /** Writes which sessions were heard of since the last time; to be run every few seconds. */
    public Mono<Void> writeSeen() {
        return seen.write();
    }

    /** Ends a session whose upstream session is lost; the client's next call is told so. */
    public Mono<Void> lost(SessionId session) {
        return end(session, "upstream session lost");
    }

    private Mono<Void> beat(SessionId session) {
        return upstream.beat(session)
                .onErrorResume(
                        GatewayException.class,
                        fault -> fault.code() == GatewayErrorCode.SESSION_GONE ? lost(session) : Mono.error(fault))
                .onErrorResume(fault -> {
                    LOG.warn("the upstream session of {} was not kept alive: {}", session, fault.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> end(SessionId id, String reason) {
        return store.find(id)
                .filter(stored -> stored.closedAt().isEmpty())
                .flatMap(stored -> store.close(id, reason)
                        .doFinally(end -> vault.forget(id))
                        .filter(closed -> closed)
                        .flatMap(closed -> admission
                                .record(id, "SESSION_CLOSED", Map.of("reason", reason))
                                .then(Mono.justOrEmpty(vault.unseal(stored)))
                                .flatMap(upstream::close)));
    }

    private void check(LogInRequest request) {
        if (!request.authenticator().strip().toUpperCase(Locale.ROOT).equals("OAUTH")) {
            throw new GatewayException(
                    GatewayErrorCode.LOGIN_METHOD_UNSUPPORTED,
                    "Log in with authenticator=OAUTH and a token of your identity provider; other methods are not accepted here.");
        }
        if (!sameAccount(request.accountName())) {
            throw new GatewayException(
                    GatewayErrorCode.AUTHENTICATION_FAILED,
                    "The account is not served here. Use account=" + identities.account() + ".");
        }
    }

    /** Drivers cut regional forms at the first dot and write {@code -} for {@code _} in host names. */
    private boolean sameAccount(String named) {
        return plain(named).equals(plain(identities.account()));
    }

    private static String plain(String account) {
        String name = account.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private Mono<OpenedSession> keep(Identity identity, LogInRequest request, UpstreamSession opened) {
        Instant now = clock.instant();
        AgentSession session = session(identity, request, opened, now);
        TokenPair pair = TokenPair.random();
        DataKey key = DataKey.create();
        TokenStore.NewSession row = new TokenStore.NewSession(
                session, vault.wrap(key, session.id()), vault.seal(session.id(), key, opened.tokens()));
        Map<String, String> facts = new TreeMap<>();
        facts.put("accountName", request.accountName());
        facts.put("loginName", request.loginName());
        facts.put("droppedParameters", String.join(" ", opened.dropped()));
        return tokens.open(
                        row,
                        pair,
                        Renewals.earlier(now.plus(properties.tokenValidity()), session.expiresAt()),
                        Renewals.earlier(now.plus(properties.masterValidity()), session.expiresAt()))
                .then(Mono.defer(() -> admission.recordOpened(session, facts)))
                .thenReturn(new OpenedSession(
                        session,
                        pair.sessionToken(),
                        pair.masterToken(),
                        properties.tokenValidity(),
                        properties.masterValidity(),
                        opened.parameters(),
                        opened.names(),
                        Renewals.number(session.id())));
    }

    private AgentSession session(Identity identity, LogInRequest request, UpstreamSession opened, Instant now) {
        boolean strict = identities
                .issuer(identity.principal().issuer())
                .map(IssuerProperties::strict)
                .orElse(true);
        Optional<String> role = opened.name("role");
        SessionContext context = SessionContext.of(
                        opened.account(),
                        opened.user(),
                        role.orElseThrow(() -> new GatewayException(
                                GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD, "The upstream log-in named no role.")),
                        opened.name("warehouse"),
                        opened.name("database"),
                        opened.name("schema"))
                .withParameters(opened.inForce());
        return new AgentSession(
                SessionId.random(),
                identities.account(),
                Dialect.DRIVER,
                identity.principal(),
                request.client(),
                request.network(),
                context,
                false,
                NewSessions.end(now, properties, identity, strict));
    }
}
