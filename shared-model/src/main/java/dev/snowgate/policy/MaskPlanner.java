package dev.snowgate.policy;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskOrder;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.MaskPlan.PlannedColumn;
import dev.snowgate.policy.PolicyTrail.Step;
import dev.snowgate.sql.OutputColumn;
import dev.snowgate.sql.OutputColumn.Derivation;
import dev.snowgate.sql.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses a mask for each result column, by origin. What has a protected origin is masked unless a rule releases it. */
final class MaskPlanner {
    private static final Set<StatementKind> RETURNS_ANYTHING =
            EnumSet.of(StatementKind.SELECT, StatementKind.CALL, StatementKind.EXECUTE_IMMEDIATE, StatementKind.SCRIPT);

    private final List<MaskRule> rules;

    MaskPlanner(List<MaskRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The plan, or empty if a column can be neither proved harmless nor masked. */
    Optional<MaskPlan> plan(StatementFacts facts, List<Rule> granting, List<Step> steps) {
        List<OutputColumn> results = facts.statement().results();
        if (results.isEmpty()) {
            return RETURNS_ANYTHING.contains(facts.statement().kind())
                            && granting.stream()
                                    .noneMatch(rule -> rule.grants().release().unproven())
                    ? Optional.empty()
                    : Optional.of(MaskPlan.none());
        }
        List<MaskRule> applicable =
                rules.stream().filter(rule -> rule.appliesTo(facts.request())).toList();
        List<PlannedColumn> planned = new ArrayList<>();
        for (OutputColumn column : results) {
            if (column.derivation() == Derivation.UNKNOWN && !mayBeShown(column, facts, granting)) {
                return Optional.empty();
            }
            planned.add(column(column, facts, granting, applicable, steps));
        }
        int known = facts.statement().output().size();
        return Optional.of(new MaskPlan(
                planned.subList(0, known), true, facts.statement().rest().map(rest -> planned.getLast())));
    }

    /** Whether columns that are not known by place can only come from the tables of today that are read. */
    private static boolean isOpenPivot(Set<String> flags) {
        return flags.contains("dynamic-pivot")
                && !flags.contains("time-travel")
                && !flags.contains("stage-read")
                && !flags.contains("semantic-view")
                && !flags.contains("session-variable")
                && !flags.contains("script")
                && flags.stream()
                        .noneMatch(flag -> flag.startsWith("unknown-function:") || flag.startsWith("metadata:"));
    }

    private PlannedColumn column(
            OutputColumn column,
            StatementFacts facts,
            List<Rule> granting,
            List<MaskRule> applicable,
            List<Step> steps) {
        List<Chosen> chosen = column.origins().stream()
                .sorted()
                .filter(origin -> !isReleased(origin, facts, granting))
                .flatMap(origin -> choose(origin, facts, applicable).stream())
                .toList();
        Optional<Chosen> strictest = chosen.stream().min(Comparator.comparing(Chosen::mask, MaskOrder.STRICTEST_FIRST));
        if (strictest.isEmpty()) {
            return net(column, facts, granting, applicable, steps);
        }
        Chosen first = strictest.get();
        boolean asStored = column.derivation() == Derivation.DIRECT
                && chosen.stream().allMatch(c -> c.mask().equals(first.mask()))
                // values of another column, hashed with the same key, could be compared
                && (first.mask().function() != MaskFunction.HASH
                        || chosen.size() == column.origins().size());
        Mask mask = asStored ? first.mask() : wholly(first.mask(), column.derivation());
        steps.add(new Step(
                first.rule(),
                first.file(),
                first.line(),
                "mask",
                Words.of(mask.function()) + " on " + first.origin() + " (" + first.category() + ")",
                facts.number()));
        return new PlannedColumn(column.name(), Optional.of(mask), first.rule(), first.category());
    }

    /** The second net under a column that nothing masks. What a rule releases is shown as it is, so no net is under it. */
    private static PlannedColumn net(
            OutputColumn column,
            StatementFacts facts,
            List<Rule> granting,
            List<MaskRule> applicable,
            List<Step> steps) {
        List<ColumnName> origins = column.origins().stream()
                .filter(origin -> !isReleased(origin, facts, granting))
                .toList();
        boolean unproved = column.derivation() == Derivation.UNKNOWN;
        List<MaskRule> nets = applicable.stream()
                .filter(MaskRule::isNet)
                .filter(rule -> unproved
                        || origins.stream().anyMatch(o -> rule.columns().contains(o, facts.catalog())))
                .toList();
        Optional<Mask> mask = nets.stream().map(MaskRule::mask).reduce(MaskOrder::both);
        if (mask.isEmpty()) {
            return new PlannedColumn(column.name(), Optional.empty(), "", "");
        }
        MaskRule first = nets.getFirst();
        steps.add(new Step(
                first.name(),
                first.file(),
                first.line(),
                "mask",
                Words.of(mask.get().function()) + " of " + (column.name().isEmpty() ? "a column" : column.name()),
                facts.number()));
        return new PlannedColumn(column.name(), mask, first.name(), "");
    }

    /** Masks that keep a form would show parts of computed values that are not the parts they mean to show. */
    private static Mask wholly(Mask mask, Derivation derivation) {
        if (derivation == Derivation.PARTIAL) {
            return Mask.of(MaskFunction.NULL);
        }
        return switch (mask.function()) {
            case NULL, REDACT -> mask;
            case EMAIL,
                    LAST4,
                    INITIALS,
                    HASH,
                    YEAR,
                    MONTH,
                    ROUND,
                    BUCKET,
                    PARTIAL,
                    PHONE,
                    IP,
                    JSON_PATH,
                    DETECT,
                    SCAN -> Mask.of(MaskFunction.REDACT);
        };
    }

    private record Chosen(ColumnName origin, Mask mask, String rule, String file, int line, String category) {}

    private static Optional<Chosen> choose(ColumnName origin, StatementFacts facts, List<MaskRule> applicable) {
        Optional<Protection> protection = Protections.of(facts.catalog(), origin);
        String category = protection.map(Protection::category).orElse("");
        List<MaskRule> matching = applicable.stream()
                .filter(rule -> !rule.isNet() && rule.columns().contains(origin, facts.catalog()))
                .sorted(Comparator.comparing(MaskRule::mask, MaskOrder.STRICTEST_FIRST))
                .toList();
        Optional<Chosen> chosen = matching.stream()
                .map(MaskRule::mask)
                .reduce(MaskOrder::both)
                .map(mask -> {
                    MaskRule first = matching.getFirst();
                    return new Chosen(origin, mask, first.name(), first.file(), first.line(), category);
                });
        return chosen.isPresent() || protection.isEmpty()
                ? chosen
                : Optional.of(new Chosen(origin, Mask.of(MaskFunction.NULL), "default-mask", "", 0, category));
    }

    private static boolean isReleased(ColumnName origin, StatementFacts facts, List<Rule> granting) {
        return granting.stream()
                .anyMatch(rule -> rule.reaches(origin)
                        && rule.grants().release().columns().contains(origin, facts.catalog()));
    }

    /** An unproved column may be shown if nothing protected can be in it, or a rule says so. */
    private static boolean mayBeShown(OutputColumn column, StatementFacts facts, List<Rule> granting) {
        if (granting.stream().anyMatch(rule -> rule.grants().release().unproven())) {
            return true;
        }
        boolean byPlace = facts.statement().rest().filter(column::equals).isEmpty();
        return facts.readsOnlyOpenTables()
                && (byPlace || isOpenPivot(facts.statement().flags()))
                && column.origins().stream()
                        .noneMatch(o -> Protections.of(facts.catalog(), o).isPresent());
    }
}
