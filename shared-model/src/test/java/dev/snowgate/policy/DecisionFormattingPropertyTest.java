package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** White space, comments, the case of words and the names that a statement gives itself never change a decision. */
class DecisionFormattingPropertyTest {
    private static final Scene SCENE = Scene.of("""
              - {name: no-drop, effect: deny, statements: {effects: [drop]}, objects: any, reason: r}
              - {name: lab, effect: allow, statements: {effects: [read, write, code]}, objects: [PROD.LAB]}
              - {name: big, effect: require-approval, objects: [PROD.CRM.EVENTS], estimate: {rows: {above: 1000000}}, reason: r}
              - {name: contact, effect: allow, objects: [PROD.CRM.CUSTOMERS], release: {tags: [contact]}, cardinality-use: approve}
              - {name: limit, effect: limit, objects: any, obligations: {row-limit: 100}}
            """);
    /** Words in angle brackets are names that the statement gives itself. */
    private static final List<String> STATEMENTS = List.of(
            "select <a>.id , <a>.email as <b> from customers <a> where <a>.country = 'CH'",
            "select <a>.ssn as <b> , count ( * ) from customers as <a> group by <a>.ssn",
            "select count ( distinct <a>.email ) as <b> from customers <a>",
            "with <a> as ( select id , ssn as <b> from customers ) select <b> from <a>",
            "select <a>.<b> from ( select ssn as <b> from customers ) <a>",
            "select id from customers <a> where ssn = '1'",
            "select <a>.id from prod.crm.events <a> join prod.lab.scratch <b> on <a>.id = <b>.id",
            "insert into prod.lab.scratch ( id , note ) select <a>.id , <a>.email as <b> from customers <a>",
            "insert into prod.lab.scratch ( id , note ) values ( 1 , '****6789' )",
            "update prod.lab.scratch <a> set note = 'x' where <a>.id = 1",
            "merge into prod.lab.scratch <a> using events <b> on <a>.id = <b>.id when matched then update set note = <b>.kind",
            "begin update prod.lab.scratch set note = 'x' where id = 1 ; end",
            "select id from prod.lab.scratch <a> ; drop table prod.lab.scratch",
            "select my_udf ( <a>.id ) as <b> from prod.lab.scratch <a>",
            "select * from customers <a>",
            "select <a>.id as <b> from no_such_table <a>");

    private static final List<String> GAPS = List.of(
            " ", "\n\n", "\t", " /* drop table prod.crm.customers; */ ", " -- from events\n", " // ' \n", " /* ' */ ");
    private static final Pattern OWN_NAME = Pattern.compile("<([ab])>");

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars("_09")
                        .ofMaxLength(6)
                        .map(rest -> "q" + rest),
                Arbitraries.of("\"Mixed\"", "\"a.b\"", "\"--\"", "\"/*\"", "\"select\"", "\"'\"", "ssn1", "events2"));
    }

    @Property(tries = 60)
    void a_statement_written_in_another_way_gets_the_same_decision(
            @ForAll("names") String one, @ForAll("names") String two, @ForAll long seed) {
        if (one.equalsIgnoreCase(two)) {
            return;
        }
        Random random = new Random(seed);
        for (String statement : STATEMENTS) {
            // Given
            String plain = named(statement, "first_name", "second_name");
            String other = written(statement, one, two, random);

            // When
            Decision expected = SCENE.decide(plain);
            Decision decision = SCENE.decide(other);

            // Then
            assertThat(told(decision)).as(other).isEqualTo(told(expected));
        }
    }

    /** Everything of a decision but the names of result columns, which are the statement's own. */
    private static String told(Decision decision) {
        DecisionView view = DecisionView.of(decision);
        return String.join(
                " | ",
                view.decision(),
                view.rule(),
                view.maskedColumns().toString(),
                view.masks().values().stream().sorted().toList().toString(),
                view.obligations().toString(),
                decision.trail().steps().stream()
                        .map(step -> step.rule() + " " + step.effect() + " " + step.statement())
                        .toList()
                        .toString());
    }

    private static String named(String statement, String one, String two) {
        return OWN_NAME.matcher(statement)
                .replaceAll(name -> Matcher.quoteReplacement(name.group(1).equals("a") ? one : two));
    }

    private static String written(String statement, String one, String two, Random random) {
        StringBuilder text = new StringBuilder();
        for (String word : statement.split(" ")) {
            String cased = word.startsWith("'") ? word : cased(word, random);
            text.append(named(cased.replace("<A>", "<a>").replace("<B>", "<b>"), one, two))
                    .append(GAPS.get(random.nextInt(GAPS.size())));
        }
        return text.toString();
    }

    private static String cased(String word, Random random) {
        return random.nextBoolean() ? word.toUpperCase(Locale.ROOT) : word.toLowerCase(Locale.ROOT);
    }
}
