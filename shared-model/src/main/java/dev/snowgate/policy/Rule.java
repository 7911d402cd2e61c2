package dev.snowgate.policy;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One compiled rule. */
record Rule(
        String name,
        String file,
        int line,
        RuleEffect effect,
        Match match,
        Optional<Match> unless,
        Optional<Condition> condition,
        String reason,
        String advice,
        Grants grants,
        Approval approval) {
    /** What a rule says. */
    enum RuleEffect {
        ALLOW("allow"),
        REQUIRE_APPROVAL("require-approval"),
        DENY("deny"),
        /** Neither allows nor refuses: its obligations hold wherever it matches. */
        LIMIT("limit");

        private final String text;

        RuleEffect(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** How far a use of protected columns is permitted, from least to most. */
    enum Permission {
        DENY,
        APPROVE,
        ALLOW
    }

    /** Who may approve and for how long the request waits. */
    record Approval(String group, Duration expiresAfter) {
        static final Approval DEFAULT = new Approval("", Duration.ofHours(4));
    }

    /** What a rule that allows (at once or after approval) permits beyond, and what it demands. */
    record Grants(
            Release release,
            Permission predicateUse,
            Permission cardinalityUse,
            Permission protectedWrite,
            List<Glob> functions,
            Optional<Long> rowLimit,
            Optional<Duration> statementTimeout,
            Obligations.RecordLevel record) {
        static final Grants NONE = new Grants(
                Release.NONE,
                Permission.DENY,
                Permission.DENY,
                Permission.DENY,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Obligations.RecordLevel.AS_SEEN);
    }

    /** Protected values that may be shown as they are. */
    record Release(ColumnScope columns, boolean unproven) {
        static final Release NONE = new Release(
                new ColumnScope(ColumnScope.Reach.NONE_PROTECTED, List.of(), List.of(), java.util.Set.of()), false);
    }

    /** Whether a released or permitted column lies in this rule's reach. */
    boolean reaches(ColumnName column) {
        return match.objects().contains(column.object());
    }

    boolean isAllow() {
        return effect == RuleEffect.ALLOW;
    }
}
