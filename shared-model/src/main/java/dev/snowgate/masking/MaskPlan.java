package dev.snowgate.masking;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be masked in one statement's result, by position.
 *
 * @param columns one entry per result column of the analysis, in order; the reply must have exactly these columns, or begin with
 *     them where there is a {@code rest}
 * @param columnsKnown false where the analysis has no columns to compare (SHOW, DDL status, DML counts): then
 *     {@code columns} is empty and nothing is masked
 * @param rest what holds for every column after {@code columns}, of which the reply may have any number; empty if it may have none
 */
public record MaskPlan(List<PlannedColumn> columns, boolean columnsKnown, Optional<PlannedColumn> rest) {
    public MaskPlan {
        columns = List.copyOf(columns);
    }

    /** A plan for a reply that has exactly these columns. */
    public MaskPlan(List<PlannedColumn> columns, boolean columnsKnown) {
        this(columns, columnsKnown, Optional.empty());
    }

    /** A plan for a reply whose columns are not data of objects. */
    public static MaskPlan none() {
        return new MaskPlan(List.of(), false);
    }

    /** Whether any column is masked. */
    public boolean masksAnything() {
        return all().anyMatch(c -> c.mask().isPresent());
    }

    /** Every entry, the one for the rest last. */
    public Stream<PlannedColumn> all() {
        return Stream.concat(columns.stream(), rest.stream());
    }

    /** What holds for the column at that 0-based place; empty if the plan has no such column. */
    public Optional<PlannedColumn> column(int index) {
        return index < columns.size() ? Optional.of(columns.get(index)) : rest;
    }

    /** Whether a reply of that many columns is one that the plan was made for; plans without known columns fit every reply. */
    public boolean fits(int width) {
        return !columnsKnown || width == columns.size() || rest.isPresent() && width > columns.size();
    }

    /**
     * One result column.
     *
     * @param name predicted name, empty text if it cannot be predicted
     * @param mask the mask, empty if released as it is
     * @param rule name of the rule that masks, empty text if none
     * @param category category of the protected origin, empty text if none
     */
    public record PlannedColumn(String name, Optional<Mask> mask, String rule, String category) {}
}
