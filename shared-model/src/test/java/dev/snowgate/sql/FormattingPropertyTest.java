package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Token;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Comments, white space and the case of words change nothing; cut and shuffled statements are refused or read, never thrown. */
class FormattingPropertyTest {
    private static final List<String> GAPS =
            List.of(" ", "\n\n\n", " /* ; DROP TABLE x */ ", " -- FROM orders\n", "\t \r\n", "\u00a0");

    static Stream<String> texts() throws IOException {
        return Stream.concat(AttacksTest.lines("/sql/honest.txt"), AttacksTest.lines("/sql/attacks.txt"))
                .map(line -> line.substring(line.indexOf(" | ") + 3));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void formatting_changes_nothing(String text) {
        // Given
        if (!(SampleCatalog.analyse(text) instanceof SqlAnalysis.Understood before)) {
            return;
        }
        Random random = new Random(7);
        StringBuilder other = new StringBuilder();
        int end = 0;
        for (Token token : Lexer.lex(text).tokens()) {
            boolean touches = token.start() == end;
            other.append(touches ? "" : GAPS.get(random.nextInt(GAPS.size())));
            other.append(token.type() == Token.Type.WORD ? mixed(token.text(), random) : token.text());
            end = token.end();
        }

        // When
        SqlAnalysis analysis = SampleCatalog.analyse(other.toString());

        // Then
        assertThat(analysis).isInstanceOf(SqlAnalysis.Understood.class);
        List<StatementAnalysis> a = before.statements();
        List<StatementAnalysis> b = ((SqlAnalysis.Understood) analysis).statements();
        assertThat(b).hasSameSizeAs(a);
        for (int i = 0; i < a.size(); i++) {
            assertThat(b.get(i).kind()).isEqualTo(a.get(i).kind());
            assertThat(b.get(i).output()).isEqualTo(a.get(i).output());
            assertThat(b.get(i).predicateUse()).isEqualTo(a.get(i).predicateUse());
            assertThat(b.get(i).writes()).isEqualTo(a.get(i).writes());
            assertThat(b.get(i).effects()).isEqualTo(a.get(i).effects());
            assertThat(b.get(i).objects()).isEqualTo(a.get(i).objects());
            assertThat(b.get(i).flags()).isEqualTo(a.get(i).flags());
        }
    }

    private static String mixed(String word, Random random) {
        return random.nextBoolean() ? word.toUpperCase(Locale.ROOT) : word.toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void damaged_statements_are_never_thrown(String text) {
        // Given
        Random random = new Random(text.hashCode());
        String[] words = text.split("(?<=\\W)|(?=\\W)");

        for (int round = 0; round < 60; round++) {
            StringBuilder damaged = new StringBuilder();
            for (String word : words) {
                int dice = random.nextInt(12);
                damaged.append(
                        dice == 0
                                ? ""
                                : dice == 1 ? word + word : dice == 2 ? words[random.nextInt(words.length)] : word);
            }

            // When
            SqlAnalysis analysis = SampleCatalog.analyse(damaged.toString());

            // Then
            if (analysis instanceof SqlAnalysis.NotUnderstood not) {
                assertThat(not.construct()).as(damaged.toString()).isNotEqualTo("statement that failed to be read");
            }
        }
    }
}
