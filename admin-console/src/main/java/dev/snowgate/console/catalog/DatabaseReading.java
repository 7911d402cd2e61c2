package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectName;
import java.util.List;
import java.util.Set;

/**
 * What a reading of one database found.
 *
 * @param present every object that Snowflake shows
 * @param changed those that are new or other than what is stored, as they are now
 */
record DatabaseReading(String database, Set<ObjectName> present, List<CatalogObject> changed) {
    DatabaseReading {
        present = Set.copyOf(present);
        changed = List.copyOf(changed);
    }
}
