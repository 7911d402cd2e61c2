package dev.snowgate.gateway.limits;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.AgentId;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Keeps one agent from taking the place of the others. Only authenticated agents are counted, so their number is bounded. */
public final class AgentLimits {
    private final BulkheadRegistry bulkheads;
    private final RateLimiterRegistry rates;

    public AgentLimits(LimitProperties properties) {
        this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(properties.concurrent())
                .maxWaitDuration(Duration.ZERO)
                .build());
        this.rates = RateLimiterRegistry.of(RateLimiterConfig.custom()
                .limitForPeriod(properties.perSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build());
    }

    /** The work within both limits of the agent; {@code OVERLOADED} without having begun where one is reached. */
    public <T> Mono<T> guard(AgentId agent, Mono<T> work) {
        Bulkhead bulkhead = bulkheads.bulkhead(agent.value());
        return begin(agent, work.transformDeferred(BulkheadOperator.of(bulkhead)))
                .onErrorMap(BulkheadFullException.class, full -> overloaded("at the same time"));
    }

    /** The work within the agent's rate only: for polls, which wait and take no place. */
    public <T> Mono<T> begin(AgentId agent, Mono<T> work) {
        RateLimiter rate = rates.rateLimiter(agent.value());
        return work.transformDeferred(RateLimiterOperator.of(rate))
                .onErrorMap(RequestNotPermitted.class, tooMany -> overloaded("in a second"));
    }

    private static GatewayException overloaded(String when) {
        return new GatewayException(
                GatewayErrorCode.OVERLOADED,
                "The agent sends too many requests " + when + ". Wait a little and try again.");
    }
}
