package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.result.HeldMemory;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes replies as the edge does, for tests of other packages. */
public final class SentReply {
    private SentReply() {}

    public static Mono<Void> write(ServerWebExchange exchange, Reply reply) {
        return new ReplySender(HeldMemory.ofHeap()).send(exchange, reply);
    }
}
