package dev.snowgate.gateway.edge;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where every path ends that no route serves: refused in its dialect's form, and recorded. */
final class RefusingFilter implements GatewayFilter {
    private final StatementFilter statements;
    private final Dialects dialects;
    private final Refusals refusals;
    private final EdgeProperties limits;

    RefusingFilter(StatementFilter statements, Dialects dialects, Refusals refusals, EdgeProperties limits) {
        this.statements = statements;
        this.dialects = dialects;
        this.refusals = refusals;
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (dialects.of(exchange.getRequest().getURI().getRawPath()).isPresent()) {
            // The dialect knows why: another method, a path of Snowflake's that is not served, a way to log in.
            return statements.filter(exchange, chain);
        }
        return new BodyReader(exchange.getRequest(), limits)
                .drain()
                .then(Mono.defer(() -> refusals.refuseUnknownPath(exchange)));
    }
}
