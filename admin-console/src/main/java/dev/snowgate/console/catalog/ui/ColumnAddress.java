package dev.snowgate.console.catalog.ui;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column's name as it stands in an address: four parts with a dot between them, a dot or backslash inside of one after a backslash. */
final class ColumnAddress {
    private ColumnAddress() {}

    static String write(ColumnName column) {
        ObjectName object = column.object();
        return String.join(
                ".",
                escaped(object.database()),
                escaped(object.schema()),
                escaped(object.name()),
                escaped(column.column()));
    }

    private static String escaped(String part) {
        return part.replace("\\", "\\\\").replace(".", "\\.");
    }

    /** Empty if it is no name of a column. */
    static Optional<ColumnName> read(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == '.') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts.size() == 4
                ? Optional.of(new ColumnName(new ObjectName(parts.get(0), parts.get(1), parts.get(2)), parts.get(3)))
                : Optional.empty();
    }
}
