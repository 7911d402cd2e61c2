package dev.snowgate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.policy.LedgerDecisions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final StatementId statement = StatementId.random();

    @Test
    void a_refusal_tells_reason_rule_and_policy_first_and_then_what_to_do() {
        assertThat(Refusals.message(LedgerDecisions.deny()))
                .isEqualTo(
                        "Refused by Snowgate: dropping is not allowed (rule no-drop, policy v1). It did not run.\nask for it");
    }

    @Test
    void a_fault_without_a_code_keeps_its_words_inside() {
        GatewayException told = Refusals.known(new IllegalStateException("select 'secret'"), statement);

        assertThat(told.code()).isEqualTo(GatewayErrorCode.INTERNAL_FAULT);
        assertThat(told.getMessage()).contains(statement.toString()).doesNotContain("secret");
        assertThat(told.statement()).contains(statement);
        assertThat(told).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_known_fault_gets_its_statement_and_keeps_its_code() {
        GatewayException bare = new GatewayException(GatewayErrorCode.OVERLOADED, "too much");
        GatewayException whole =
                new GatewayException(GatewayErrorCode.OVERLOADED, "too much", Optional.of(StatementId.random()), null);

        assertThat(Refusals.known(bare, statement)).isInstanceOfSatisfying(GatewayException.class, told -> {
            assertThat(told.code()).isEqualTo(GatewayErrorCode.OVERLOADED);
            assertThat(told.getMessage()).isEqualTo("too much");
            assertThat(told.statement()).contains(statement);
        });
        assertThat(Refusals.known(whole, statement)).isSameAs(whole);
    }
}
