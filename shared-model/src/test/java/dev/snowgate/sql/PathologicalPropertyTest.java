package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.FutureTask;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small texts that could take a reader for ever end within the limit, measured in processor time of the thread that reads. */
class PathologicalPropertyTest {
    /** As much stack as the analysis lane gives. */
    private static final long STACK = 32L << 20;

    private static final List<Integer> SIZES = List.of(6, 30, 95, 1_500, 20_000);

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> names = Arbitraries.of(PathologicalTexts.MAKERS.keySet());
        Arbitrary<Integer> sizes = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 100), Arbitraries.integers().between(100, 3_000));
        return Combinators.combine(names, sizes)
                .as((name, size) -> PathologicalTexts.MAKERS.get(name).apply(size));
    }

    @Property(tries = 120)
    void a_text_of_any_size_ends_within_the_limit(@ForAll("texts") String text) throws Exception {
        assertThat(onLargeStack(text).processor()).isLessThan(ProcessorTime.MOST);
    }

    /** One inside of another: what is bounded alone must not multiply. */
    @Property(tries = 60)
    void two_of_them_joined_end_within_the_limit(@ForAll("texts") String one, @ForAll("texts") String other)
            throws Exception {
        for (String text :
                List.of(one + "; " + other, one + " UNION " + other, "SELECT (" + one + "), (" + other + ")")) {
            assertThat(onLargeStack(text).processor()).isLessThan(ProcessorTime.MOST);
        }
    }

    static List<String> makers() {
        return List.copyOf(PathologicalTexts.MAKERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("makers")
    void every_kind_of_them_ends_within_the_limit(String maker) throws Exception {
        for (int size : SIZES) {
            String text = PathologicalTexts.MAKERS.get(maker).apply(size);

            ProcessorTime.Measured measured = onLargeStack(text);

            assertThat(measured.processor()).as("%s of %s", maker, size).isLessThan(ProcessorTime.MOST);
            assertThatCode(() -> measured.analysis().toString()).doesNotThrowAnyException();
        }
    }

    private static ProcessorTime.Measured onLargeStack(String text) throws Exception {
        FutureTask<ProcessorTime.Measured> task = new FutureTask<>(() -> ProcessorTime.analyse(text));
        Thread thread = new Thread(null, task, "analysis", STACK);
        thread.start();
        return task.get();
    }
}
