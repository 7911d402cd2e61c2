package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyCompileTest {
    private static final String HEAD = "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\n";
    private static final String RULE = HEAD + "rules:\n";

    static List<Arguments> bad() {
        return List.of(
                wrong("", "p.yaml:1:1: The file is empty."),
                wrong("a: [1", "p.yaml:1:6: Not valid YAML: expected ',' or ']', but got <stream end>."),
                wrong("- a\n", "p.yaml:1:1: A mapping of fields is expected here, not a list."),
                wrong("kind: Policy\nname: p\n", "p.yaml:1:1: 'apiVersion' is missing."),
                wrong(
                        "apiVersion: v9\nkind: Policy\nname: p\n",
                        "p.yaml:1:13: This version of the format is not known. Write snowgate.dev/v1."),
                wrong(
                        "apiVersion: snowgate.dev/v1\nkind: Polcy\nname: p\n",
                        "p.yaml:2:7: 'Polcy' is not a kind of policy file. Did you mean 'Policy'?"),
                wrong(
                        "apiVersion: snowgate.dev/v1\nkind: Policy\nname: My Policy\n",
                        "p.yaml:3:7: 'My Policy' is not a name. Use lower-case letters, digits and dashes, at most"
                                + " 100."),
                wrong(HEAD + "rulez: []\n", "p.yaml:4:1: Unknown field 'rulez'. Did you mean 'rules'?"),
                wrong(HEAD + "rules: []\nrules: []\n", "p.yaml:5:1: 'rules' is given twice."),
                wrong(HEAD + "include: [drivers]\n", "p.yaml:4:11: There is no policy or pack 'drivers'. Known: p."),
                wrong(RULE + "  - {effect: deny, reason: r}\n", "p.yaml:5:5: 'name' is missing."),
                wrong(
                        RULE + "  - {name: a, effect: denie, reason: r}\n",
                        "p.yaml:5:23: An effect is allow, require-approval, deny or limit. Did you mean 'deny'?"),
                wrong(RULE + "  - {name: a, effect: limit}\n", "p.yaml:5:5: A rule that limits needs obligations."),
                wrong(
                        RULE + "  - {name: a, effect: limit, obligations: {row-limit: 1}, predicate-use: allow}\n",
                        "p.yaml:5:74: A rule that limits cannot have 'predicate-use'."),
                wrong(
                        RULE + "  - {name: a, effect: deny}\n",
                        "p.yaml:5:5: A rule that refuses or holds needs a reason. It is what the agent and the"
                                + " reviewer read."),
                wrong(
                        RULE + "  - {name: a, effect: allow}\n",
                        "p.yaml:5:5: A rule that allows must say which objects it allows. Write objects: any, none, or"
                                + " a list."),
                wrong(
                        RULE + "  - name: a\n    effect: deny\n    reason: r\n    statements:\n      kinds: [selekt]\n",
                        "p.yaml:9:15: 'selekt' is not known here. Did you mean 'select'?"),
                wrong(
                        RULE + "  - {name: a, effect: deny, reason: r, statements: {effect: [read]}}\n",
                        "p.yaml:5:53: Unknown field 'effect'. Did you mean 'effects'?"),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: [A.B.C.D]}\n",
                        "p.yaml:5:40: 'A.B.C.D' is not a pattern for names. Write DATABASE.SCHEMA.OBJECT, with * and"
                                + " ?."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: []}\n",
                        "p.yaml:5:39: An empty list would match nothing. Write any, none or a list of patterns."),
                wrong(
                        RULE + "  - {name: a, effect: deny, reason: r, objects: [A..C]}\n",
                        "p.yaml:5:50: 'A..C' is not a pattern for names. Write DATABASE.SCHEMA.OBJECT, with * and ?."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: [$prod]}\n",
                        "p.yaml:5:40: There is no variable '$prod'."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: any, condition: 'agnt == \"x\"'}\n",
                        "p.yaml:5:56: The condition is not valid: undeclared reference to 'agnt'. Did you mean"
                                + " 'agent'?"),
                wrong(
                        RULE
                                + "  - name: a\n"
                                + "    effect: allow\n"
                                + "    objects: any\n"
                                + "    condition: |\n"
                                + "      agent == \"x\" &&\n"
                                + "      hour == \"9\"\n",
                        "p.yaml:10:12: The condition is not valid: found no matching overload for '_==_' applied to"
                                + " '(int, string)' (candidates: (%A1, %A1))."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: any, condition: hour + 1}\n",
                        "p.yaml:5:60: The condition is not valid: expected type 'bool' but found 'int'."),
                wrong(
                        RULE + "  - {name: a, effect: deny, reason: r, release: {categories: [x]}}\n",
                        "p.yaml:5:49: A rule that denies cannot have 'release'."),
                wrong(
                        RULE + "  - {name: a, effect: require-approval, reason: r, approval: {expires-after: soon}}\n",
                        "p.yaml:5:78: 'soon' is not a duration. Write 90s, 15m, 4h or 2d."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: any, obligations: {row-limit: 0}}\n",
                        "p.yaml:5:69: '0' is not a number above 0."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: any, when: {from: \"25:00\"}}\n",
                        "p.yaml:5:57: '25:00' is not a time of day. Write \"08:30\", in quotes."),
                wrong(
                        RULE + "  - {name: a, effect: allow, objects: any, when: {zone: Europe/Zurch}}\n",
                        "p.yaml:5:57: 'Europe/Zurch' is not a time zone. Did you mean 'Europe/Zurich'?"),
                wrong(
                        RULE
                                + "  - {name: a, effect: allow, objects: any}\n"
                                + "  - {name: a, effect: allow, objects: any}\n",
                        "p.yaml:6:12: The name 'a' is also used at p.yaml:5. Names of rules and masks are unique,"
                                + " since decisions refer to them."),
                wrong(
                        HEAD + "masks:\n  - {name: m, columns: {categories: [email]}, mask: emial}\n",
                        "p.yaml:5:53: 'emial' is not known here. Did you mean 'email'?"),
                wrong(
                        HEAD + "masks:\n  - {name: m, columns: {}, mask: email}\n",
                        "p.yaml:5:24: Columns need names, categories or tags."),
                wrong(
                        HEAD
                                + "masks:\n  - {name: m, columns: {categories: [a]}, mask: {function: hash, argument: x}}\n",
                        "p.yaml:5:76: The mask hash has no 'argument'. Leave it out."));
    }

    private static Arguments wrong(String text, String problem) {
        return Arguments.of(text, problem);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_policy_is_refused_with_place_and_suggestion(String text, String problem) {
        assertThatThrownBy(() -> PolicySet.compile(1, List.of(new PolicySource("p.yaml", text))))
                .asInstanceOf(type(PolicyException.class))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(PolicyProblem::toString)
                        .contains(problem));
    }

    @Test
    void all_problems_of_all_files_are_named_at_once() {
        assertThatThrownBy(() -> PolicySet.compile(
                        1,
                        List.of(
                                new PolicySource("a.yaml", HEAD + "x: 1\ny: 2\n"),
                                new PolicySource("b.yaml", "kind: Policy\n"))))
                .asInstanceOf(type(PolicyException.class))
                .satisfies(e ->
                        assertThat(e.problems()).extracting(PolicyProblem::file).contains("a.yaml", "b.yaml"));
    }

    @Test
    void a_pack_counts_only_where_a_policy_includes_it() {
        // Given
        PolicySource pack = new PolicySource(
                "k.yaml",
                "apiVersion: snowgate.dev/v1\n"
                        + "kind: Pack\n"
                        + "name: k\n"
                        + "rules:\n"
                        + "  - {name: r, effect: allow, objects: any}\n");
        DecisionRequest read = Statements.request(
                java.util.Set.of(),
                Statements.select(Statements.ORDERS).output("A", dev.snowgate.sql.OutputColumn.Derivation.CONSTANT));

        // When
        PolicySet without = PolicySet.compile(1, List.of(new PolicySource("p.yaml", HEAD), pack));
        PolicySet with = PolicySet.compile(1, List.of(new PolicySource("p.yaml", HEAD + "include: k\n"), pack));

        // Then
        assertThat(without.decide(read)).isInstanceOf(Decision.Deny.class);
        assertThat(without.warnings())
                .extracting(PolicyProblem::message)
                .containsExactly("The pack 'k' is included by no policy, so it has no effect.");
        assertThat(with.decide(read)).isInstanceOf(Decision.Allow.class);
        assertThat(with.warnings()).isEmpty();
    }

    @Test
    void a_rule_that_can_never_speak_is_a_warning() {
        // When
        PolicySet set = PolicySet.compile(
                1,
                List.of(new PolicySource(
                        "p.yaml", RULE + "  - {name: a, effect: allow, objects: [DEV], unless: {objects: [DEV]}}\n")));

        // Then
        assertThat(set.warnings())
                .extracting(PolicyProblem::toString)
                .containsExactly("p.yaml:5:1: The rule 'a' can never speak: it excepts all that it matches.");
    }

    @Test
    void the_schema_refuses_what_it_can_see() throws IOException {
        // Given
        Schema schema = schema();

        // Then
        assertThat(schema.validate(RULE + "  - {name: a, effect: allow, objects: any}\n", InputFormat.YAML))
                .isEmpty();
        assertThat(schema.validate(HEAD + "rulez: []\n", InputFormat.YAML)).isNotEmpty();
        assertThat(schema.validate(RULE + "  - {name: a, effect: allow}\n", InputFormat.YAML))
                .isNotEmpty();
        assertThat(schema.validate(RULE + "  - {name: a, effect: deny}\n", InputFormat.YAML))
                .isNotEmpty();
        assertThat(schema.validate(
                        RULE + "  - {name: a, effect: allow, objects: any, statements: {kinds: [selekt]}}\n",
                        InputFormat.YAML))
                .isNotEmpty();
    }

    @Test
    void the_schema_knows_every_way_of_protection_and_refuses_what_the_reader_refuses() throws IOException {
        // Given
        Schema schema = schema();
        String head = "apiVersion: snowgate.dev/v1\nkind: Protection\n";

        // Then
        for (String right : List.of(
                "protect: [{column: A.B.C.D, category: email, source: people}]",
                "tags: [{tag: PII, value: x, category: email}]",
                "policies: [{policy: MASK_*, category: email}]",
                "rules: [{column: mail, objects: [A.B], category: email}]")) {
            assertThat(schema.validate(head + right, InputFormat.YAML))
                    .as(right)
                    .isEmpty();
            assertThat(ProtectionMarks.read("p.yaml", head + right)).as(right).isNotNull();
        }
        for (String wrong : List.of(
                "description: nothing",
                "protect: [{column: A.B.C.D}]",
                "tags: [{tag: PII, colour: x, category: email}]",
                "tags: [{tag: PII, category: E Mail}]",
                "policies: [{category: email}]",
                "rules: [{column: mail, source: x, category: email}]")) {
            assertThat(schema.validate(head + wrong, InputFormat.YAML))
                    .as(wrong)
                    .isNotEmpty();
            assertThatThrownBy(() -> ProtectionMarks.read("p.yaml", head + wrong))
                    .as(wrong)
                    .isInstanceOf(YamlException.class);
        }
    }

    static Schema schema() throws IOException {
        try (InputStream in = PolicySet.class.getResourceAsStream("snowgate-policy.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }
}
