package dev.snowgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.agent.AgentId;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AgentLimitsTest {
    private static final AgentId AGENT = new AgentId("copilot");

    private static void assertOverloaded(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo(GatewayErrorCode.OVERLOADED));
    }

    @Test
    void one_more_than_allowed_at_the_same_time_is_refused_and_a_cancelled_one_makes_room() {
        // Given
        AgentLimits limits = new AgentLimits(new LimitProperties(1, 1000));
        Disposable running = limits.guard(AGENT, Mono.never()).subscribe();
        // When / Then
        StepVerifier.create(limits.guard(AGENT, Mono.just(1))).verifyErrorSatisfies(AgentLimitsTest::assertOverloaded);
        StepVerifier.create(limits.guard(new AgentId("other"), Mono.just(1)))
                .expectNext(1)
                .verifyComplete();
        running.dispose();
        StepVerifier.create(limits.guard(AGENT, Mono.just(2))).expectNext(2).verifyComplete();
    }

    @Test
    void more_than_allowed_in_a_second_are_refused() {
        // Given
        AgentLimits limits = new AgentLimits(new LimitProperties(100, 1));
        limits.begin(AGENT, Mono.just(1)).block();
        // When / Then
        StepVerifier.create(limits.begin(AGENT, Mono.just(2))).verifyErrorSatisfies(AgentLimitsTest::assertOverloaded);
    }
}
