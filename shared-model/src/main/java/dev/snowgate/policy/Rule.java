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
            Unknowns unknowns,
            Limits limits) {
        static final Grants NONE = new Grants(
                Release.NONE,
                Permission.DENY,
                Permission.DENY,
                Permission.DENY,
                List.of(),
                Unknowns.DENIED,
                Limits.NONE);
    }

    /** What becomes of a statement of which something is not known: refused, or shown to a person. Never more. */
    record Unknowns(boolean objects, boolean functions, boolean lineage) {
        static final Unknowns DENIED = new Unknowns(false, false, false);
    }

    /**
     * What a rule demands of statements that it lets through.
     *
     * @param resultSize most bytes of a result
     * @param warehouses the warehouses that it may run on, empty for all
     * @param roles the roles that it may run as, empty for all
     */
    record Limits(
            Optional<Long> rows,
            Optional<Long> resultSize,
            Optional<Duration> timeout,
            List<Glob> warehouses,
            List<Glob> roles,
            Obligations.RecordLevel record) {
        static final Limits NONE = new Limits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Obligations.RecordLevel.AS_SEEN);
    }

    /** Protected values that may be shown as they are. */
    record Release(ColumnScope columns, boolean unproven) {
        static final Release NONE = new Release(ColumnScope.NONE_PROTECTED, false);
    }

    /** Whether a released or permitted column lies in this rule's reach. */
    boolean reaches(ColumnName column) {
        return match.objects().contains(column.object());
    }

    boolean isAllow() {
        return effect == RuleEffect.ALLOW;
    }
}
