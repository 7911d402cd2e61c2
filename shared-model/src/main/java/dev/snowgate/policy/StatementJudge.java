package dev.snowgate.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.PolicyTrail.Step;
import dev.snowgate.policy.Rule.RuleEffect;
import dev.snowgate.policy.Verdict.Need;
import dev.snowgate.policy.Verdict.Refusal;
import dev.snowgate.sql.ObjectUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides one statement: any deny refuses; every touched object must be covered by a rule that allows; uses of
 * protected columns need a permission of their own; what is shown of them is masked.
 */
final class StatementJudge {
    private final RuleIndex index;
    private final MaskPlanner masks;
    private final MaskedTexts maskedTexts;

    StatementJudge(RuleIndex index, MaskPlanner masks, MaskedTexts maskedTexts) {
        this.index = index;
        this.masks = masks;
        this.maskedTexts = maskedTexts;
    }

    Verdict judge(StatementFacts facts) {
        List<Step> steps = new ArrayList<>();
        List<Rule> granting = new ArrayList<>();
        List<Rule> limiting = new ArrayList<>();
        List<Need> needs = new ArrayList<>();
        Set<ObjectUse> uncovered = new LinkedHashSet<>(facts.objects());
        List<Rule> elsewhere = new ArrayList<>();
        Optional<Refusal> denied = Optional.empty();
        for (Rule rule : (Iterable<Rule>) index.candidates(facts)::iterator) {
            boolean matches;
            Map<String, Object> used = new TreeMap<>();
            try {
                matches = matches(rule, facts, used);
            } catch (CelEvaluationException | RuntimeException e) {
                return failed(rule, facts, steps);
            }
            if (!matches) {
                continue;
            }
            steps.add(new Step(
                    rule.name(),
                    rule.file(),
                    rule.line(),
                    rule.effect().text(),
                    TrailFacts.of(rule, facts, used),
                    facts.number()));
            switch (rule.effect()) {
                case DENY ->
                    denied = denied.or(() -> Optional.of(new Refusal(rule.name(), rule.reason(), rule.advice())));
                case REQUIRE_APPROVAL -> {
                    needs.add(Need.of(List.of(rule), rule.reason()));
                    if (rule.match().effectsFit(facts)) {
                        cover(rule, facts, uncovered, granting, elsewhere);
                    }
                }
                case ALLOW -> cover(rule, facts, uncovered, granting, elsewhere);
                case LIMIT -> limiting.add(rule);
            }
        }
        if (denied.isPresent()) {
            return Verdict.refused(denied.get(), steps);
        }
        return afterRules(facts, steps, granting, limiting, needs, uncovered, elsewhere);
    }

    private Verdict afterRules(
            StatementFacts facts,
            List<Step> steps,
            List<Rule> granting,
            List<Rule> limiting,
            List<Need> needs,
            Set<ObjectUse> uncovered,
            List<Rule> elsewhere) {
        Optional<Refusal> refusal = SessionLimits.refusal(limiting, facts)
                .or(() -> Unknowns.objects(facts, granting, needs))
                .or(() -> uncovered(facts, granting, uncovered, elsewhere))
                .or(() -> maskedValue(facts))
                .or(() -> Unknowns.functions(facts, granting, needs))
                .or(() -> ProtectedUse.check(facts, granting, needs));
        if (refusal.isPresent()) {
            return builtIn(refusal.get(), facts, steps);
        }
        Optional<MaskPlan> plan =
                masks.plan(facts, granting, steps).or(() -> Unknowns.lineage(facts, granting, needs, steps));
        if (plan.isEmpty()) {
            return builtIn(
                    new Refusal(
                            "lineage-unknown",
                            "A result column cannot be traced to the columns it comes from, so it cannot be masked.",
                            "Name the columns that you need, and avoid calls whose results cannot be traced."),
                    facts,
                    steps);
        }
        List<Rule> obliging =
                Stream.concat(granting.stream(), limiting.stream()).toList();
        return new Verdict(
                Optional.empty(),
                needs,
                obliging,
                plan.get(),
                SessionLimits.warehouses(obliging, facts),
                SessionLimits.roles(obliging, facts),
                facts.readCategories(),
                steps);
    }

    private static boolean matches(Rule rule, StatementFacts facts, Map<String, Object> used)
            throws CelEvaluationException {
        boolean speaks = rule.isAllow()
                ? rule.match().permissiveButObjects(facts)
                        && rule.match().objects().matchesAny(facts)
                : rule.match().restrictive(facts);
        if (!speaks) {
            return false;
        }
        // an exception narrows: from an allowance by a part of the statement, from a restriction only by all of it
        if (rule.unless().isPresent()
                && (rule.isAllow()
                        ? rule.unless().get().restrictive(facts)
                        : rule.unless().get().inside(facts))) {
            return false;
        }
        return rule.condition().isEmpty() || rule.condition().get().holds(facts, used);
    }

    /** A rule that lets it through only on other warehouses or as other roles lets nothing through here. */
    private static void cover(
            Rule rule, StatementFacts facts, Set<ObjectUse> uncovered, List<Rule> granting, List<Rule> elsewhere) {
        if (!SessionLimits.fit(rule.grants().limits(), facts)) {
            elsewhere.add(rule);
            return;
        }
        boolean covers = facts.objects().isEmpty()
                ? rule.match().objects().matchesAll(facts)
                : facts.objects().stream()
                        .anyMatch(use -> rule.match().objects().covers(use, facts.catalog()));
        if (covers) {
            granting.add(rule);
            uncovered.removeIf(use -> rule.match().objects().covers(use, facts.catalog()));
        }
    }

    private Optional<Refusal> maskedValue(StatementFacts facts) {
        return maskedTexts.wouldBeWritten(facts)
                ? Optional.of(new Refusal(
                        "masked-value",
                        "The statement would write what a mask has shown in place of a value.",
                        "Leave columns that were masked out of what is written."))
                : Optional.empty();
    }

    private static Optional<Refusal> uncovered(
            StatementFacts facts, List<Rule> granting, Set<ObjectUse> uncovered, List<Rule> elsewhere) {
        if (uncovered.isEmpty() && !granting.isEmpty()) {
            return Optional.empty();
        }
        if (!elsewhere.isEmpty()) {
            return Optional.of(SessionLimits.refusal(elsewhere.getFirst(), facts));
        }
        String agent = facts.request().principal().agent().value();
        String what = uncovered.isEmpty()
                ? Words.of(facts.statement().kind())
                : uncovered.stream()
                        .limit(3)
                        .map(use -> Words.of(use.effect()) + " " + Words.of(use.name()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
        return Optional.of(new Refusal(
                "default-deny",
                "No rule allows " + agent + ": " + what + ".",
                "Use objects and statements that the policy allows, or ask its owners for a rule."));
    }

    private static Verdict failed(Rule rule, StatementFacts facts, List<Step> steps) {
        steps.add(new Step(
                "evaluation-error",
                rule.file(),
                rule.line(),
                RuleEffect.DENY.text(),
                "the condition of " + rule.name() + " failed",
                facts.number()));
        return Verdict.refused(
                new Refusal(
                        "evaluation-error",
                        "Rule " + rule.name() + " could not be evaluated, so the statement is refused.",
                        "Tell the owners of the policy."),
                steps);
    }

    private static Verdict builtIn(Refusal refusal, StatementFacts facts, List<Step> steps) {
        steps.add(new Step(refusal.rule(), "", 0, RuleEffect.DENY.text(), refusal.reason(), facts.number()));
        return Verdict.refused(refusal, steps);
    }
}
