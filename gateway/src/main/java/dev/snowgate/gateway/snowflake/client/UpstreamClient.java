package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.OwnedResult;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.QueryId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The real Snowflake, in the dialect that the agent spoke. The only class that sends an agent's SQL, and only what a proof holds.
 */
public final class UpstreamClient implements Upstream {
    private final DriverUpstream driver;
    private final SqlApiUpstream sqlApi;
    private final Function<SessionId, Mono<Void>> lost;

    /**
     * @param lost ends the agent's session whose upstream session was found to be gone: it is never opened again silently,
     *     because its variables, temporary objects and transaction are gone too
     */
    UpstreamClient(DriverUpstream driver, SqlApiUpstream sqlApi, Function<SessionId, Mono<Void>> lost) {
        this.driver = driver;
        this.sqlApi = sqlApi;
        this.lost = lost;
    }

    @Override
    public Mono<UpstreamReply> execute(ClearedStatement cleared) {
        return Mono.defer(() -> {
            UpstreamCall call = verified(cleared);
            return isDriver(call.session())
                    ? ending(call.session(), driver.send(call, OptionalInt.empty(), false))
                    : sqlApi.send(call, false);
        });
    }

    @Override
    public Mono<UpstreamReply> resend(ClearedStatement cleared, int retryCount) {
        return Mono.defer(() -> {
            UpstreamCall call = verified(cleared);
            return isDriver(call.session())
                    ? ending(call.session(), driver.send(call, OptionalInt.of(retryCount), false))
                    : sqlApi.send(call, true);
        });
    }

    @Override
    public Mono<UpstreamReply> describe(ClearedDescribe cleared) {
        return isDriver(cleared.call().session())
                ? ending(cleared.call().session(), driver.send(cleared.call(), OptionalInt.empty(), true))
                : Mono.error(new GatewayException(
                        GatewayErrorCode.CANNOT_PREPARE, "The SQL API does not describe statements."));
    }

    @Override
    public Mono<UpstreamReply> reread(OwnedResult owned) {
        return Mono.defer(
                () -> isDriver(owned.session()) ? ending(owned.session(), driver.reread(owned)) : sqlApi.reread(owned));
    }

    /**
     * One partition, number 1 or more, of an owned result of the SQL API.
     *
     * @param number the partition's number
     */
    @Override
    public Flux<byte[]> partition(OwnedResult owned, int number, PartReader reader) {
        return isDriver(owned.session())
                ? Flux.error(new IllegalArgumentException("partitions exist in the SQL API only"))
                : sqlApi.partition(owned, number, reader);
    }

    @Override
    public Mono<Void> abort(AgentSession session, UUID upstreamRequestId, Optional<QueryId> queryId) {
        return Mono.defer(() -> isDriver(session)
                ? driver.abort(session, upstreamRequestId)
                : queryId.map(handle -> sqlApi.cancel(session, handle)).orElseGet(Mono::empty));
    }

    /** What is sent is what the proof was made for: compared right before the first byte. */
    private static UpstreamCall verified(ClearedStatement cleared) {
        UpstreamCall call = cleared.call();
        cleared.verify(call);
        return call;
    }

    private Mono<UpstreamReply> ending(AgentSession session, Mono<UpstreamReply> call) {
        return call.flatMap(reply -> isGone(reply) ? lost(session).thenReturn(reply) : Mono.just(reply))
                .onErrorResume(UpstreamClient::isGone, fault -> lost(session).then(Mono.error(fault)));
    }

    private Mono<Void> lost(AgentSession session) {
        return lost.apply(session.id()).onErrorComplete();
    }

    private static boolean isGone(UpstreamReply reply) {
        return reply instanceof UpstreamReply.Failed failed && DriverEnvelope.isGone(failed.code());
    }

    private static boolean isGone(Throwable fault) {
        return fault instanceof GatewayException known && known.code() == GatewayErrorCode.SESSION_GONE;
    }

    private static boolean isDriver(AgentSession session) {
        return session.dialect() == Dialect.DRIVER;
    }
}
