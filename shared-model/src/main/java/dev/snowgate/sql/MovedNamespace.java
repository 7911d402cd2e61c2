package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import java.util.Set;

/**
 * A database or schema that is cloned, renamed or swapped takes its objects along. Protection follows the values: what is
 * protected at the old name is written to the new one, else a mark on the old name would be escaped by moving the whole schema.
 */
final class MovedNamespace {
    private MovedNamespace() {}

    /** Notes the protected columns of everything that the catalog knows below one namespace as written below the other. */
    static void write(Draft draft, ObjectName from, ObjectName to) {
        for (CatalogObject object : draft.names.catalog().objects()) {
            ObjectName name = object.name();
            boolean below = name.database().equals(from.database())
                    && (from.schema().isEmpty() || name.schema().equals(from.schema()));
            if (!below) {
                continue;
            }
            ObjectName moved =
                    new ObjectName(to.database(), to.schema().isEmpty() ? name.schema() : to.schema(), name.name());
            for (CatalogColumn column : object.columns()) {
                if (column.protection().isPresent()) {
                    draft.facts.writes.add(new WriteLineage(
                            new ColumnName(moved, column.name()), Set.of(new ColumnName(name, column.name()))));
                }
            }
        }
    }
}
