package dev.snowgate.gateway.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.catalog.Protection;
import java.util.List;
import java.util.Optional;

/** Marks of the database on top of what an object carries itself: a mark can add protection, never remove it. */
record Marks(List<Mark> list) {
    Marks {
        list = List.copyOf(list);
    }

    /**
     * One mark.
     *
     * @param columns which columns
     * @param protection why
     */
    record Mark(NameGlob columns, Protection protection) {
        /** Throws on a pattern that cannot be read: a mark that is skipped would protect nothing. */
        static Mark of(String pattern, String category, String source) {
            NameGlob columns = NameGlob.parse(pattern, 4)
                    .orElseThrow(
                            () -> new IllegalStateException("a protection mark has a pattern that cannot be read"));
            return new Mark(columns, new Protection(category, source));
        }
    }

    List<CatalogObject> applyTo(List<CatalogObject> objects) {
        return objects.stream().map(this::applyTo).toList();
    }

    CatalogObject applyTo(CatalogObject object) {
        return withColumns(
                object,
                object.columns().stream().map(column -> marked(object, column)).toList());
    }

    private CatalogColumn marked(CatalogObject object, CatalogColumn column) {
        ColumnName name = new ColumnName(object.name(), column.name());
        Optional<Protection> mark = list.stream()
                .filter(one -> one.columns().matches(name))
                .map(Mark::protection)
                .reduce((earlier, later) -> later);
        return column.withProtection(mark.or(column::protection));
    }

    static CatalogObject withColumns(CatalogObject object, List<CatalogColumn> columns) {
        return object.withColumns(columns);
    }
}
