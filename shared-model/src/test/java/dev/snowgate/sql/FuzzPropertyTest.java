package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Statements of the suites, damaged token by token: whatever comes out is understood or refused, in time. */
class FuzzPropertyTest {

    private static final Set<Effect> CHANGES = Set.of(
            Effect.WRITE, Effect.CREATE, Effect.ALTER, Effect.DROP, Effect.UNLOAD, Effect.LOAD, Effect.PRIVILEGE);

    private static final List<List<Token>> SEEDS = seeds();

    private static List<List<Token>> seeds() {
        try {
            return Stream.concat(AttacksTest.lines("/sql/attacks.txt"), AttacksTest.lines("/sql/honest.txt"))
                    .map(line -> line.substring(line.indexOf(" | ") + 3))
                    .flatMap(FuzzPropertyTest::tokens)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<List<Token>> tokens(String text) {
        try {
            return Stream.of(Lexer.lex(text).tokens());
        } catch (dev.snowgate.sql.syntax.SyntaxProblem refused) {
            return Stream.empty();
        }
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<List<Token>> seed = Arbitraries.of(SEEDS);
        Arbitrary<List<Integer>> dice =
                Arbitraries.integers().between(0, 9_999).list().ofMinSize(1).ofMaxSize(4);
        return seed.flatMap(a -> seed.flatMap(b -> dice.map(d -> Tuple.of(a, b, d))))
                .map(t -> damage(t.get1(), t.get2(), t.get3()));
    }

    private static String damage(List<Token> seed, List<Token> other, List<Integer> dice) {
        List<String> words = new ArrayList<>();
        seed.forEach(token -> words.add(token.text()));
        for (int die : dice) {
            if (words.isEmpty()) {
                break;
            }
            int at = die % words.size();
            String strange = other.get(die % other.size()).text();
            switch (die % 6) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, strange);
                case 2 -> words.set(at, strange);
                case 3 -> words.add(at, words.get(at));
                case 4 -> words.addAll(other.stream().map(Token::text).toList());
                default -> words.subList(at, words.size()).clear();
            }
        }
        return String.join(" ", words);
    }

    @Property(tries = 4000)
    void a_damaged_statement_is_understood_or_refused_in_time(@ForAll("damaged") String text) {
        // When
        ProcessorTime.Measured measured = ProcessorTime.analyse(text);

        // Then
        assertThat(measured.processor()).isLessThan(ProcessorTime.MOST);
        switch (measured.analysis()) {
            case SqlAnalysis.NotUnderstood not -> {
                assertThat(not.construct()).isNotBlank().isNotEqualTo("statement that failed to be read");
                assertThat(not.reason()).isNotBlank();
            }
            case SqlAnalysis.Understood understood ->
                understood.statements().forEach(statement -> {
                    if (statement.kind() == StatementKind.SELECT) {
                        assertThat(statement.effects()).doesNotContainAnyElementsOf(CHANGES);
                        assertThat(statement.writes()).isEmpty();
                    }
                });
        }
    }

    @Property(tries = 1500)
    void comments_and_white_space_do_not_change_what_a_statement_does(@ForAll("damaged") String text) {
        // Given
        List<Token> tokens = tokens(text).findFirst().orElse(List.of());
        StringBuilder spaced = new StringBuilder();
        tokens.forEach(token -> spaced.append(token.text()).append(token.start() % 2 == 0 ? "\n/* x */ " : " -- y\n"));

        // When
        SqlAnalysis plain = SampleCatalog.analyse(text);
        SqlAnalysis commented = SampleCatalog.analyse(spaced.toString());

        // Then
        assertThat(commented instanceof SqlAnalysis.Understood).isEqualTo(plain instanceof SqlAnalysis.Understood);
        if (plain instanceof SqlAnalysis.Understood a && commented instanceof SqlAnalysis.Understood b) {
            assertThat(b.statements()).hasSameSizeAs(a.statements());
            for (int i = 0; i < a.statements().size(); i++) {
                StatementAnalysis one = a.statements().get(i);
                StatementAnalysis other = b.statements().get(i);
                assertThat(other.kind()).isEqualTo(one.kind());
                assertThat(other.effects()).isEqualTo(one.effects());
                assertThat(other.output().stream().map(OutputColumn::origins).toList())
                        .isEqualTo(
                                one.output().stream().map(OutputColumn::origins).toList());
                assertThat(other.predicateUse()).isEqualTo(one.predicateUse());
                assertThat(other.objects()).isEqualTo(one.objects());
            }
        }
    }
}
