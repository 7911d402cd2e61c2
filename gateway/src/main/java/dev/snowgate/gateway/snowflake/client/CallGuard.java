package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Circuit breaker and bulkhead of one purpose. Only faults of the way count against the circuit, never a refused statement. */
final class CallGuard {
    /** Drivers try again after a 503; Python's gives up on a chunk whose first byte takes seven seconds, so it must come before. */
    static final Duration MOST_WAIT = Duration.ofSeconds(4);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private final CircuitBreaker circuit;
    private final Bulkhead bulkhead;
    private final ConcurrentMap<String, Bulkhead> shares = new ConcurrentHashMap<>();

    CallGuard(Purpose purpose, int concurrent, UpstreamProperties.Circuit settings, CircuitBreakerRegistry registry) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failureRate())
                .slidingWindowSize(settings.calls())
                .minimumNumberOfCalls(Math.max(2, settings.calls() / 2))
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(CallGuard::isFaultOfTheWay)
                .build();
        String name = "upstream-" + purpose.name().toLowerCase(Locale.ROOT);
        this.circuit = registry.circuitBreaker(name, config);
        this.bulkhead = bulkhead(name, concurrent);
    }

    <T> Mono<T> guard(Mono<T> call) {
        return call.onErrorMap(UpstreamFault::told)
                .transformDeferred(CircuitBreakerOperator.of(circuit))
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .onErrorMap(UpstreamFault::told);
    }

    /**
     * Within the purpose's bulkhead, one holder of a share cannot take the places of all. A call waits for its place, at most
     * {@link #MOST_WAIT}.
     */
    <T> Flux<T> guard(Flux<T> call, String shareOf, int share) {
        Bulkhead own = shares.computeIfAbsent(shareOf, name -> bulkhead(name, share));
        return call.onErrorMap(UpstreamFault::told)
                .transformDeferred(CircuitBreakerOperator.of(circuit))
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .transformDeferred(BulkheadOperator.of(own))
                .retryWhen(Retry.fixedDelay(MOST_WAIT.dividedBy(BETWEEN_TRIES), BETWEEN_TRIES)
                        .jitter(0.5)
                        .filter(BulkheadFullException.class::isInstance)
                        .onRetryExhaustedThrow((spec, last) -> last.failure()))
                .onErrorMap(CallGuard::overloaded);
    }

    private static Throwable overloaded(Throwable fault) {
        return fault instanceof BulkheadFullException
                ? new GatewayException(
                        GatewayErrorCode.OVERLOADED,
                        "Too many chunks are being fetched. Try again later.",
                        Optional.empty(),
                        fault)
                : UpstreamFault.told(fault);
    }

    private static boolean isFaultOfTheWay(Throwable fault) {
        return fault instanceof GatewayException known
                && (known.code() == GatewayErrorCode.UPSTREAM_UNAVAILABLE
                        || known.code() == GatewayErrorCode.UPSTREAM_TIMEOUT);
    }

    private static Bulkhead bulkhead(String name, int concurrent) {
        return Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(concurrent)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }
}
