package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static void manySteps(int millis) {
        Deadline deadline = Deadline.in(millis);
        for (int i = 0; i < 1_000; i++) {
            deadline.step();
        }
    }

    private static void expectEnds() {
        assertThatThrownBy(() -> manySteps(0)).isInstanceOf(SyntaxProblem.class);
        assertThatThrownBy(() -> Deadline.in(0).check()).isInstanceOf(SyntaxProblem.class);
        assertThatCode(() -> manySteps(600_000)).doesNotThrowAnyException();
        assertThatCode(() -> Deadline.in(600_000).check()).doesNotThrowAnyException();
    }

    @Test
    void it_ends_what_takes_longer_and_nothing_else() {
        expectEnds();
        assertThat(Deadline.in(0).remainingMillis()).isZero();
        assertThat(Deadline.in(600_000).remainingMillis()).isPositive();
    }

    @Test
    void it_ends_on_threads_without_a_processor_time_of_their_own_too() throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(DeadlineTest::expectEnds, true);
        Thread.ofVirtual().start(task);

        assertThat(task.get()).isTrue();
    }

    @Test
    void the_lexer_asks_it() {
        String text = "SELECT 1" + ", 1".repeat(1_000);

        assertThatThrownBy(() -> Lexer.lex(text, Deadline.in(0)))
                .isInstanceOfSatisfying(
                        SyntaxProblem.class,
                        problem -> assertThat(problem.construct()).isEqualTo("too slow to read"));
        assertThat(Lexer.lex(text, Deadline.in(600_000)).tokens()).hasSize(2_002);
    }
}
