package dev.snowgate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Token;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that a statement gives itself decide nothing, and a word too many never hides an object. */
class AliasPropertyTest {
    private static final List<String> TEMPLATES = List.of(
            "SELECT %1$s.email, %2$s.amount FROM customers %1$s JOIN orders %2$s ON %2$s.customer_id = %1$s.id",
            "WITH %1$s AS (SELECT id, email AS %2$s FROM customers) SELECT %2$s FROM %1$s WHERE id = 1",
            "SELECT %1$s.%2$s FROM (SELECT ssn AS %2$s FROM customers) AS %1$s WHERE %1$s.%2$s LIKE '1%%'",
            "SELECT city AS %1$s, MAX(salary) AS %2$s FROM customers GROUP BY %1$s ORDER BY %1$s",
            "SELECT id AS %1$s, email AS %2$s FROM customers QUALIFY ROW_NUMBER() OVER (PARTITION BY city ORDER BY id) = 1",
            "WITH RECURSIVE %1$s (%2$s, n) AS (SELECT email, 1 FROM customers UNION ALL SELECT %2$s, n + 1 FROM %1$s WHERE n < 5) SELECT %2$s FROM %1$s",
            "SELECT %1$s.value FROM notes %2$s, LATERAL FLATTEN(INPUT => %2$s.meta) %1$s",
            "MERGE INTO scratch %1$s USING customers %2$s ON %1$s.a = %2$s.id WHEN MATCHED THEN UPDATE SET b = %2$s.email",
            "SELECT TRANSFORM(ARRAY_CONSTRUCT(email), %1$s -> %1$s || '!') AS %2$s FROM customers");
    /** Every word of the statements, as an unquoted name is stored. */
    private static final Set<String> USED = TEMPLATES.stream()
            .flatMap(template -> Stream.of(template.toUpperCase(Locale.ROOT).split("\\W+")))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<StatementKind> READS = Set.of(
            StatementKind.SELECT,
            StatementKind.INSERT,
            StatementKind.MULTI_TABLE_INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.CREATE_TABLE_AS,
            StatementKind.CREATE_VIEW,
            StatementKind.COPY_UNLOAD,
            StatementKind.EXECUTE_IMMEDIATE);
    private static final List<String> EXTRA = List.of(
            ",",
            "(",
            ")",
            ";",
            "AS",
            "SELECT",
            "FROM",
            "WHERE",
            "NOT",
            "NULL",
            "1",
            "'x'",
            "ALL",
            "DISTINCT",
            "zz",
            "*",
            ".",
            "::",
            "||",
            "JOIN",
            "ON",
            "UNION");

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("_0189")
                .ofMaxLength(8)
                .map(rest -> "q" + rest);
        Arbitrary<String> quoted = Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMinLength(1)
                .ofMaxLength(8)
                // a name that the statements give to something else would mean that too
                .filter(text -> !USED.contains(text))
                .map(text -> '"' + text.replace("\"", "\"\"") + '"');
        Arbitrary<String> familiar = Arbitraries.of(
                "ssn1",
                "email2",
                "customers1",
                "\"CUSTOMERS \"",
                "\"email\"",
                "\"select\"",
                "\"a.b\"",
                "\"--\"",
                "\"/*\"",
                "\"'\"");
        return Arbitraries.oneOf(plain, quoted, familiar);
    }

    @Property(tries = 600)
    void renaming_what_a_statement_names_itself_changes_nothing(
            @ForAll("names") String one, @ForAll("names") String two) {
        if (one.equalsIgnoreCase(two) || one.replace("\"", "").equalsIgnoreCase(two.replace("\"", ""))) {
            return;
        }
        for (String template : TEMPLATES) {
            if (template.contains("->") && one.startsWith("\"")) {
                continue;
            }
            // Given
            StatementAnalysis plain = SampleCatalog.only(template.formatted("first_alias", "second_alias"));

            // When
            StatementAnalysis renamed = SampleCatalog.only(template.formatted(one, two));

            // Then
            assertThat(renamed.output())
                    .extracting(OutputColumn::origins)
                    .isEqualTo(
                            plain.output().stream().map(OutputColumn::origins).toList());
            assertThat(renamed.output())
                    .extracting(OutputColumn::derivation)
                    .isEqualTo(plain.output().stream()
                            .map(OutputColumn::derivation)
                            .toList());
            assertThat(renamed.predicateUse()).isEqualTo(plain.predicateUse());
            assertThat(renamed.cardinalityUse()).isEqualTo(plain.cardinalityUse());
            assertThat(renamed.objects()).isEqualTo(plain.objects());
            assertThat(renamed.writes()).isEqualTo(plain.writes());
        }
    }

    @Test
    void a_name_that_the_statements_use_is_kept_clear_of() {
        assertThat(USED).contains("N", "ID", "EMAIL", "SSN", "CITY", "SALARY", "CUSTOMERS");
    }

    static Stream<String> texts() throws IOException {
        return FormattingPropertyTest.texts();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_token_too_many_is_refused_or_hides_no_object(String text) {
        // Given
        if (!(SampleCatalog.analyse(text) instanceof SqlAnalysis.Understood before)
                || !READS.contains(before.statements().getLast().kind())) {
            return;
        }
        Set<String> objects = objects(before);
        List<Token> tokens = Lexer.lex(text).tokens();
        Random random = new Random(text.hashCode());

        for (int round = 0; round < 25; round++) {
            int at = tokens.get(random.nextInt(tokens.size())).start();
            String damaged =
                    text.substring(0, at) + " " + EXTRA.get(random.nextInt(EXTRA.size())) + " " + text.substring(at);

            // When
            SqlAnalysis analysis = SampleCatalog.analyse(damaged);

            // Then
            if (analysis instanceof SqlAnalysis.Understood understood
                    && !namesUnknown(understood)
                    && unknownRoutines(before).containsAll(unknownRoutines(understood))) {
                assertThat(objects(understood)).as(damaged).containsAll(objects);
            }
        }
    }

    /** A call that can mean no catalogued routine any more is an unknown function, which policies judge as such. */
    private static Set<String> unknownRoutines(SqlAnalysis.Understood understood) {
        return understood.statements().stream()
                .flatMap(statement -> statement.flags().stream())
                .filter(flag -> flag.startsWith("unknown-function:"))
                .collect(Collectors.toSet());
    }

    /** The token was taken for the name of an object that nobody knows, which policies judge as such. */
    private static boolean namesUnknown(SqlAnalysis.Understood understood) {
        return understood.statements().stream()
                .flatMap(statement -> statement.objects().stream())
                .anyMatch(use -> !use.known());
    }

    private static Set<String> objects(SqlAnalysis.Understood understood) {
        Set<String> objects = new HashSet<>();
        understood
                .statements()
                .forEach(statement -> statement.objects().stream()
                        .filter(use -> use.effect() == Effect.READ || use.effect() == Effect.WRITE)
                        .forEach(use -> objects.add(use.name().toString())));
        return objects;
    }
}
