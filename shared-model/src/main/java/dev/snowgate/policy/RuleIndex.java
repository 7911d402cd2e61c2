package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementKind;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the rules that can match at all: one bit per rule, one bit set per value of kind, effect, database, agent and
 * group. It may answer too many, never too few.
 */
final class RuleIndex {
    private final List<Rule> rules;
    private final Dimension<StatementKind> kinds;
    private final Dimension<Effect> effects;
    private final Dimension<String> databases;
    private final Dimension<String> agents;
    private final Dimension<String> groups;

    RuleIndex(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.kinds = new Dimension<>(rules, rule -> rule.match().kinds());
        this.effects = new Dimension<>(rules, rule -> rule.match().effects());
        this.databases = new Dimension<>(rules, RuleIndex::databases);
        this.agents =
                new Dimension<>(rules, rule -> exact(rule.match().principals().agents()));
        this.groups =
                new Dimension<>(rules, rule -> exact(rule.match().principals().groups()));
    }

    /** Rules that can match the statement, in order. */
    Stream<Rule> candidates(StatementFacts facts) {
        BitSet bits = kinds.of(facts.statement().kinds());
        if (!facts.effects().isEmpty()) {
            bits.and(effects.of(facts.effects()));
        }
        bits.and(databases.of(facts.objects().stream()
                .map(ObjectUse::name)
                .map(n -> n.database())
                .collect(Collectors.toSet())));
        bits.and(agents.of(Set.of(facts.request().principal().agent().value())));
        bits.and(groups.of(facts.request().principal().groups()));
        return bits.stream().mapToObj(rules::get);
    }

    private static Set<String> exact(List<Glob> globs) {
        return globs.stream().allMatch(Glob::isExact)
                ? globs.stream().map(Glob::pattern).collect(Collectors.toSet())
                : Set.of();
    }

    /** The databases that the rule is confined to, empty if it is not. */
    private static Set<String> databases(Rule rule) {
        ObjectScope objects = rule.match().objects();
        if (objects.reach() != ObjectScope.Reach.LISTED
                || objects.parts().stream().anyMatch(part -> part.names().isEmpty())) {
            return Set.of();
        }
        List<Optional<String>> all = objects.parts().stream()
                .flatMap(part -> part.names().stream())
                .map(NameGlob::database)
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? all.stream().flatMap(Optional::stream).collect(Collectors.toSet())
                : Set.of();
    }

    /** One property of rules; rules that say nothing of it fit every value. */
    private static final class Dimension<V> {
        private final BitSet unconfined = new BitSet();
        private final Map<V, BitSet> confined = new HashMap<>();

        Dimension(List<Rule> rules, Function<Rule, Set<V>> values) {
            for (int i = 0; i < rules.size(); i++) {
                Set<V> of = values.apply(rules.get(i));
                if (of.isEmpty()) {
                    unconfined.set(i);
                }
                for (V value : of) {
                    confined.computeIfAbsent(value, v -> new BitSet()).set(i);
                }
            }
        }

        BitSet of(Collection<V> values) {
            BitSet bits = (BitSet) unconfined.clone();
            for (V value : values) {
                BitSet more = confined.get(value);
                if (more != null) {
                    bits.or(more);
                }
            }
            return bits;
        }
    }
}
