package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which base columns, and in which use. */
record ColumnScope(Reach reach, List<NameGlob> names, List<Glob> categories, List<Glob> tags, Set<ColumnUse> uses) {
    static final ColumnScope ANY = new ColumnScope(Reach.ANY, List.of(), List.of(), List.of(), Set.of());
    static final ColumnScope NONE_PROTECTED =
            new ColumnScope(Reach.NONE_PROTECTED, List.of(), List.of(), List.of(), Set.of());

    enum Reach {
        ANY,
        /** Only statements that use no protected column. */
        NONE_PROTECTED,
        LISTED
    }

    /** What a statement does with a column. */
    enum ColumnUse {
        OUTPUT,
        PREDICATE,
        CARDINALITY,
        WRITE
    }

    boolean contains(ColumnName column, CatalogSnapshot catalog) {
        if (reach != Reach.LISTED) {
            return reach == Reach.ANY;
        }
        return matchesNameAndCategory(column, catalog)
                && (tags.isEmpty()
                        || catalog.find(column.object())
                                .flatMap(object -> object.column(column.column()))
                                .filter(known -> Glob.anyMatches(tags, known.tags()))
                                .isPresent());
    }

    private boolean matchesNameAndCategory(ColumnName column, CatalogSnapshot catalog) {
        return (names.isEmpty() || names.stream().anyMatch(glob -> glob.matches(column)))
                && (categories.isEmpty()
                        || Protections.of(catalog, column)
                                .filter(p -> Glob.anyMatches(categories, p.category()))
                                .isPresent());
    }

    /** A column that the catalogue does not know may have every tag. */
    private boolean mayContain(ColumnName column, CatalogSnapshot catalog) {
        return contains(column, catalog)
                || !tags.isEmpty()
                        && catalog.find(column.object())
                                .flatMap(object -> object.column(column.column()))
                                .isEmpty()
                        && matchesNameAndCategory(column, catalog);
    }

    boolean matchesAny(StatementFacts facts) {
        return switch (reach) {
            case ANY -> true;
            case NONE_PROTECTED -> facts.protectedColumns().isEmpty();
            case LISTED -> used(facts).stream().anyMatch(column -> mayContain(column, facts.catalog()));
        };
    }

    /** Unprotected columns never keep it from matching. */
    boolean matchesAll(StatementFacts facts) {
        return switch (reach) {
            case ANY -> true;
            case NONE_PROTECTED -> facts.protectedColumns().isEmpty();
            case LISTED ->
                used(facts).stream()
                        .filter(column ->
                                Protections.of(facts.catalog(), column).isPresent())
                        .allMatch(column -> contains(column, facts.catalog()));
        };
    }

    private Set<ColumnName> used(StatementFacts facts) {
        if (uses.isEmpty()) {
            return facts.columns();
        }
        Set<ColumnName> used = new HashSet<>();
        uses.forEach(use -> used.addAll(facts.columns(use)));
        return used;
    }
}
