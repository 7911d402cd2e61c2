package dev.snowgate.sql;

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
        List<Column> result = new ArrayList<>();
        Taint rest = rest();
        for (int i = 0; i < Math.max(columns.size(), rest == null ? 0 : names.size() + 1); i++) {
            Column column = rest == null || i < columns.size() ? columns.get(i) : new Column(REST, rest);
            result.add(i < names.size() ? new Column(names.get(i), column.taint()) : column);
        }
        return new Rows(alias, object, result);
    }

    /** What all columns together reveal. */
    Taint all() {
        return Taint.of(columns.stream().map(Column::taint).toList());
    }
}
