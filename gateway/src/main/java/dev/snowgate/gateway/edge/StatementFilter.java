package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.ProtocolDialect;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.model.network.Network;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The one filter in which every exchange of both dialects ends. It never forwards: what Snowflake is sent is composed anew, and
 * what it answers passes the dialect.
 */
final class StatementFilter implements GatewayFilter {
    private final Dialects dialects;
    private final ExchangeHandler handler;
    private final Refusals refusals;
    private final ReplySender sender;
    private final EdgeProperties limits;
    private final Draining draining;
    private final Clock clock;
    private final List<Network> proxies;

    StatementFilter(
            Dialects dialects,
            ExchangeHandler handler,
            Refusals refusals,
            ReplySender sender,
            EdgeProperties limits,
            Draining draining,
            Clock clock) {
        this.dialects = dialects;
        this.handler = handler;
        this.refusals = refusals;
        this.sender = sender;
        this.limits = limits;
        this.draining = draining;
        this.clock = clock;
        this.proxies = limits.proxies();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Instant receivedAt = clock.instant();
        BodyReader body = new BodyReader(exchange.getRequest(), limits);
        if (draining.isUnderWay()) {
            return body.drain().then(Mono.defer(() -> refusals.writeDraining(exchange)));
        }
        // An answer that is given while we shut down is the last on its connection, which the server waits for.
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> {
                    if (draining.isUnderWay()) {
                        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
                    }
                }));
        return Mono.defer(() -> answer(exchange, body, receivedAt))
                .flatMap(reply -> body.drain().then(Mono.defer(() -> sender.send(exchange, reply))))
                .onErrorResume(fault -> body.drain().then(Mono.defer(() -> refusals.refuse(exchange, fault))));
    }

    private Mono<Reply> answer(ServerWebExchange exchange, BodyReader body, Instant receivedAt) {
        RequestHead head = Heads.of(exchange.getRequest(), proxies);
        ProtocolDialect dialect = dialects.of(head.path()).orElse(null);
        if (dialect == null) {
            return Mono.error(Faults.ofStatus(404));
        }
        return handler.answer(dialect, head, body, receivedAt)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an exchange was not answered")));
    }
}
