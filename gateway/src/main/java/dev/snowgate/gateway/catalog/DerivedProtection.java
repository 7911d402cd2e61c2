package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.StatementAnalysis;
import dev.snowgate.sql.WriteLineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Protection that follows a copy: a column into which a protected column's values were written is protected like it, and stays so
 * whatever its object becomes, because the values may still be there. Pure.
 */
final class DerivedProtection {
    private static final String DERIVED = "derived:";

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
                return Optional.of(new Protection(protection.get().category(), DERIVED + source));
            }
        }
        return Optional.empty();
    }

    /** The object with these columns protected; columns that it does not list are added, so that nothing is forgotten. */
    static CatalogObject protect(CatalogObject object, Map<String, Protection> derived) {
        List<CatalogColumn> columns = new ArrayList<>();
        for (CatalogColumn column : object.columns()) {
            Optional<Protection> added = Optional.ofNullable(derived.get(column.name()));
            columns.add(column.withProtection(column.protection().or(() -> added)));
        }
        derived.forEach((name, protection) -> {
            if (object.column(name).isEmpty()) {
                columns.add(new CatalogColumn(name, "", true, Optional.of(protection)));
            }
        });
        return Marks.withColumns(object, columns);
    }

    /** What Snowflake says of the object now, with what was derived before for columns of the same names. */
    static CatalogObject carriedOver(CatalogObject now, Optional<CatalogObject> before) {
        Map<String, Protection> derived = new HashMap<>();
        before.stream()
                .flatMap(object -> object.columns().stream())
                .forEach(column -> column.protection()
                        .filter(protection -> protection.source().startsWith(DERIVED))
                        .filter(protection -> now.column(column.name()).isPresent())
                        .ifPresent(protection -> derived.put(column.name(), protection)));
        return protect(now, derived);
    }
}
