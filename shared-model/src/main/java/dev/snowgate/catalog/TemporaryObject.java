package dev.snowgate.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A temporary table, view or stage of one session, with what its columns were made of. */
public record TemporaryObject(ObjectName name, ObjectKind kind, List<TemporaryColumn> columns) {
    /** Tag of a catalogued object that only its session sees. */
    public static final String TAG = "temporary";

    public TemporaryObject {
        columns = List.copyOf(columns);
    }

    /** As an entry of the catalog of its session. */
    public CatalogObject catalogued() {
        return new CatalogObject(
                name,
                kind,
                columns.stream().map(TemporaryColumn::column).toList(),
                Optional.empty(),
                Set.of(TAG),
                Instant.EPOCH);
    }
}
