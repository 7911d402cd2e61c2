package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import java.util.List;
import java.util.stream.Collectors;

/** SELECT, WITH, VALUES. */
final class QueryStatements {
    private QueryStatements() {}

    static void read(Draft draft) {
        List<Rows.Column> columns = columns(draft);
        draft.kind = StatementKind.SELECT;
        draft.facts.effects.add(Effect.READ);
        draft.output = Draft.output(columns);
        draft.title = title(draft);
    }

    /** Takes a query up to the end of the statement. */
    static List<Rows.Column> columns(Draft draft) {
        Query query = QueryParser.at(draft.c).query();
        List<Rows.Column> columns = draft.queries.query(query, null, CommonTables.NONE);
        columns.forEach(column -> draft.facts.read(column.taint()));
        return columns;
    }

    private static String title(Draft draft) {
        List<ObjectUse> objects = draft.facts.objects();
        if (objects.isEmpty()) {
            return "Read constants";
        }
        String names = objects.stream().limit(3).map(o -> o.name().toString()).collect(Collectors.joining(", "));
        return "Read " + names + (objects.size() > 3 ? " and " + (objects.size() - 3) + " more" : "");
    }
}
