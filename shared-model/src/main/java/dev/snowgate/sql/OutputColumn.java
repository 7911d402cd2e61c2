package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import java.util.Set;

/**
 * One column of the result, by position.
 *
 * @param name the name that Snowflake will report, or empty text where it cannot be predicted
 * @param origins base columns whose values can appear in it or be computed back from it, views expanded
 * @param derivation how
 */
public record OutputColumn(String name, Set<ColumnName> origins, Derivation derivation) {
    public OutputColumn {
        origins = Set.copyOf(origins);
    }

    /** How a column comes from its origins. */
    public enum Derivation {
        /** The value itself. */
        DIRECT,
        /** Computed from the values. */
        DERIVED,
        AGGREGATED,
        /** Computed by something that gives NULL for some values: whether it is NULL tells of the value. */
        PARTIAL,
        /** No origins: literals, counts. */
        CONSTANT,
        /** Cannot be proved; never released unmasked. */
        UNKNOWN
    }
}
