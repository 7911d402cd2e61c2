package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.UpstreamLogIn;
import dev.snowgate.gateway.session.UpstreamSession;
import dev.snowgate.gateway.session.UpstreamSessions;
import dev.snowgate.gateway.session.UpstreamTokenVault;
import dev.snowgate.gateway.session.UpstreamTokens;
import dev.snowgate.gateway.snowflake.StrictJson;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Upstream sessions of the driver protocol: opened, kept, renewed and closed. Renewal is ours alone; no agent sees it. */
final class DriverSessions implements UpstreamSessions {
    private static final Logger LOG = LoggerFactory.getLogger(DriverSessions.class);
    private final UpstreamHttp http;
    private final UpstreamTokenVault vault;
    private final UpstreamCredentials credentials;
    /** One renewal per session at a time; a cache, the truth is in the vault. */
    private final ConcurrentMap<SessionId, Mono<UpstreamTokens>> renewals = new ConcurrentHashMap<>();

    DriverSessions(UpstreamHttp http, UpstreamTokenVault vault, UpstreamCredentials credentials) {
        this.http = http;
        this.vault = vault;
        this.credentials = credentials;
    }

    @Override
    public Mono<UpstreamSession> open(UpstreamLogIn wished) {
        return Mono.defer(() -> {
            DriverLogIn logIn = new DriverLogIn(wished, credentials.of(wished.agent()), credentials.account());
            return http.send(Purpose.CONTROL, logIn.request())
                    .map(DriverEnvelope::parse)
                    .doOnNext(reply -> warnIfRefused(reply, wished.agent()))
                    .map(logIn::session)
                    .flatMap(session -> withoutSecondaryRoles(session)
                            .thenReturn(session)
                            .onErrorResume(fault -> close(session.tokens()).then(Mono.error(fault))));
        });
    }

    private Mono<DriverEnvelope> withoutSecondaryRoles(UpstreamSession session) {
        ObjectNode body = StrictJson.object();
        body.put("sqlText", GatewayStatement.USE_SECONDARY_ROLES_NONE.text());
        body.put("asyncExec", false);
        body.put("sequenceId", 0);
        UpstreamRequest request = UpstreamRequest.post(
                DriverPaths.once("/queries/v1/query-request"),
                DriverPaths.headers("application/snowflake", session.tokens().sessionToken()),
                StrictJson.write(body));
        return http.send(Purpose.CONTROL, request)
                .map(DriverEnvelope::parse)
                .filter(reply -> reply.success() && !reply.code().startsWith("33333"))
                .switchIfEmpty(Mono.error(() -> new GatewayException(
                        GatewayErrorCode.AUTHENTICATION_FAILED,
                        "Snowflake did not switch secondary roles off, so the session was not opened.")));
    }

    @Override
    public Mono<Void> beat(SessionId session) {
        return withToken(session, this::heartbeat, DriverEnvelope::expired).flatMap(reply -> {
            if (reply.gone()) {
                return Mono.error(UpstreamFault.sessionGone());
            }
            return reply.success()
                    ? Mono.empty()
                    : Mono.error(new GatewayException(
                            GatewayErrorCode.UPSTREAM_UNAVAILABLE, reply.refusal("heartbeat of the session")));
        });
    }

    private Mono<DriverEnvelope> heartbeat(UpstreamTokens tokens) {
        UpstreamRequest request = UpstreamRequest.post(
                DriverPaths.once("/session/heartbeat"),
                DriverPaths.headers("application/json", tokens.sessionToken()),
                UpstreamRequest.NO_BODY);
        return http.send(Purpose.CONTROL, request).map(DriverEnvelope::parse);
    }

    @Override
    public Mono<Void> close(UpstreamTokens tokens) {
        UpstreamRequest request = UpstreamRequest.post(
                DriverPaths.with("/session", Map.of("delete", "true")),
                DriverPaths.headers("application/json", tokens.sessionToken()),
                UpstreamRequest.NO_BODY);
        return http.send(Purpose.CONTROL, request)
                .onErrorResume(fault -> {
                    LOG.warn("an upstream session was not closed and ends by itself: {}", fault.getMessage());
                    return Mono.empty();
                })
                .then();
    }

    /**
     * Makes a call with the session's upstream token; where that has expired, once more with a renewed one. The reply to the
     * second attempt is final.
     */
    <T> Mono<T> withToken(SessionId session, Function<UpstreamTokens, Mono<T>> call, Predicate<T> expired) {
        return vault.read(session)
                .flatMap(tokens -> call.apply(tokens)
                        .flatMap(reply -> expired.test(reply)
                                ? renewed(session, tokens).flatMap(call).flatMap(again -> settled(again, expired))
                                : Mono.just(reply)));
    }

    private static <T> Mono<T> settled(T reply, Predicate<T> expired) {
        return expired.test(reply)
                ? Mono.error(new GatewayException(
                        GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        "Snowflake does not accept the session's renewed token."))
                : Mono.just(reply);
    }

    /** Joins a renewal that is under way, so that many calls of one session renew once. */
    private Mono<UpstreamTokens> renewed(SessionId session, UpstreamTokens used) {
        return Mono.defer(() -> renewals.computeIfAbsent(
                session,
                id -> renewal(id, used).doFinally(end -> renewals.remove(id)).cache()));
    }

    /** Another call, or another replica, may have renewed since: then its tokens are used. */
    private Mono<UpstreamTokens> renewal(SessionId session, UpstreamTokens used) {
        return vault.readNow(session)
                .flatMap(known -> known.equals(used) ? requestTokens(session, known) : Mono.just(known));
    }

    private Mono<UpstreamTokens> requestTokens(SessionId session, UpstreamTokens known) {
        ObjectNode body = StrictJson.object();
        body.put("oldSessionToken", known.sessionToken());
        body.put("requestType", "RENEW");
        UpstreamRequest request = UpstreamRequest.post(
                DriverPaths.once("/session/token-request"),
                DriverPaths.headers("application/json", known.masterToken()),
                StrictJson.write(body));
        return http.send(Purpose.CONTROL, request)
                .map(DriverEnvelope::parse)
                .map(reply -> next(reply, known))
                .flatMap(tokens -> vault.write(session, tokens).thenReturn(tokens));
    }

    private static UpstreamTokens next(DriverEnvelope reply, UpstreamTokens known) {
        if (!reply.success()) {
            throw UpstreamFault.sessionGone();
        }
        return new UpstreamTokens(reply.text("sessionToken"), reply.text("masterToken"), known.upstreamSession());
    }

    /** The agent learns only the code; what to mend is for the operator. */
    private static void warnIfRefused(DriverEnvelope reply, String agent) {
        if (!reply.success()) {
            LOG.warn("the upstream log-in of agent {} was refused with code {}", agent, reply.code());
        }
    }
}
