package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A set of rules can be made stricter by adding a deny or removing an allowance, and never looser. */
class PolicyMonotonyTest {
    private static final String HEAD = "apiVersion: snowgate.dev/v1\nkind: Policy\nname: p\nrules:\n";

    /** A rule without its name. */
    record Draft(String effect, String rest) {
        String text(int number) {
            return "  - {name: r" + number + ", effect: " + effect + ", " + rest + "}\n";
        }
    }

    private static PolicySet compile(List<Draft> drafts) {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < drafts.size(); i++) {
            text.append(drafts.get(i).text(i));
        }
        return PolicySet.compile(
                1, List.of(new PolicySource("p.yaml", drafts.isEmpty() ? text + "  []\n" : text.toString())));
    }

    @Provide
    Arbitrary<Draft> rules() {
        Arbitrary<String> effects = Arbitraries.of("allow", "allow", "require-approval", "deny");
        return effects.flatMap(PolicyMonotonyTest::rule);
    }

    @Provide
    Arbitrary<Draft> denies() {
        return rule("deny");
    }

    private static Arbitrary<Draft> rule(String effect) {
        Arbitrary<String> objects = Arbitraries.of(
                "any",
                "none",
                "[PROD]",
                "[PROD.CRM]",
                "[DEV, PROD.SALES]",
                "['*.CRM.CUST*']",
                "[{names: [PROD], effects: [read]}]");
        Arbitrary<String> statements = Arbitraries.of(
                "",
                ", statements: {effects: [read]}",
                ", statements: {effects: [read, write]}",
                ", statements: {kinds: [select, insert]}",
                ", statements: {effects: [drop, write, read, unload]}");
        Arbitrary<String> who = Arbitraries.of(
                "",
                "",
                ", principals: {groups: [support]}",
                ", principals: {groups: [other]}",
                ", condition: 'hour == 12'",
                ", columns: none-protected",
                ", columns: {categories: [email]}",
                ", columns: {tags: [contact]}",
                ", principals: {networks: [10.0.0.0/8]}",
                ", session: {read-protected: none}",
                ", session: {read-protected: [ssn]}",
                ", estimate: {rows: {at-most: 500}}",
                ", estimate: {bytes: {above: 1MB}}");
        Arbitrary<String> unless = Arbitraries.of(
                "",
                "",
                ", unless: {objects: [PROD.CRM]}",
                ", unless: {statements: {effects: [read]}}",
                ", unless: {principals: {groups: [support]}}",
                ", unless: {principals: {networks: [10.0.0.0/8]}}",
                ", unless: {session: {read-protected: none}}",
                ", unless: {estimate: {rows: {at-most: 500}}}");
        Arbitrary<String> grants = Arbitraries.of(
                "",
                "",
                ", predicate-use: approve",
                ", predicate-use: allow",
                ", release: {categories: [email]}",
                ", predicate-use: approve, approval: {group: a}",
                ", predicate-use: approve, protected-write: approve, approval: {group: b}",
                ", unknowns: {objects: approve, functions: approve, lineage: approve}",
                ", unknowns: {lineage: approve}, approval: {group: b}",
                ", obligations: {warehouses: [W], row-limit: 5}",
                ", obligations: {warehouses: [OTHER]}",
                ", obligations: {roles: [R]}",
                ", obligations: {roles: [OTHER], record: counts}",
                ", protected-write: allow, cardinality-use: allow");
        return Combinators.combine(objects, statements, who, unless, grants)
                .as((o, s, w, u, g) -> new Draft(
                        effect,
                        "objects: " + o + s + w + u + (effect.equals("deny") ? "" : g)
                                + (effect.equals("allow") ? "" : ", reason: r")));
    }

    private static List<DecisionRequest> requests() {
        List<Statements> made = List.of(
                Statements.select(Statements.ORDERS).output("A", Derivation.CONSTANT),
                Statements.select(Statements.CUSTOMERS).output("E", Derivation.DIRECT, Statements.EMAIL),
                Statements.select(Statements.CUSTOMERS, Statements.ORDERS)
                        .output("C", Derivation.DIRECT, Statements.COUNTRY)
                        .predicate(Statements.EMAIL),
                Statements.select(Statements.SCRATCH, Statements.CUSTOMERS)
                        .output("U", Derivation.UNKNOWN, Statements.NOTE),
                Statements.of(StatementKind.INSERT)
                        .object(Statements.SCRATCH, Effect.WRITE)
                        .object(Statements.CUSTOMERS, Effect.READ)
                        .write(Statements.NOTE, Statements.EMAIL),
                Statements.of(StatementKind.DROP).object(Statements.ORDERS, Effect.DROP),
                Statements.of(StatementKind.COMMIT, Effect.TRANSACTION),
                Statements.of(StatementKind.SELECT).output("ONE", Derivation.CONSTANT));
        List<DecisionRequest> all = new ArrayList<>();
        for (Statements one : made) {
            all.add(Statements.request(Set.of("support"), one));
        }
        all.add(Statements.request(Set.of("support"), made.get(0), made.get(2)));
        all.add(Statements.request(
                Set.of("support"),
                Statements.select(Statements.ORDERS)
                        .output("F", Derivation.UNKNOWN, Statements.EMAIL)
                        .function("F")
                        .flag("unknown-function:F")));
        all.add(Statements.request(
                Set.of("support"),
                Statements.select(new ObjectName("PROD", "CRM", "NOBODY_KNOWS")).output("N", Derivation.CONSTANT)));
        List<DecisionRequest> elsewhere = all.stream()
                .map(request ->
                        request.with(new RequestFacts(Addresses.parse("10.1.2.3"), Set.of("ssn"), BoundValues.NONE)))
                .toList();
        all.addAll(elsewhere);
        return all;
    }

    private static int looseness(Decision decision) {
        return switch (decision) {
            case Decision.Deny deny -> 0;
            case Decision.RequireApproval held -> 1;
            case Decision.Allow allow -> 2;
        };
    }

    @Property(tries = 400)
    void adding_a_deny_never_loosens(
            @ForAll("ruleLists") List<Draft> rules, @ForAll("denies") Draft deny, @ForAll int place) {
        // Given
        List<Draft> more = new ArrayList<>(rules);
        more.add(Math.floorMod(place, rules.size() + 1), deny);

        // Then
        assertNotLooser(compile(rules), compile(more));
    }

    @Property(tries = 400)
    void removing_an_allowance_never_loosens(@ForAll("ruleLists") List<Draft> rules, @ForAll int place) {
        // Given
        List<Integer> allowances = java.util.stream.IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).effect().equals("allow"))
                .boxed()
                .toList();
        if (allowances.isEmpty()) {
            return;
        }
        List<Draft> fewer = new ArrayList<>(rules);
        fewer.remove((int) allowances.get(Math.floorMod(place, allowances.size())));

        // Then
        assertNotLooser(compile(rules), compile(fewer));
    }

    @Property(tries = 200)
    void the_order_of_rules_does_not_matter(@ForAll("ruleLists") List<Draft> rules) {
        // Given
        PolicySet forth = compile(rules);
        PolicySet back = compile(rules.reversed());

        // Then
        for (DecisionRequest request : requests()) {
            assertThat(looseness(back.decide(request))).isEqualTo(looseness(forth.decide(request)));
        }
    }

    @Provide
    Arbitrary<List<Draft>> ruleLists() {
        return rules().list().ofMaxSize(8);
    }

    private static void assertNotLooser(PolicySet before, PolicySet after) {
        for (DecisionRequest request : requests()) {
            assertThat(looseness(after.decide(request))).isLessThanOrEqualTo(looseness(before.decide(request)));
        }
    }
}
