package dev.snowgate.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One object with its columns in order.
 *
 * @param definition the readable text of a view's query or of a function's body; empty means that it cannot be read
 * @param tags tags of the object itself, each {@code NAME} or {@code NAME=value}
 * @param rows number of rows when it was read, if Snowflake said
 * @param bytes its size when it was read, if Snowflake said
 * @param changedAt when Snowflake says it was changed last: an object of the same instant need not be read again
 * @param seenAt when Snowflake was last asked about it
 * @param routine how it is called, if it is a function or procedure of which that is known
 */
public record CatalogObject(
        ObjectName name,
        ObjectKind kind,
        List<CatalogColumn> columns,
        Optional<String> definition,
        Set<String> tags,
        Optional<Long> rows,
        Optional<Long> bytes,
        Optional<Instant> changedAt,
        Instant seenAt,
        Optional<Routine> routine) {
    public CatalogObject {
        columns = List.copyOf(columns);
        tags = Set.copyOf(tags);
    }

    /** An object that is no routine. */
    public CatalogObject(
            ObjectName name,
            ObjectKind kind,
            List<CatalogColumn> columns,
            Optional<String> definition,
            Set<String> tags,
            Optional<Long> rows,
            Optional<Long> bytes,
            Optional<Instant> changedAt,
            Instant seenAt) {
        this(name, kind, columns, definition, tags, rows, bytes, changedAt, seenAt, Optional.empty());
    }

    /** An object without figures. */
    public CatalogObject(
            ObjectName name,
            ObjectKind kind,
            List<CatalogColumn> columns,
            Optional<String> definition,
            Set<String> tags,
            Instant seenAt) {
        this(name, kind, columns, definition, tags, Optional.empty(), Optional.empty(), Optional.empty(), seenAt);
    }

    /** The column of that stored name. */
    public Optional<CatalogColumn> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** The same with other columns. */
    public CatalogObject withColumns(List<CatalogColumn> other) {
        return new CatalogObject(name, kind, other, definition, tags, rows, bytes, changedAt, seenAt, routine);
    }

    /** The same with other tags. */
    public CatalogObject withTags(Set<String> other) {
        return new CatalogObject(name, kind, columns, definition, other, rows, bytes, changedAt, seenAt, routine);
    }

    /** The same as seen at another time. */
    public CatalogObject seenAt(Instant at) {
        return new CatalogObject(name, kind, columns, definition, tags, rows, bytes, changedAt, at, routine);
    }

    /** The same as a routine that is called like this. */
    public CatalogObject withRoutine(Optional<Routine> called) {
        return new CatalogObject(name, kind, columns, definition, tags, rows, bytes, changedAt, seenAt, called);
    }

    /** Whether it is a function or a procedure. */
    public boolean isRoutine() {
        return kind == ObjectKind.FUNCTION || kind == ObjectKind.PROCEDURE;
    }
}
