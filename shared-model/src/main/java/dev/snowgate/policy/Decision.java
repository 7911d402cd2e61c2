package dev.snowgate.policy;

import java.time.Duration;

/** What the policy says. Allow and RequireApproval can be made only by the policy engine. */
public sealed interface Decision {
    /** How it came about. */
    PolicyTrail trail();

    /** Runs now, under its obligations. */
    final class Allow implements Decision {
        private final Obligations obligations;
        private final PolicyTrail trail;

        Allow(Obligations obligations, PolicyTrail trail) {
            this.obligations = obligations;
            this.trail = trail;
        }

        public Obligations obligations() {
            return obligations;
        }

        @Override
        public PolicyTrail trail() {
            return trail;
        }
    }

    /** Runs only after a person approved it, under its obligations. */
    final class RequireApproval implements Decision {
        private final Obligations obligations;
        private final PolicyTrail trail;
        private final String rule;
        private final String reason;
        private final String approverGroup;
        private final Duration expiresAfter;

        RequireApproval(
                Obligations obligations,
                PolicyTrail trail,
                String rule,
                String reason,
                String approverGroup,
                Duration expiresAfter) {
            this.obligations = obligations;
            this.trail = trail;
            this.rule = rule;
            this.reason = reason;
            this.approverGroup = approverGroup;
            this.expiresAfter = expiresAfter;
        }

        public Obligations obligations() {
            return obligations;
        }

        @Override
        public PolicyTrail trail() {
            return trail;
        }

        /** Name of the rule that asks for it. */
        public String rule() {
            return rule;
        }

        /** The rule's reason, for people. */
        public String reason() {
            return reason;
        }

        /** Group whose members may approve, empty text for every approver. */
        public String approverGroup() {
            return approverGroup;
        }

        public Duration expiresAfter() {
            return expiresAfter;
        }
    }

    /**
     * Does not run. Anyone may refuse.
     *
     * @param rule name of the rule, or {@code default-deny}, {@code not-understood}, {@code evaluation-error}
     * @param reason why, for people and models
     * @param advice what to do instead, or empty text
     */
    record Deny(String rule, String reason, String advice, PolicyTrail trail) implements Decision {}
}
