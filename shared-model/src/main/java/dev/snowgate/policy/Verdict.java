package dev.snowgate.policy;

import dev.snowgate.masking.MaskPlan;
import dev.snowgate.policy.PolicyTrail.Step;
import java.util.List;
import java.util.Optional;

/** What was found for one statement, before the statements of a request are put together. */
record Verdict(Optional<Refusal> refusal, List<Need> needs, List<Rule> obliging, MaskPlan masks, List<Step> steps) {
    /** Why it does not run. */
    record Refusal(String rule, String reason, String advice) {}

    /** Why it needs approval. */
    record Need(String rule, String reason, Rule.Approval approval) {}

    static Verdict refused(Refusal refusal, List<Step> steps) {
        return new Verdict(Optional.of(refusal), List.of(), List.of(), MaskPlan.none(), steps);
    }
}
