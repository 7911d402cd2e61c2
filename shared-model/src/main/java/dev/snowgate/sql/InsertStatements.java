package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** INSERT with a query or VALUES, and INSERT ALL / FIRST. */
final class InsertStatements {
    private record Into(ObjectName table, List<String> columns, List<Expr> values, int at) {}

    private InsertStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        c.expect("INSERT");
        boolean overwrite = c.accept("OVERWRITE");
        if (overwrite) {
            draft.facts.flag("overwrite");
        }
        if (c.seesAny("ALL", "FIRST")) {
            c.next();
            multi(draft, overwrite);
            return;
        }
        if (!overwrite || !c.accept("TABLE")) {
            c.expect("INTO");
        }
        draft.kind = StatementKind.INSERT;
        int at = c.peek().start();
        Targets targets = new Targets(draft);
        ObjectName table = targets.written(targets.name());
        overwritten(draft, table, overwrite);
        List<String> columns = targets.columns(table);
        List<Rows.Column> rows = QueryStatements.columns(draft);
        StatementReader.end(c);
        if (Rows.hasRest(rows)) {
            targets.writesUnknown(table, columns, rows);
        } else {
            targets.writes(table, columns, rows.stream().map(Rows.Column::taint).toList(), at);
        }
        draft.writesRows();
        draft.title = "Insert into " + table;
    }

    private static void overwritten(Draft draft, ObjectName table, boolean overwrite) {
        if (overwrite) {
            draft.facts.object(
                    table,
                    dev.snowgate.catalog.ObjectKind.TABLE,
                    Effect.DROP,
                    draft.names.find(table).isPresent());
        }
    }

    private static void multi(Draft draft, boolean overwrite) {
        Cursor c = draft.c;
        draft.kind = StatementKind.MULTI_TABLE_INSERT;
        List<Expr> conditions = new ArrayList<>();
        List<Into> intos = new ArrayList<>();
        while (c.seesAny("WHEN", "INTO", "ELSE")) {
            if (c.accept("WHEN")) {
                conditions.add(ExprParser.at(c).expression());
                c.expect("THEN");
            } else {
                c.accept("ELSE");
            }
            while (c.sees("INTO")) {
                intos.add(into(draft, overwrite));
            }
        }
        Query query = QueryParser.at(c).query();
        StatementReader.end(c);
        List<Rows.Column> columns = draft.queries.query(query, null, CommonTables.NONE);
        Scope scope = new Scope(draft.names, null);
        scope.add(Rows.of(columns));
        ExprLineage expressions = new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
        expressions.predicates(conditions);
        Targets targets = new Targets(draft);
        for (Into into : intos) {
            if (into.values().isEmpty() && Rows.hasRest(columns)) {
                targets.writesUnknown(into.table(), into.columns(), columns);
                continue;
            }
            List<Taint> values = into.values().isEmpty()
                    ? columns.stream().map(Rows.Column::taint).toList()
                    : expressions.taints(into.values());
            targets.writes(into.table(), into.columns(), values, into.at());
        }
        draft.writesRows();
        draft.title = "Insert into " + intos.size() + " tables";
    }

    private static Into into(Draft draft, boolean overwrite) {
        Cursor c = draft.c;
        c.expect("INTO");
        int at = c.peek().start();
        Targets targets = new Targets(draft);
        ObjectName table = targets.written(targets.name());
        overwritten(draft, table, overwrite);
        List<String> columns = targets.columns(table);
        List<Expr> values = List.of();
        if (c.sees("VALUES")) {
            values = QueryParser.at(c).values().rows().getFirst();
        }
        return new Into(table, columns, values, at);
    }
}
