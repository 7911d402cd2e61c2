package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import java.util.List;
import java.util.Set;

/** What the name of a CREATE means for the statements after it. */
final class CreatedObject {
    private final Draft draft;
    private final ObjectName name;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final boolean orAlter;

    CreatedObject(Draft draft, ObjectName name, boolean temporary, boolean ifNotExists, boolean orAlter) {
        this.draft = draft;
        this.name = name;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.orAlter = orAlter;
    }

    boolean temporary() {
        return temporary;
    }

    Set<String> tags() {
        return temporary ? Set.of("temporary") : Set.of();
    }

    /**
     * With IF NOT EXISTS nothing is made where the name is taken; whether a hidden object counts as taken is not said.
     *
     * @param object what was made
     * @param columns what its columns hold
     */
    void made(CatalogObject object, List<Rows.Column> columns) {
        boolean exists = draft.names.find(name).isPresent();
        if (ifNotExists && draft.isTemporary(name)) {
            return;
        }
        boolean certain = !ifNotExists && !orAlter || ifNotExists && temporary && !exists;
        if (certain) {
            draft.created(object, columns, temporary);
        } else if (exists && orAlter) {
            draft.facts.flag("columns-may-change");
            draft.altered(name);
        } else if (!exists || temporary) {
            draft.mayBeCreated(name, temporary);
        }
    }

    /** An object with the columns of another one and none of its rows. */
    void like(CatalogObject source) {
        made(copyOf(source), own(name, source.columns()));
    }

    CatalogObject copyOf(CatalogObject source) {
        return new CatalogObject(name, source.kind(), source.columns(), source.definition(), tags(), source.seenAt());
    }

    /** Something was made whose columns cannot be told. */
    void mayBeMade() {
        draft.mayBeCreated(name, temporary);
    }

    /** A copy of something that is not known was made: a temporary one hides what the name meant. */
    void madeUnknown() {
        if (temporary) {
            draft.blind(name);
        }
    }

    static List<Rows.Column> own(ObjectName name, List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> FromLineage.bare(new ColumnName(name, column.name())))
                .toList();
    }
}
