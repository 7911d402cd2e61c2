package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a temporary table after an ALTER TABLE that adds, drops or renames one. Every other alteration is not
 * followed: then nothing of the table is known any more.
 */
record TemporaryColumns(CatalogObject object, List<Rows.Column> rows) {
    /** What the alteration that follows makes of the columns; takes no token. */
    static Optional<TemporaryColumns> changed(Draft draft, ObjectName name) {
        Rows rows = draft.overlay.get(name);
        Optional<CatalogObject> object = draft.names.find(name);
        if (rows == null || object.isEmpty()) {
            return Optional.empty();
        }
        int start = draft.c.position();
        try {
            return changed(draft, new TemporaryColumns(object.get(), rows.columns()));
        } finally {
            draft.c.back(start);
        }
    }

    private static Optional<TemporaryColumns> changed(Draft draft, TemporaryColumns before) {
        Cursor c = draft.c;
        if (c.accept("ADD")) {
            c.accept("COLUMN");
            return c.peek().isName() && !c.sees("IF") && !c.sees("CONSTRAINT") && !several(c)
                    ? Optional.of(before.with(draft.names.fold(c.name())))
                    : Optional.empty();
        }
        if (c.accept("DROP", "COLUMN")) {
            return c.peek().isName() && !c.sees("IF") && c.peek(1).type() == dev.snowgate.sql.syntax.Token.Type.END
                    ? Optional.of(before.without(draft.names.fold(c.name())))
                    : Optional.empty();
        }
        if (c.accept("RENAME", "COLUMN")
                && c.peek().isName()
                && c.peek(1).is("TO")
                && c.peek(2).isName()) {
            String from = draft.names.fold(c.name());
            c.expect("TO");
            return Optional.of(before.renamed(from, draft.names.fold(c.name())));
        }
        return Optional.empty();
    }

    private static boolean several(Cursor c) {
        for (int i = 0; c.peek(i).type() != dev.snowgate.sql.syntax.Token.Type.END; i++) {
            if (c.peek(i).is("(")) {
                i = c.partnerOf(i);
            } else if (c.peek(i).is(",") || c.peek(i).is("AS")) {
                return true;
            }
        }
        return false;
    }

    void apply(Draft draft, ObjectName name) {
        draft.dropped(name);
        draft.created(object, rows, true);
    }

    private TemporaryColumns with(String column) {
        List<CatalogColumn> columns = new ArrayList<>(object.columns());
        columns.add(new CatalogColumn(column, "VARIANT", true, Optional.empty()));
        List<Rows.Column> more = new ArrayList<>(rows);
        more.add(FromLineage.bare(new ColumnName(object.name(), column)));
        return new TemporaryColumns(object.withColumns(columns), more);
    }

    private TemporaryColumns without(String column) {
        return new TemporaryColumns(
                object.withColumns(object.columns().stream()
                        .filter(one -> !one.name().equals(column))
                        .toList()),
                rows.stream().filter(one -> !one.name().equals(column)).toList());
    }

    private TemporaryColumns renamed(String from, String to) {
        return new TemporaryColumns(
                object.withColumns(object.columns().stream()
                        .map(one -> one.name().equals(from) ? one.named(to) : one)
                        .toList()),
                rows.stream()
                        .map(one -> one.name().equals(from) ? new Rows.Column(to, one.taint()) : one)
                        .toList());
    }
}
