package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import java.util.Set;

/** Values of the source columns end up in the target column. */
public record WriteLineage(ColumnName target, Set<ColumnName> sources) {
    public WriteLineage {
        sources = Set.copyOf(sources);
    }
}
