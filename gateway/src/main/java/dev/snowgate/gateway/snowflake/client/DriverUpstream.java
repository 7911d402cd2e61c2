package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.session.UpstreamTokens;
import dev.snowgate.gateway.snowflake.driver.DriverReplies;
import dev.snowgate.gateway.snowflake.driver.DriverRequests;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.gateway.statement.UpstreamReply;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Statements over the agent's upstream session in the driver protocol. */
final class DriverUpstream {
    private final UpstreamHttp http;
    private final DriverSessions sessions;
    private final StatementSequence sequence = new StatementSequence();
    private final Clock clock;

    DriverUpstream(UpstreamHttp http, DriverSessions sessions, Clock clock) {
        this.http = http;
        this.sessions = sessions;
        this.clock = clock;
    }

    Mono<UpstreamReply> send(UpstreamCall call, OptionalInt retryCount, boolean describeOnly) {
        return Mono.defer(() -> {
                    // Composed once: a repetition after a renewal has to carry the same body.
                    byte[] body = DriverRequests.statement(
                            call, sequence.of(call.session().id(), call.upstreamRequestId()), describeOnly);
                    return sessions.withToken(
                            call.session().id(),
                            tokens -> answer(statement(call.upstreamRequestId(), retryCount, tokens, body)),
                            DriverUpstream::expired);
                })
                .flatMap(reply -> retryCount.isPresent() ? lostSession(reply) : Mono.just(reply));
    }

    private UpstreamRequest statement(UUID requestId, OptionalInt retryCount, UpstreamTokens tokens, byte[] body) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("requestId", requestId.toString());
        retryCount.ifPresent(count -> {
            query.put("clientStartTime", Long.toString(clock.millis()));
            query.put("retryCount", Integer.toString(count));
            query.put("retryReason", "0");
        });
        return UpstreamRequest.post(
                DriverPaths.with("/queries/v1/query-request", query),
                DriverPaths.headers("application/snowflake", tokens.sessionToken()),
                body);
    }

    Mono<UpstreamReply> reread(OwnedResult owned) {
        String path = "/queries/" + DriverPaths.id(owned.queryId()) + "/result";
        return sessions.withToken(
                        owned.session().id(),
                        tokens -> answer(UpstreamRequest.get(
                                DriverPaths.once(path),
                                DriverPaths.headers("application/snowflake", tokens.sessionToken()))),
                        DriverUpstream::expired)
                .flatMap(DriverUpstream::lostSession);
    }

    Mono<Void> abort(AgentSession session, UUID upstreamRequestId) {
        return sessions.withToken(
                        session.id(),
                        tokens -> http.send(
                                        Purpose.CONTROL,
                                        UpstreamRequest.post(
                                                DriverPaths.once("/queries/v1/abort-request"),
                                                DriverPaths.headers("application/json", tokens.sessionToken()),
                                                DriverRequests.abort(upstreamRequestId)))
                                .map(DriverEnvelope::parse),
                        DriverEnvelope::expired)
                .then();
    }

    private Mono<UpstreamReply> answer(UpstreamRequest request) {
        return http.send(Purpose.STATEMENTS, request).map(DriverUpstream::parse);
    }

    /** Some faults of a token come with status 401 and the ordinary envelope. */
    private static UpstreamReply parse(UpstreamAnswer answer) {
        if (answer.status() == 200 || answer.status() == 401) {
            return DriverReplies.parse(answer.body());
        }
        if (answer.status() == 408) {
            throw UpstreamFault.unavailable(answer.status());
        }
        throw UpstreamFault.notUnderstood("HTTP status " + answer.status());
    }

    private static boolean expired(UpstreamReply reply) {
        return reply instanceof UpstreamReply.Failed failed && failed.code().equals(DriverEnvelope.TOKEN_EXPIRED);
    }

    /**
     * Whoever asks for an outcome learns nothing from a lost session: the statement may have run. For a first attempt it is
     * different, there the reply says that it did not run.
     */
    private static Mono<UpstreamReply> lostSession(UpstreamReply reply) {
        return reply instanceof UpstreamReply.Failed failed && DriverEnvelope.isGone(failed.code())
                ? Mono.error(UpstreamFault.sessionGone())
                : Mono.just(reply);
    }
}
