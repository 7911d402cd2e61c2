package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.List;
import java.util.stream.Collectors;

/** SELECT, WITH, VALUES. */
final class QueryStatements {
    private QueryStatements() {}

    static void read(Draft draft) {
        List<Rows.Column> columns = columns(draft);
        draft.kind = StatementKind.SELECT;
        if (draft.c.locks()) {
            draft.facts.effects.add(Effect.TRANSACTION);
            draft.facts.flag("for-update");
        }
        draft.facts.effects.add(Effect.READ);
        draft.result(columns);
        draft.title = title(draft);
    }

    /** Takes a query up to the end of the statement. */
    static List<Rows.Column> columns(Draft draft) {
        Query query = QueryParser.at(draft.c).query();
        List<Rows.Column> columns = draft.queries.query(query, null, CommonTables.NONE);
        columns.forEach(column -> draft.facts.read(column.taint()));
        into(draft, query, columns);
        return columns;
    }

    /** SELECT … INTO gives the row to variables of the script and has no result of its own. */
    private static void into(Draft draft, Query query, List<Rows.Column> columns) {
        for (int i = 0; i < query.branches().size(); i++) {
            boolean first = i == 0;
            if (!(query.branches().get(i).body() instanceof Query.Select select)
                    || select.into().isEmpty()) {
                continue;
            }
            ScriptVariables script = draft.script();
            if (script == null || !first) {
                throw new SyntaxProblem(
                        "SELECT … INTO",
                        "Variables cannot be set here.",
                        "Write INTO after the first select list, in a script.",
                        select.at());
            }
            List<Taint> values = columns.stream().map(Rows.Column::taint).toList();
            ScriptContext.assign(script, draft.names, select.into(), values, select.at());
        }
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
