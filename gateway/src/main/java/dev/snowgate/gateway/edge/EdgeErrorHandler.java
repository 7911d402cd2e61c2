package dev.snowgate.gateway.edge;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers the errors that the framework makes, before its own handlers do: a driver that gets an HTTP error throws its text away
 * and some of them repeat the request for ever.
 */
final class EdgeErrorHandler implements WebExceptionHandler, Ordered {
    private final Refusals refusals;

    EdgeErrorHandler(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable fault) {
        String path = exchange.getRequest().getURI().getRawPath();
        return path.equals("/actuator") || path.startsWith("/actuator/")
                ? Mono.error(fault)
                : refusals.refuse(exchange, fault);
    }
}
