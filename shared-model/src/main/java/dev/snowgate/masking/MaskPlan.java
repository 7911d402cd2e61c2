package dev.snowgate.masking;

import java.util.List;
import java.util.Optional;

/**
 * What must be masked in one statement's result, by position.
 *
 * @param columns one entry per result column of the analysis, in order; the reply must have exactly these columns
 * @param columnsKnown false where the analysis has no columns to compare (SHOW, DDL status, DML counts): then
 *     {@code columns} is empty and nothing is masked
 */
public record MaskPlan(List<PlannedColumn> columns, boolean columnsKnown) {
    public MaskPlan {
        columns = List.copyOf(columns);
    }

    /** A plan for a reply whose columns are not data of objects. */
    public static MaskPlan none() {
        return new MaskPlan(List.of(), false);
    }

    /** Whether any column is masked. */
    public boolean masksAnything() {
        return columns.stream().anyMatch(c -> c.mask().isPresent());
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
