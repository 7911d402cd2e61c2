package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source of rows under a name.
 *
 * @param alias folded alias, or the table's own name; empty if it has none
 * @param object the object it is, only where it was not renamed by an alias
 * @param columns its columns in order
 */
record Rows(String alias, @Nullable ObjectName object, List<Column> columns) {
    Rows {
        columns = List.copyOf(columns);
    }

    /** The name of the column that stands for any number of columns of which only what they reveal is known. */
    static final String REST = "\u0000*";

    /** A column; the name is empty if it cannot be predicted. */
    record Column(String name, Taint taint) {
        boolean isRest() {
            return name.equals(REST);
        }

        Column withTaint(Taint other) {
            return new Column(name, other);
        }
    }

    /** Rows of which neither the number nor the names of the columns are known. */
    static Rows unknown(Taint taint) {
        return of(List.of(new Column(REST, taint)));
    }

    /** The rows of an object that the catalog does not know: whatever is read of it is unknown, and counts as protected. */
    static Rows of(ObjectName unknown, Facts facts) {
        ColumnName any = new ColumnName(unknown, ColumnName.ANY);
        facts.opaque(any);
        facts.flag("unknown-object");
        return new Rows(
                unknown.name(),
                unknown,
                List.of(new Column(REST, Taint.column(any).unknown())));
    }

    /** Whether some of the columns are not known by name. */
    static boolean hasRest(List<Column> columns) {
        return columns.stream().anyMatch(Column::isRest);
    }

    /** What columns that are not known by name reveal, or nothing if there are none. */
    @Nullable
    Taint rest() {
        for (Column column : columns) {
            if (column.isRest()) {
                return column.taint();
            }
        }
        return null;
    }

    static Rows of(List<Column> columns) {
        return new Rows("", null, columns);
    }

    Rows named(String newAlias) {
        return new Rows(newAlias, null, columns);
    }

    /** The same with the first columns renamed. */
    Rows renamed(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        boolean open = hasRest(columns);
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < names.size() && (open || i < columns.size()); i++) {
            result.add(new Column(names.get(i), at(i)));
        }
        for (int i = names.size(); i < columns.size() && !hasRest(columns.subList(0, i + 1)); i++) {
            result.add(columns.get(i));
        }
        if (open) {
            result.add(new Column(REST, at(columns.size())));
        }
        return new Rows(alias, object, result);
    }

    /**
     * What the column at that 0-based place may reveal: from columns on that are not known by name, it may be any that follows.
     *
     * @throws IndexOutOfBoundsException if there is no such column
     */
    Taint at(int index) {
        int rest = 0;
        while (rest < columns.size() && !columns.get(rest).isRest()) {
            rest++;
        }
        return rest == columns.size() || index < rest
                ? columns.get(index).taint()
                : Rows.of(columns.subList(rest, columns.size())).all();
    }

    /** What all columns together reveal. */
    Taint all() {
        return Taint.of(columns.stream().map(Column::taint).toList());
    }
}
