package dev.snowgate.policy;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.policy.ColumnScope.ColumnUse;
import dev.snowgate.policy.Rule.Grants;
import dev.snowgate.policy.Rule.Permission;
import dev.snowgate.policy.Verdict.Need;
import dev.snowgate.policy.Verdict.Refusal;
import dev.snowgate.sql.WriteLineage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Uses of protected columns that no mask can make harmless: each needs a permission. */
final class ProtectedUse {
    static final String UNTRACED_WRITE_FLAG = "unknown-value-written";

    private ProtectedUse() {}

    /** The first use that is not permitted; uses that are permitted after approval are added to the needs. */
    static Optional<Refusal> check(StatementFacts facts, List<Rule> granting, List<Need> needs) {
        return check(
                        "protected-predicate",
                        new TreeSet<>(facts.statement().predicateUse()),
                        Grants::predicateUse,
                        granting,
                        needs,
                        "decides which or how many rows come back, their order, an error or a count",
                        "Filter, join, group and sort by columns that are not protected.")
                .or(() -> check(
                        "protected-cardinality",
                        new TreeSet<>(facts.statement().cardinalityUse()),
                        Grants::cardinalityUse,
                        granting,
                        needs,
                        "is counted by its distinct values",
                        "Count rows instead, or distinct values of a column that is not protected."))
                .or(() -> check(
                        "protected-write",
                        unprotectedWrites(facts),
                        Grants::protectedWrite,
                        granting,
                        needs,
                        "would be copied to a place where it is not protected",
                        "Leave protected columns out of what is written."))
                .or(() -> untracedWrite(facts, granting));
    }

    /** A written value that cannot be traced may be a protected one. */
    private static Optional<Refusal> untracedWrite(StatementFacts facts, List<Rule> granting) {
        boolean untraced = facts.statement().flags().contains(UNTRACED_WRITE_FLAG);
        boolean permitted = facts.readsOnlyOpenTables()
                || granting.stream().anyMatch(rule -> rule.grants().release().unproven());
        return untraced && !permitted
                ? Optional.of(new Refusal(
                        "protected-write",
                        "A written value cannot be traced to the columns it comes from.",
                        "Write literals, bindings, or columns of tables without protected columns."))
                : Optional.empty();
    }

    private static Optional<Refusal> check(
            String name,
            Set<ColumnName> columns,
            Function<Grants, Permission> permission,
            List<Rule> granting,
            List<Need> needs,
            String what,
            String advice) {
        for (ColumnName column : columns) {
            List<Rule> reaching =
                    granting.stream().filter(rule -> rule.reaches(column)).toList();
            Permission most = reaching.stream()
                    .map(rule -> permission.apply(rule.grants()))
                    .max(Comparator.naturalOrder())
                    .orElse(Permission.DENY);
            switch (most) {
                case DENY -> {
                    return Optional.of(new Refusal(name, "The protected column " + column + " " + what + ".", advice));
                }
                case APPROVE ->
                    needs.add(Need.of(
                            reaching.stream()
                                    .filter(rule -> permission.apply(rule.grants()) == Permission.APPROVE)
                                    .toList(),
                            "The protected column " + column + " " + what + "."));
                case ALLOW -> {}
            }
        }
        return Optional.empty();
    }

    /** Protected columns whose values would go where nothing protects them in the same category. */
    private static Set<ColumnName> unprotectedWrites(StatementFacts facts) {
        Set<ColumnName> moved = new TreeSet<>();
        for (ColumnName source : facts.columns(ColumnUse.WRITE)) {
            Optional<String> category = Protections.of(facts.catalog(), source).map(Protection::category);
            if (category.isPresent() && !staysProtected(source, category.get(), facts)) {
                moved.add(source);
            }
        }
        return moved;
    }

    private static boolean staysProtected(ColumnName source, String category, StatementFacts facts) {
        List<WriteLineage> targets = facts.statement().writes().stream()
                .filter(write -> write.sources().contains(source))
                .toList();
        return !targets.isEmpty()
                && facts.statement().unload().isEmpty()
                && targets.stream()
                        .allMatch(write -> Protections.of(facts.catalog(), write.target())
                                .filter(p -> p.category().equals(category))
                                .isPresent());
    }
}
