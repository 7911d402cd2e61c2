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
 * @param rows how many rows it has, empty where that is not known
 * @param bytes how many bytes Snowflake stores for it, empty where that is not known
 */
public record CatalogObject(
        ObjectName name,
        ObjectKind kind,
        List<CatalogColumn> columns,
        Optional<String> definition,
        Set<String> tags,
        Instant seenAt,
        Optional<Long> rows,
        Optional<Long> bytes) {
    public CatalogObject {
        columns = List.copyOf(columns);
        tags = Set.copyOf(tags);
    }

    /** An object of unknown size. */
    public CatalogObject(
            ObjectName name,
            ObjectKind kind,
            List<CatalogColumn> columns,
            Optional<String> definition,
            Set<String> tags,
            Instant seenAt) {
        this(name, kind, columns, definition, tags, seenAt, Optional.empty(), Optional.empty());
    }

    /** The column of that stored name. */
    public Optional<CatalogColumn> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** The same with other columns. */
    public CatalogObject withColumns(List<CatalogColumn> other) {
        return new CatalogObject(name, kind, other, definition, tags, seenAt, rows, bytes);
    }
}
