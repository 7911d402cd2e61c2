package dev.snowgate.gateway.statement;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.model.statement.QueryId;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The real Snowflake, in the agent's dialect. An agent's SQL gets here only inside one of the three proofs. Every call has a
 * timeout that is mapped to {@link GatewayErrorCode#UPSTREAM_TIMEOUT}; nothing here retries a statement under another request
 * id. Errors of the statement itself are values ({@link UpstreamReply.Failed}).
 */
public interface Upstream {
    /** Runs it; may answer {@link UpstreamReply.InProgress}. */
    Mono<UpstreamReply> execute(ClearedStatement cleared);

    /** Sends the same body with the same request id again to learn what became of it, after a crash or a broken connection. */
    Mono<UpstreamReply> resend(ClearedStatement cleared, int retryCount);

    /** Compiles it; never runs it. */
    Mono<UpstreamReply> describe(ClearedDescribe cleared);

    /** Asks for the result of an owned query: waits like Snowflake does and may answer in progress. */
    Mono<UpstreamReply> reread(OwnedResult owned);

    /** Streams a later part of an owned result to a reader, where the dialect asks for parts by number (1 and more). */
    Flux<byte[]> partition(OwnedResult owned, int number, PartReader reader);

    /** Asks Snowflake to stop it; completes whether or not there was anything to stop. */
    Mono<Void> abort(AgentSession session, UUID upstreamRequestId, Optional<QueryId> queryId);
}
