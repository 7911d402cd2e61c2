package dev.snowgate.policy;

import dev.snowgate.policy.Rule.RuleEffect;
import dev.snowgate.sql.Effect;
import java.util.Optional;

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
            return Optional.of("The rule '" + rule.name()
                    + "' lists objects with effects that its statements cannot have.");
        }
        return Optional.empty();
    }

    private static boolean releases(Rule rule) {
        return rule.grants().release().columns().reach() == ColumnScope.Reach.LISTED;
    }
}
