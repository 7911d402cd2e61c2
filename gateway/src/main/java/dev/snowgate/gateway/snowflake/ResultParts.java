package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.session.AgentSession;
import dev.snowgate.gateway.statement.MaskedReply;
import reactor.core.publisher.Mono;

/** Later parts of a result of the SQL API, masked with the plan stored with their statement. */
public interface ResultParts {
    /**
     * The part's rows as the agent may see them, as a {@link PartitionReply}; {@code
     * UNKNOWN_ID} if the session's owner does not own the handle.
     */
    Mono<MaskedReply> part(AgentSession session, String handle, int partition);
}
