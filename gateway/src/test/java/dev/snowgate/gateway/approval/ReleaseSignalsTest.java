package dev.snowgate.gateway.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.model.statement.StatementId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ReleaseSignalsTest {
    private final ReleaseSignals signals = new ReleaseSignals();
    private final StatementId id = StatementId.random();

    @Test
    void a_signal_wakes_every_poll_of_the_statement_and_leaves_nothing_behind() {
        StepVerifier.create(signals.await(id).and(signals.await(id)))
                .then(() -> assertThat(signals.size()).isEqualTo(1))
                .then(() -> signals.release(id))
                .verifyComplete();
        assertThat(signals.size()).isZero();
    }

    @Test
    void a_signal_for_another_statement_wakes_nobody() {
        StepVerifier.create(signals.await(id))
                .expectSubscription()
                .then(() -> signals.release(StatementId.random()))
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify();
    }

    @Test
    void a_poll_that_goes_away_takes_its_entry_with_it_and_no_other() {
        // Given
        Disposable one = signals.await(id).subscribe();
        Disposable two = signals.await(id).subscribe();
        // When
        one.dispose();
        int left = signals.size();
        two.dispose();
        // Then
        assertThat(left).isEqualTo(1);
        assertThat(signals.size()).isZero();
    }

    @Test
    void after_a_gap_all_are_woken() {
        StepVerifier.create(signals.await(id).and(signals.await(StatementId.random())))
                .then(signals::releaseAll)
                .verifyComplete();
    }
}
