package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.NumberedPart;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Later parts of a result of the SQL API, masked with the plan stored with their statement. */
public interface ResultParts {
    /**
     * The part's rows as the agent may see them, in gzip, as they stream by; {@code UNKNOWN_ID} if the session's owner does not own the
     * handle. A fault in the middle ends the stream with an error, never with a shorter part.
     */
    Mono<Flux<byte[]>> part(AgentSession session, String handle, int partition, NumberedPart.Nulls nulls);
}
