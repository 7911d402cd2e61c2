package dev.snowgate.gateway.snowflake.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class CallGuardTest {
    private static CallGuard guard(int places) {
        return new CallGuard(
                Purpose.STORAGE,
                places,
                new UpstreamProperties.Circuit(50, 50, Duration.ofSeconds(5)),
                CircuitBreakerRegistry.ofDefaults());
    }

    @Test
    void a_call_without_a_place_waits_and_is_told_to_come_again_before_drivers_give_up() {
        StepVerifier.withVirtualTime(() -> {
                    CallGuard guard = guard(8);
                    guard.guard(Flux.never(), "greedy", 1).subscribe();
                    return guard.guard(Flux.just(1), "greedy", 1);
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(2))
                .thenAwait(Duration.ofSeconds(4))
                .verifyErrorSatisfies(fault -> assertThat(fault)
                        .isInstanceOfSatisfying(
                                GatewayException.class,
                                known -> assertThat(known.code()).isEqualTo(GatewayErrorCode.OVERLOADED)));
        assertThat(CallGuard.MOST_WAIT).isLessThan(Duration.ofSeconds(7));
    }

    @Test
    void a_call_that_waits_goes_on_when_a_place_is_free() {
        Disposable[] first = new Disposable[1];
        StepVerifier.withVirtualTime(() -> {
                    CallGuard guard = guard(8);
                    first[0] = guard.guard(Flux.never(), "greedy", 1).subscribe();
                    return guard.guard(Flux.just(1), "greedy", 1);
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> first[0].dispose())
                .thenAwait(Duration.ofSeconds(1))
                .expectNext(1)
                .verifyComplete();
    }

    @Test
    void who_waits_for_a_share_takes_no_place_of_others() {
        CallGuard guard = guard(2);
        guard.guard(Flux.never(), "greedy", 1).subscribe();
        Disposable waiting = guard.guard(Flux.never(), "greedy", 1).subscribe();

        StepVerifier.create(guard.guard(Flux.just(1), "modest", 1))
                .expectNext(1)
                .expectComplete()
                .verify(Duration.ofMillis(900));
        waiting.dispose();
    }
}
