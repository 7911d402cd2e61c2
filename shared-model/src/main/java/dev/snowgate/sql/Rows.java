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

    /** A column; the name is empty if it cannot be predicted. */
    record Column(String name, Taint taint) {
        Column withTaint(Taint other) {
            return new Column(name, other);
        }
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
        for (int i = 0; i < columns.size(); i++) {
            result.add(
                    i < names.size() ? new Column(names.get(i), columns.get(i).taint()) : columns.get(i));
        }
        return new Rows(alias, object, result);
    }

    /** What all columns together reveal. */
    Taint all() {
        return Taint.of(columns.stream().map(Column::taint).toList());
    }
}
