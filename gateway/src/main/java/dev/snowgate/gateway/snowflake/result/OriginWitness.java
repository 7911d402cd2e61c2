package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.ReplyColumn;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.sql.OutputColumn;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Snowflake's own word on where a column comes from and what it is. It can only add protection: a column that it reports as a protected one,
 * and that our lineage did not trace to any protected column, withholds the result. Where the lineage knew, the policy decided knowingly. So
 * does a column that is stored as it is shown and has another type than the catalog knows.
 */
public final class OriginWitness {
    private final Function<String, Mono<CatalogSnapshot>> catalogs;

    /**
     * @param catalogs the catalog of an account as of now; never empty
     */
    public OriginWitness(Function<String, Mono<CatalogSnapshot>> catalogs) {
        this.catalogs = catalogs;
    }

    /** Completes if nothing contradicts the plan. */
    Mono<Void> check(LedgerEntry entry, List<ReplyColumn> columns, MaskPlan plan) {
        boolean ofObjects = columns.stream().anyMatch(column -> !origin(column).isEmpty())
                || entry.output().stream().anyMatch(column -> !column.origins().isEmpty());
        if (!plan.columnsKnown() || !ofObjects) {
            return Mono.empty();
        }
        return catalogs.apply(entry.owner().account())
                .switchIfEmpty(Mono.error(() -> new ResultFault("the catalog of its account is not known")))
                .doOnNext(catalog -> check(entry, columns, plan, catalog))
                .then();
    }

    private static void check(LedgerEntry entry, List<ReplyColumn> columns, MaskPlan plan, CatalogSnapshot catalog) {
        int origin = contradiction(entry, columns, plan, catalog);
        if (origin >= 0) {
            throw new ResultFault(
                    "column " + (origin + 1) + " comes from a protected column, which the statement does not show");
        }
        int type = StoredTypes.contradiction(entry.output(), columns, catalog);
        if (type >= 0) {
            throw new ResultFault(
                    "column " + (type + 1)
                            + " has another type than the catalog knows, so it may come from another table than the one that was judged");
        }
    }

    /** The first column that was released although its reported origin is protected; -1 if there is none. */
    private static int contradiction(
            LedgerEntry entry, List<ReplyColumn> columns, MaskPlan plan, CatalogSnapshot catalog) {
        for (int i = 0; i < columns.size(); i++) {
            boolean masked =
                    plan.column(i).flatMap(MaskPlan.PlannedColumn::mask).isPresent();
            if (!masked && isProtected(columns.get(i), catalog) && !traced(entry.output(), i, catalog)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isProtected(ReplyColumn column, CatalogSnapshot catalog) {
        return !origin(column).isEmpty()
                && catalog.protection(new ColumnName(
                                new ObjectName(column.database(), column.schema(), column.table()), column.name()))
                        .isPresent();
    }

    private static boolean traced(List<OutputColumn> lineage, int index, CatalogSnapshot catalog) {
        return index < lineage.size()
                && lineage.get(index).origins().stream()
                        .anyMatch(origin -> catalog.protection(origin).isPresent());
    }

    private static String origin(ReplyColumn column) {
        return column.database().isEmpty() || column.schema().isEmpty() ? "" : column.table();
    }
}
