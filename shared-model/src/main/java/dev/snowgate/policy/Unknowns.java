package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.MaskPlan.PlannedColumn;
import dev.snowgate.policy.PolicyTrail.Step;
import dev.snowgate.policy.Verdict.Need;
import dev.snowgate.policy.Verdict.Refusal;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.StatementAnalysis;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is not known of a statement: refused, unless a rule that covers all of it wants to show it to a person. */
final class Unknowns {
    private static final String MASK_ALL = "mask-all";

    private Unknowns() {}

    static Optional<Refusal> objects(StatementFacts facts, List<Rule> granting, List<Need> needs) {
        for (ObjectUse use : facts.objects()) {
            if (use.effect() != Effect.READ || use.known()) {
                continue;
            }
            Refusal refusal = new Refusal(
                    "unknown-object",
                    Words.of(use.name()) + " is not in the catalogue, so what it holds is not known.",
                    "Check the name, the database and the schema in use, or name an object that exists.");
            List<Rule> asking = granting.stream()
                    .filter(rule -> rule.grants().unknowns().objects()
                            && rule.match().objects().covers(use, facts.catalog()))
                    .toList();
            if (asking.isEmpty()) {
                return Optional.of(refusal);
            }
            needs.add(Need.of(asking, refusal.reason()));
        }
        return Optional.empty();
    }

    static Optional<Refusal> functions(StatementFacts facts, List<Rule> granting, List<Need> needs) {
        for (String function : facts.unknownFunctions().stream().sorted().toList()) {
            if (granting.stream().anyMatch(rule -> Glob.anyMatches(rule.grants().functions(), function))) {
                continue;
            }
            Refusal refusal = new Refusal(
                    "unknown-function",
                    "What the function " + function + " reads and where it sends it is not known.",
                    "Use built-in functions.");
            List<Rule> asking = asking(facts, granting, Rule.Unknowns::functions);
            if (asking.isEmpty()) {
                return Optional.of(refusal);
            }
            needs.add(Need.of(asking, refusal.reason()));
        }
        return Optional.empty();
    }

    /** For a result that cannot be traced: after an approval it runs with every column masked; empty if nobody asks for that. */
    static Optional<MaskPlan> lineage(StatementFacts facts, List<Rule> granting, List<Need> needs, List<Step> steps) {
        List<Rule> asking = asking(facts, granting, Rule.Unknowns::lineage);
        if (asking.isEmpty()
                || facts.statement().results().isEmpty()
                || facts.statement().flags().contains(StatementAnalysis.NAMES_UNKNOWN)) {
            return Optional.empty();
        }
        needs.add(Need.of(asking, "A result column cannot be traced to the columns it comes from; all are masked."));
        Rule first = asking.getFirst();
        steps.add(new Step(
                MASK_ALL, first.file(), first.line(), "mask", "null on every column: lineage-unknown", facts.number()));
        return Optional.of(new MaskPlan(
                facts.statement().output().stream().map(Unknowns::nothing).toList(),
                true,
                facts.statement().rest().map(Unknowns::nothing)));
    }

    private static PlannedColumn nothing(OutputColumn column) {
        return new PlannedColumn(column.name(), Optional.of(Mask.of(MaskFunction.NULL)), MASK_ALL, Protections.UNKNOWN);
    }

    private static List<Rule> asking(StatementFacts facts, List<Rule> granting, Predicate<Rule.Unknowns> what) {
        return granting.stream()
                .filter(rule -> what.test(rule.grants().unknowns())
                        && rule.match().objects().matchesAll(facts))
                .toList();
    }
}
