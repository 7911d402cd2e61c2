package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** UPDATE, DELETE and TRUNCATE. */
final class ChangeStatements {
    private ChangeStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        switch (c.next().word()) {
            case "UPDATE" -> update(draft);
            case "DELETE" -> delete(draft);
            default -> truncate(draft);
        }
        StatementReader.end(c);
    }

    private static void update(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.UPDATE;
        Target target = target(draft);
        List<List<Name>> columns = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        List<Query.From> from = sources(c, "FROM");
        c.expect("SET");
        assignments(draft, columns, values);
        if (from.isEmpty()) {
            from = sources(c, "FROM");
        }
        ExprLineage expressions = expressions(draft, target, from);
        where(draft, expressions);
        Targets targets = new Targets(draft);
        for (int i = 0; i < columns.size(); i++) {
            targets.write(target.table, draft.names.fold(columns.get(i).getLast()), expressions.taint(values.get(i)));
        }
        draft.writesRows();
        draft.title = "Update " + target.table;
    }

    static void assignments(Draft draft, List<List<Name>> columns, List<Expr> values) {
        Cursor c = draft.c;
        do {
            columns.add(c.dotted());
            c.expect("=");
            values.add(ExprParser.at(c).expression());
        } while (c.accept(","));
    }

    private static void delete(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.DELETE;
        c.expect("FROM");
        Target target = target(draft);
        List<Query.From> from = sources(c, "USING");
        if (!c.sees("WHERE")) {
            draft.facts.flag("no-where");
        }
        where(draft, expressions(draft, target, from));
        draft.writesRows();
        draft.title = "Delete from " + target.table;
    }

    private static List<Query.From> sources(Cursor c, String word) {
        List<Query.From> sources = new ArrayList<>();
        if (c.accept(word)) {
            do {
                sources.add(QueryParser.at(c).sources().joined());
            } while (c.accept(","));
        }
        return sources;
    }

    private static void where(Draft draft, ExprLineage expressions) {
        if (draft.c.accept("WHERE")) {
            expressions.predicate(ExprParser.at(draft.c).expression());
        }
    }

    /** A table that is changed, under the name by which the statement speaks of it. */
    record Target(ObjectName table, Rows rows) {}

    static Target target(Draft draft) {
        Cursor c = draft.c;
        List<Name> parts = new Targets(draft).name();
        ObjectName table = new Targets(draft).written(parts);
        Rows rows = draft.names.find(table).map(object -> rows(object)).orElseGet(() -> Rows.of(table, draft.facts));
        boolean as = c.accept("AS");
        if (as || c.peek().isName() && !c.seesAny("SET", "USING", "WHERE", "FROM", "ON")) {
            rows = rows.named(draft.names.fold(c.name()));
        }
        return new Target(table, rows);
    }

    private static Rows rows(CatalogObject object) {
        return new Rows(
                object.name().name(),
                object.name(),
                object.columns().stream()
                        .map(column ->
                                FromLineage.bare(new dev.snowgate.catalog.ColumnName(object.name(), column.name())))
                        .toList());
    }

    static ExprLineage expressions(Draft draft, Target target, List<Query.From> from) {
        Scope scope = new Scope(draft.names, null);
        scope.add(target.rows());
        FromLineage sources = new FromLineage(draft.queries, scope, CommonTables.NONE);
        from.forEach(sources::add);
        return new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
    }

    private static void truncate(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.TRUNCATE;
        if (c.accept("MATERIALIZED")) {
            c.expect("VIEW");
        } else {
            c.accept("TABLE");
        }
        c.accept("IF", "EXISTS");
        ObjectName table = draft.names.lookup(new Targets(draft).name());
        draft.facts.object(
                table,
                draft.names.find(table).map(CatalogObject::kind).orElse(ObjectKind.TABLE),
                Effect.DROP,
                draft.names.find(table).isPresent());
        draft.writesRows();
        draft.commits();
        draft.title = "Truncate " + table;
    }
}
