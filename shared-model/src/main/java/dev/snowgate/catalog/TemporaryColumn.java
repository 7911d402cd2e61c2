package dev.snowgate.catalog;

import java.util.Set;

/**
 * One column of a temporary object, or the value of a session variable.
 *
 * @param column name, type and protection as it was when it was written
 * @param origins columns whose values can be in it, its own name included
 * @param traced false where it may hold values that nobody can name
 * @param bare whether it is one column's value as it was
 */
public record TemporaryColumn(CatalogColumn column, Set<ColumnName> origins, boolean traced, boolean bare) {
    public TemporaryColumn {
        origins = Set.copyOf(origins);
    }
}
