package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses what {@link MalformedHeads} has marked, before anybody else looks at it. */
final class MalformedRequestFilter implements WebFilter, Ordered {
    private final Refusals refusals;
    private final EdgeProperties limits;

    MalformedRequestFilter(Refusals refusals, EdgeProperties limits) {
        this.refusals = refusals;
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        @Nullable String mark = exchange.getRequest().getHeaders().getFirst(MalformedHeads.MARK);
        return mark == null
                ? chain.filter(exchange)
                : new BodyReader(exchange.getRequest(), limits)
                        .drain()
                        .then(Mono.defer(() -> refusals.refuse(exchange, refusal(mark))));
    }

    private static GatewayException refusal(String mark) {
        return new GatewayException(
                GatewayErrorCode.MALFORMED_REQUEST,
                mark.equals(MalformedHeads.TOO_LONG)
                        ? "The request's first line or its headers are too long."
                        : "The request is not valid HTTP: look at its URL, its host and its version.");
    }
}
