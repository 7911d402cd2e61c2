package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CarriedOver;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.WriteLineage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Protection that follows a copy: a column into which a protected column's values were written is protected like it, and stays so
 * whatever its object becomes, because the values may still be there. Pure.
 */
final class DerivedProtection {

    private DerivedProtection() {}

    /** For each written object, its columns that values of protected ones went into. */
    static Map<ObjectName, Map<String, Protection>> of(StatementAnalysis statement, CatalogSnapshot catalog) {
        Map<ObjectName, Map<String, Protection>> derived = new HashMap<>();
        for (WriteLineage write : statement.writes()) {
            strongest(write, catalog)
                    .ifPresent(
                            protection -> derived.computeIfAbsent(write.target().object(), name -> new HashMap<>())
                                    .put(write.target().column(), protection));
        }
        return derived;
    }

    private static Optional<Protection> strongest(WriteLineage write, CatalogSnapshot catalog) {
        for (ColumnName source : new TreeSet<>(write.sources())) {
            Optional<Protection> protection = catalog.protection(source);
            if (protection.isPresent()) {
                return Optional.of(new Protection(protection.get().category(), CarriedOver.DERIVED + source));
            }
        }
        return Optional.empty();
    }
}
