package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.ObjectUse;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.StatementKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a statement reads at most, before it runs: the rows and bytes of all tables that it reads, each whole and once, as the catalogue
 * has them. Snowflake bills the time of a warehouse, which follows the bytes that it scans. A view whose query was followed counts as the
 * tables under it. Empty where one of the objects has no figure, a view's query was not followed, or rows come from somewhere else.
 */
record Estimate(Optional<Long> rows, Optional<Long> bytes) {
    private static final Estimate UNKNOWN = new Estimate(Optional.empty(), Optional.empty());
    private static final Set<StatementKind> ANYTHING =
            EnumSet.of(StatementKind.CALL, StatementKind.EXECUTE_IMMEDIATE, StatementKind.SCRIPT);
    /** Rows that no table has. */
    private static final Set<String> SOURCES = Set.of("GENERATOR", "RESULT_SCAN");

    static Estimate of(StatementAnalysis statement, CatalogSnapshot catalog) {
        if (ANYTHING.contains(statement.kind())
                || statement.functions().stream().anyMatch(SOURCES::contains)
                || statement.flags().stream()
                        .anyMatch(flag ->
                                flag.equals("stage-read") || flag.startsWith(StatementFacts.UNKNOWN_FUNCTION_FLAG))) {
            return UNKNOWN;
        }
        boolean followed = !statement.flags().contains(StatementAnalysis.OPAQUE)
                && !statement.flags().contains(StatementAnalysis.NOT_FOLLOWED);
        List<Optional<CatalogObject>> read = statement.objects().stream()
                .filter(use -> use.effect() == Effect.READ)
                .map(ObjectUse::name)
                .distinct()
                .map(catalog::find)
                // the tables that its query reads stand in the list themselves
                .filter(object -> !followed
                        || object.filter(view -> view.kind() == ObjectKind.VIEW).isEmpty())
                .toList();
        return new Estimate(sum(read, CatalogObject::rows), sum(read, CatalogObject::bytes));
    }

    private static Optional<Long> sum(
            List<Optional<CatalogObject>> read, Function<CatalogObject, Optional<Long>> figure) {
        long sum = 0;
        for (Optional<CatalogObject> object : read) {
            Optional<Long> one = object.flatMap(figure);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            // figures of a catalogue are far below the limit of a long; one that is not must not wrap to a small sum
            sum = Long.MAX_VALUE - sum < one.get() ? Long.MAX_VALUE : sum + one.get();
        }
        return Optional.of(sum);
    }
}
