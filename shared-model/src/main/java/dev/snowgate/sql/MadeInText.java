package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns of objects that the text itself has made. While it is read they stand beside the columns that their values
 * came from; nobody else knows them, so that a policy would take them for columns of an unknown object.
 *
 * @param account the catalog before the text
 * @param seen the catalog that the statement was read with
 * @param made objects of which it is known what they were made of
 */
record MadeInText(CatalogSnapshot account, CatalogSnapshot seen, Map<ObjectName, Rows> made) {
    /** What holds only what statements wrote to it, or shows only what its query reads. */
    private static final Set<ObjectKind> TRACED =
            EnumSet.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW);

    /** With everything that a statement found and left. */
    static MadeInText of(CatalogSnapshot account, CatalogSnapshot before, Map<ObjectName, Rows> made, Draft draft) {
        Map<ObjectName, Rows> all = new HashMap<>(made);
        ScriptState inside = draft.madeInside;
        if (inside == null) {
            return new MadeInText(account, before, all);
        }
        all.putAll(inside.overlay());
        return new MadeInText(account, inside.catalog(), all);
    }

    /** The columns without those that say no more than what stands beside them. */
    Set<ColumnName> sources(Set<ColumnName> columns) {
        return columns.stream().noneMatch(this::isExplained)
                ? columns
                : columns.stream().filter(column -> !isExplained(column)).collect(Collectors.toUnmodifiableSet());
    }

    List<OutputColumn> output(List<OutputColumn> columns) {
        return columns.stream()
                .map(column -> new OutputColumn(column.name(), sources(column.origins()), column.derivation()))
                .toList();
    }

    List<WriteLineage> writes(List<WriteLineage> writes) {
        return writes.stream()
                .map(write -> new WriteLineage(write.target(), sources(write.sources())))
                .toList();
    }

    private boolean isExplained(ColumnName column) {
        ObjectName object = column.object();
        return made.containsKey(object)
                && account.find(object).isEmpty()
                && seen.find(object)
                        .filter(o -> TRACED.contains(o.kind()))
                        .flatMap(o -> o.column(column.column()))
                        .filter(c -> c.protection().isEmpty())
                        .isPresent();
    }
}
