package dev.snowgate.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One object with its columns in order.
 *
 * @param definition the readable text of a view's query; empty for a view means that it cannot be read
 * @param tags tags of the object itself
 * @param seenAt when Snowflake was last asked about it
 */
public record CatalogObject(
        ObjectName name,
        ObjectKind kind,
        List<CatalogColumn> columns,
        Optional<String> definition,
        Set<String> tags,
        Instant seenAt) {
    public CatalogObject {
        columns = List.copyOf(columns);
        tags = Set.copyOf(tags);
    }

    /** The column of that stored name. */
    public Optional<CatalogColumn> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }
}
