package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import java.util.ArrayList;
import java.util.List;

/** MERGE. */
final class MergeStatements {
    private MergeStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        c.expect("MERGE", "INTO");
        draft.kind = StatementKind.MERGE;
        ChangeStatements.Target target = ChangeStatements.target(draft);
        c.expect("USING");
        Query.From source = QueryParser.at(c).sources().joined();
        c.expect("ON");
        ExprLineage expressions = ChangeStatements.expressions(draft, target, List.of(source));
        expressions.predicate(ExprParser.at(c).expression());
        int whens = 0;
        while (c.accept("WHEN")) {
            when(draft, target, expressions);
            whens++;
        }
        if (whens == 0) {
            throw c.unexpected("WHEN");
        }
        StatementReader.end(c);
        draft.writesRows();
        draft.title = "Merge into " + target.table();
    }

    private static void when(Draft draft, ChangeStatements.Target target, ExprLineage expressions) {
        Cursor c = draft.c;
        c.accept("NOT");
        c.expect("MATCHED");
        if (c.accept("BY")) {
            c.acceptAny("SOURCE", "TARGET");
        }
        if (c.accept("AND")) {
            expressions.predicate(ExprParser.at(c).expression());
        }
        c.expect("THEN");
        if (c.accept("DELETE")) {
            return;
        }
        if (c.accept("UPDATE")) {
            if (c.accept("ALL", "BY", "NAME")) {
                allByName(draft, target, expressions);
            } else {
                c.expect("SET");
                update(draft, target, expressions);
            }
            return;
        }
        c.expect("INSERT");
        if (c.accept("ALL", "BY", "NAME")) {
            allByName(draft, target, expressions);
            return;
        }
        insert(draft, target, expressions);
    }

    private static void update(Draft draft, ChangeStatements.Target target, ExprLineage expressions) {
        List<List<Name>> columns = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        ChangeStatements.assignments(draft, columns, values);
        for (int i = 0; i < columns.size(); i++) {
            new Targets(draft)
                    .write(
                            target.table(),
                            draft.names.fold(columns.get(i).getLast()),
                            expressions.taint(values.get(i)));
        }
    }

    private static void insert(Draft draft, ChangeStatements.Target target, ExprLineage expressions) {
        Cursor c = draft.c;
        List<String> columns = new ArrayList<>();
        if (c.accept("(")) {
            do {
                columns.add(draft.names.fold(c.dotted().getLast()));
            } while (c.accept(","));
            c.expect(")");
        } else {
            draft.names
                    .find(target.table())
                    .ifPresent(
                            o -> o.columns().stream().map(CatalogColumn::name).forEach(columns::add));
        }
        int at = c.peek().start();
        List<Expr> values = QueryParser.at(c).values().rows().getFirst();
        new Targets(draft).writes(target.table(), columns, expressions.taints(values), at);
    }

    private static void allByName(Draft draft, ChangeStatements.Target target, ExprLineage expressions) {
        List<Rows> sources = expressions.scope().sources();
        for (Rows rows : sources.subList(1, sources.size())) {
            rows.columns().forEach(column -> new Targets(draft).write(target.table(), column.name(), column.taint()));
        }
    }
}
