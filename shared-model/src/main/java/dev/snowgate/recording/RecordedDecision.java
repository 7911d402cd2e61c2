package dev.snowgate.recording;

import dev.snowgate.policy.Decision;
import dev.snowgate.policy.Obligations;
import dev.snowgate.policy.PolicyTrail;
import java.time.Duration;
import java.util.Optional;

/**
 * A decision as it is kept and shown. It proves what was decided and clears nothing: a {@link Decision} cannot be made
 * from it.
 *
 * @param effect what was decided
 * @param rule the rule that decided, {@code default-deny} and its like for built-in ones, empty text where only
 *     the trail tells
 * @param reason why, for people and models
 * @param advice what to do instead, or empty text
 * @param approverGroup group that may approve, or empty text
 * @param expiresAfter how long an approval can be waited for, if one is needed
 * @param trail how it came about
 * @param obligations what must hold when it runs, unless denied; its masks are one plan per statement
 */
public record RecordedDecision(
        Effect effect,
        String rule,
        String reason,
        String advice,
        String approverGroup,
        Optional<Duration> expiresAfter,
        PolicyTrail trail,
        Optional<Obligations> obligations) {

    /** What was decided; the ledger stores these names. */
    public enum Effect {
        ALLOW,
        REQUIRE_APPROVAL,
        DENY
    }

    /** The record of a decision. */
    public static RecordedDecision from(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow ->
                new RecordedDecision(
                        Effect.ALLOW,
                        allowingRule(allow.trail()),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        allow.trail(),
                        Optional.of(allow.obligations()));
            case Decision.RequireApproval approval ->
                new RecordedDecision(
                        Effect.REQUIRE_APPROVAL,
                        approval.rule(),
                        approval.reason(),
                        "",
                        approval.approverGroup(),
                        Optional.of(approval.expiresAfter()),
                        approval.trail(),
                        Optional.of(approval.obligations()));
            case Decision.Deny deny ->
                new RecordedDecision(
                        Effect.DENY,
                        deny.rule(),
                        deny.reason(),
                        deny.advice(),
                        "",
                        Optional.empty(),
                        deny.trail(),
                        Optional.empty());
        };
    }

    private static String allowingRule(PolicyTrail trail) {
        return trail.steps().stream()
                .filter(step -> step.effect().equals("allow"))
                .map(PolicyTrail.Step::rule)
                .findFirst()
                .orElse("");
    }
}
