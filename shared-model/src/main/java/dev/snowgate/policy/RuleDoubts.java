package dev.snowgate.policy;

import dev.snowgate.policy.Rule.RuleEffect;
import dev.snowgate.sql.Effect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules that compile but can never speak, or never do what they say. */
final class RuleDoubts {
    private RuleDoubts() {}

    static Optional<String> about(Rule rule) {
        Match match = rule.match();
        if (!match.unload().isEmpty()
                && rule.effect() == RuleEffect.ALLOW
                && !match.effects().contains(Effect.UNLOAD)) {
            return Optional.of("The rule '" + rule.name() + "' can never allow an unload: its effects do not name it.");
        }
        if (match.objects().reach() == ObjectScope.Reach.NONE && rule.effect() == RuleEffect.ALLOW && releases(rule)) {
            return Optional.of("The rule '" + rule.name() + "' releases columns but allows no objects.");
        }
        if (rule.unless().filter(unless -> unless.equals(match)).isPresent()) {
            return Optional.of("The rule '" + rule.name() + "' can never speak: it excepts all that it matches.");
        }
        if (match.objects().parts().stream()
                .anyMatch(part -> !part.effects().isEmpty()
                        && !match.effects().isEmpty()
                        && part.effects().stream().noneMatch(match.effects()::contains))) {
            return Optional.of(
                    "The rule '" + rule.name() + "' lists objects with effects that its statements cannot have.");
        }
        if (match.objects().reach() == ObjectScope.Reach.NONE && match.columns().reach() == ColumnScope.Reach.LISTED) {
            return Optional.of(
                    "The rule '" + rule.name() + "' can never speak: statements without objects use no columns.");
        }
        if (!rule.isAllow()
                && match.session().readProtected().filter(List::isEmpty).isPresent()) {
            return Optional.of("The rule '" + rule.name()
                    + "' can never speak: a restriction speaks of what a session has read, not of nothing.");
        }
        return Optional.empty();
    }

    /** An allowance of which an unconditional refusal takes all. */
    static Optional<String> shadowed(Rule rule, List<Rule> rules) {
        return !rule.isAllow()
                ? Optional.empty()
                : rules.stream()
                        .filter(other -> other.effect() == RuleEffect.DENY && takesAll(other, rule.match()))
                        .findFirst()
                        .map(other -> "The rule '" + rule.name() + "' can never allow anything: the rule '"
                                + other.name() + "' refuses all of it.");
    }

    private static boolean takesAll(Rule deny, Match allowed) {
        Match refused = deny.match();
        Match bare = new Match(
                PrincipalScope.ANY,
                refused.kinds(),
                refused.effects(),
                ObjectScope.ANY,
                ColumnScope.ANY,
                List.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                SessionScope.ANY,
                List.of(),
                EstimateScope.ANY);
        if (deny.unless().isPresent() || deny.condition().isPresent() || !refused.equals(bare)) {
            return false;
        }
        boolean kinds = refused.kinds().isEmpty()
                || !allowed.kinds().isEmpty() && refused.kinds().containsAll(allowed.kinds());
        // an allowance covers statements all of whose effects it names, so each of them has one that is refused
        boolean effects = refused.effects().isEmpty()
                || !allowed.effects().isEmpty() && refused.effects().containsAll(allowed.effects());
        return kinds && effects;
    }

    private static boolean releases(Rule rule) {
        return rule.grants().release().columns().reach() == ColumnScope.Reach.LISTED;
    }
}
