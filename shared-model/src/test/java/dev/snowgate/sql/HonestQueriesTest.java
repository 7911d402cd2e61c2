package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries of analysts: understood, masked on exactly the right columns, and never seen as a guess at protected values. */
class HonestQueriesTest {
    static Stream<String> queries() throws IOException {
        return AttacksTest.lines("/sql/honest.txt");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void an_honest_query_is_masked_on_exactly_the_right_columns(String line) {
        // Given
        String expected = line.substring(0, line.indexOf(" | ")).strip();
        String text = line.substring(line.indexOf(" | ") + 3);

        // When
        StatementAnalysis statement = SampleCatalog.only(text);

        // Then
        List<String> masked = new ArrayList<>();
        for (int i = 0; i < statement.output().size(); i++) {
            if (SampleCatalog.isMasked(statement.output().get(i))) {
                masked.add(String.valueOf(i));
            }
        }
        statement.rest().filter(SampleCatalog::isMasked).ifPresent(rest -> masked.add("rest"));
        assertThat(masked.isEmpty() ? "none" : String.join(",", masked)).isEqualTo(expected);
        assertThat(statement.predicateUse()).isEmpty();
        assertThat(statement.flags()).noneMatch(flag -> flag.startsWith("unknown-function"));
    }
}
