package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import java.util.List;
import java.util.Set;

/** Origin of the columns of the simplest queries: bare columns or {@code *} of one table. */
final class Origins {
    private static final Set<String> AFTER = Set.of("WHERE", "ORDER", "LIMIT");

    private Origins() {}

    static List<Column> fill(Script script, Session session, List<Column> columns) {
        int from = 1;
        while (from < script.tokens().size()
                && (script.at(from).isName() && !script.at(from).is("FROM")
                        || script.at(from).is(",")
                        || script.at(from).is("*"))) {
            boolean alias = script.at(from).isName() && script.at(from - 1).isName() && from > 1;
            if (alias) {
                return columns;
            }
            from++;
        }
        if (!script.starts("SELECT")
                || !script.at(from).is("FROM")
                || !script.at(from + 1).isName()) {
            return columns;
        }
        Names table = Names.read(script.tokens(), from + 1, session.database(), session.schema());
        boolean single = table.end() == script.tokens().size()
                || AFTER.contains(script.at(table.end()).text());
        if (!single || script.contains("UNION") || script.contains("INFORMATION_SCHEMA")) {
            return columns;
        }
        return columns.stream()
                .map(column -> column.from(table.database(), table.schema(), table.name()))
                .toList();
    }
}
