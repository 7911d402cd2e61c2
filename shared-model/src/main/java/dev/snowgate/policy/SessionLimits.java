package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.Rule.Limits;
import dev.snowgate.policy.Verdict.Refusal;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * On which warehouses and as which roles a statement may run. A rule that allows lets nothing through elsewhere; a rule that
 * limits refuses it. A session may always leave what is not permitted.
 */
final class SessionLimits {
    /** Work that no warehouse does and that needs no right to data. */
    private static final Set<Effect> LIGHT = EnumSet.of(Effect.SESSION, Effect.TRANSACTION, Effect.METADATA);

    private static final Function<SessionContext, Optional<String>> WAREHOUSE = SessionContext::warehouse;
    private static final Function<SessionContext, Optional<String>> ROLE = context -> Optional.of(context.role());

    private SessionLimits() {}

    static boolean fit(Limits limits, StatementFacts facts) {
        return fits(limits.warehouses(), WAREHOUSE, facts) && fits(limits.roles(), ROLE, facts);
    }

    /** The first rule that does not permit where, or as whom, the statement would run. */
    static Optional<Refusal> refusal(List<Rule> limiting, StatementFacts facts) {
        return limiting.stream()
                .filter(rule -> !fit(rule.grants().limits(), facts))
                .findFirst()
                .map(rule -> refusal(rule, facts));
    }

    static Refusal refusal(Rule rule, StatementFacts facts) {
        Limits limits = rule.grants().limits();
        return fits(limits.warehouses(), WAREHOUSE, facts)
                ? new Refusal(
                        "role-restricted",
                        "Rule " + rule.name() + " does not let this run as the role "
                                + facts.before().role() + ".",
                        "USE ROLE one of: " + names(limits.roles()) + ".")
                : new Refusal(
                        "warehouse-restricted",
                        "Rule " + rule.name() + " does not let this run on "
                                + facts.before()
                                        .warehouse()
                                        .map(name -> "the warehouse " + name)
                                        .orElse("no warehouse") + ".",
                        "USE WAREHOUSE one of: " + names(limits.warehouses()) + ".");
    }

    /** The warehouses before and after the statement, if one of the rules restricts them. */
    static Set<String> warehouses(List<Rule> obliging, StatementFacts facts) {
        return decidedFor(
                obliging.stream()
                        .anyMatch(rule -> !rule.grants().limits().warehouses().isEmpty()),
                WAREHOUSE,
                facts);
    }

    /** The roles before and after the statement, if one of the rules restricts them. */
    static Set<String> roles(List<Rule> obliging, StatementFacts facts) {
        return decidedFor(
                obliging.stream()
                        .anyMatch(rule -> !rule.grants().limits().roles().isEmpty()),
                ROLE,
                facts);
    }

    private static Set<String> decidedFor(
            boolean restricted, Function<SessionContext, Optional<String>> part, StatementFacts facts) {
        return restricted
                ? Stream.of(facts.before(), facts.statement().contextAfter())
                        .map(context -> part.apply(context).orElse(""))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static boolean fits(
            List<Glob> globs, Function<SessionContext, Optional<String>> part, StatementFacts facts) {
        if (globs.isEmpty()) {
            return true;
        }
        Optional<String> before = part.apply(facts.before());
        Optional<String> after = part.apply(facts.statement().contextAfter());
        return (!works(facts) || isAmong(globs, before)) && (after.equals(before) || isAmong(globs, after));
    }

    /** A SELECT without objects may still keep a warehouse busy. */
    private static boolean works(StatementFacts facts) {
        return facts.statement().kind() == StatementKind.SELECT || !LIGHT.containsAll(facts.effects());
    }

    private static boolean isAmong(List<Glob> globs, Optional<String> name) {
        return name.filter(n -> Glob.anyMatches(globs, n)).isPresent();
    }

    private static String names(List<Glob> globs) {
        return globs.stream().map(Glob::pattern).collect(Collectors.joining(", "));
    }
}
