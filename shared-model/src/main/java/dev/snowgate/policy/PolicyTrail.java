package dev.snowgate.policy;

import java.time.Instant;
import java.util.List;

/**
 * How a decision came about.
 *
 * @param policyVersion version of the policy set
 * @param at the instant that the decision was made for
 * @param zone the time zone it was made for
 * @param steps rules looked at that mattered, in order
 */
public record PolicyTrail(long policyVersion, Instant at, String zone, List<Step> steps) {
    public PolicyTrail {
        steps = List.copyOf(steps);
    }

    /**
     * One rule that matched, or one built-in default.
     *
     * @param rule name of the rule, or {@code default-deny}, {@code not-understood}, {@code evaluation-error}
     * @param file file of the rule, empty text for built-in ones
     * @param line 1-based line, 0 for built-in ones
     * @param effect {@code allow}, {@code require-approval}, {@code deny}, {@code mask}, {@code limit}
     * @param fact the fact that made it match, for people; holds no literal of the statement
     * @param statement 0-based number of the statement in its request
     */
    public record Step(String rule, String file, int line, String effect, String fact, int statement) {}
}
