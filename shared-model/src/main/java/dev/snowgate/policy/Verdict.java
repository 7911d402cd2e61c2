package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.PolicyTrail.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found for one statement, before the statements of a request are put together.
 *
 * @param warehouses those that it was decided for, where they are restricted
 * @param roles those that it was decided for, where they are restricted
 * @param reads categories of protected columns that it reads
 */
record Verdict(
        Optional<Refusal> refusal,
        List<Need> needs,
        List<Rule> obliging,
        MaskPlan masks,
        Set<String> warehouses,
        Set<String> roles,
        Set<String> reads,
        List<Step> steps) {
    /** Why it does not run. */
    record Refusal(String rule, String reason, String advice) {}

    /**
     * Why it needs approval.
     *
     * @param options each of them is enough
     */
    record Need(String rule, String reason, List<Rule.Approval> options) {
        static Need of(List<Rule> rules, String reason) {
            return new Need(
                    rules.getFirst().name(),
                    reason,
                    rules.stream().map(Rule::approval).distinct().toList());
        }
    }

    static Verdict refused(Refusal refusal, List<Step> steps) {
        return new Verdict(
                Optional.of(refusal), List.of(), List.of(), MaskPlan.none(), Set.of(), Set.of(), Set.of(), steps);
    }
}
