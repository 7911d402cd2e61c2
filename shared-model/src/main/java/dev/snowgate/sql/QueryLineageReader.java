package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryBody;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a query with what each reveals: WITH, set operations, VALUES; the rest is {@link SelectLineage}'s. */
final class QueryLineageReader {
    private static final int MAX_ROUNDS = 30;

    private final Facts facts;
    private final Namespace names;
    private final QueryLineage earlier;
    private final Map<String, Taint> variables;
    private final Views views;
    private final List<Rows> steps;
    private final @Nullable ScriptVariables script;

    QueryLineageReader(
            Facts facts,
            Namespace names,
            QueryLineage earlier,
            Map<String, Taint> variables,
            Views views,
            List<Rows> steps,
            @Nullable ScriptVariables script) {
        this.script = script;
        this.facts = facts;
        this.names = names;
        this.earlier = earlier;
        this.variables = variables;
        this.views = views;
        this.steps = steps;
    }

    /** The same machinery inside an object of another schema. */
    QueryLineageReader inside(Namespace other) {
        return new QueryLineageReader(facts, other, QueryLineage.NONE, Map.of(), views, List.of(), null);
    }

    Facts facts() {
        return facts;
    }

    Namespace names() {
        return names;
    }

    QueryLineage earlier() {
        return earlier;
    }

    Map<String, Taint> variables() {
        return variables;
    }

    Views views() {
        return views;
    }

    /** The variables of the script around the query. */
    @Nullable
    ScriptVariables script() {
        return script;
    }

    /** Results of earlier steps of a flow, the last one first. */
    List<Rows> steps() {
        return steps;
    }

    /** The columns of a query; {@code outer} is the query around a subquery. */
    List<Rows.Column> query(Query query, @Nullable Scope outer, CommonTables tables) {
        facts.work(1);
        CommonTables visible = tables;
        if (!query.with().isEmpty()) {
            visible = new CommonTables(tables);
            for (Query.CommonTable table : query.with()) {
                common(table, outer, visible);
            }
        }
        if (query.branches().size() == 1) {
            return single(query, outer, visible);
        }
        return combined(query, outer, visible);
    }

    private void common(Query.CommonTable table, @Nullable Scope outer, CommonTables visible) {
        String name = names.fold(table.name());
        List<String> columnNames = table.columns().stream().map(names::fold).toList();
        if (!mayRecurse(table)) {
            visible.put(
                    name,
                    Rows.of(query(table.query(), outer, visible))
                            .renamed(columnNames)
                            .named(name));
            return;
        }
        Query anchor = new Query(
                table.query().with(),
                List.of(table.query().branches().getFirst()),
                List.of(),
                List.of(),
                table.query().at());
        Rows current =
                Rows.of(query(anchor, outer, visible)).renamed(columnNames).named(name);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            CommonTables self = new CommonTables(visible);
            self.put(name, current);
            Rows next = Rows.of(query(table.query(), outer, self))
                    .renamed(columnNames)
                    .named(name);
            Rows merged = merge(current, next);
            if (merged.equals(current)) {
                visible.put(name, current);
                return;
            }
            current = merged;
        }
        throw new SyntaxProblem(
                "recursive common table expression",
                "The recursion does not settle.",
                "Simplify the recursion.",
                table.name().at());
    }

    private static Rows merge(Rows a, Rows b) {
        if (Rows.hasRest(a.columns()) || Rows.hasRest(b.columns())) {
            Taint all = a.all().or(b.all()).unknown();
            return new Rows(a.alias(), a.object(), List.of(new Rows.Column(Rows.REST, all)));
        }
        List<Rows.Column> merged = new ArrayList<>();
        for (int i = 0; i < a.columns().size(); i++) {
            Rows.Column column = a.columns().get(i);
            merged.add(
                    i < b.columns().size()
                            ? column.withTaint(
                                    column.taint().or(b.columns().get(i).taint()))
                            : column);
        }
        return new Rows(a.alias(), a.object(), merged);
    }

    /** Only a set operation whose later branch reads the name can recurse; else the name means a table outside. */
    private boolean mayRecurse(Query.CommonTable table) {
        String name = names.fold(table.name());
        List<Query.Branch> branches = table.query().branches();
        return branches.size() > 1
                && branches.stream()
                        .skip(1)
                        .anyMatch(b ->
                                References.reads(b.body(), n -> names.fold(n).equals(name)));
    }

    private List<Rows.Column> single(Query query, @Nullable Scope outer, CommonTables visible) {
        QueryBody body = query.branches().getFirst().body();
        switch (body) {
            case Query.Select select -> {
                return new SelectLineage(this, outer, visible).select(select, query.orderBy(), query.limits());
            }
            case Query inner -> {
                List<Rows.Column> columns = query(inner, outer, visible);
                after(query, columns, outer, visible);
                return columns;
            }
            case Query.Values values -> {
                List<Rows.Column> columns = values(values, outer, visible);
                after(query, columns, outer, visible);
                return columns;
            }
        }
    }

    private List<Rows.Column> branch(QueryBody body, @Nullable Scope outer, CommonTables visible) {
        return switch (body) {
            case Query.Select select -> new SelectLineage(this, outer, visible).select(select, List.of(), List.of());
            case Query inner -> query(inner, outer, visible);
            case Query.Values values -> values(values, outer, visible);
        };
    }

    private List<Rows.Column> combined(Query query, @Nullable Scope outer, CommonTables visible) {
        List<Rows.Column> result = branch(query.branches().getFirst().body(), outer, visible);
        boolean compares = false;
        for (Query.Branch branch : query.branches().subList(1, query.branches().size())) {
            List<Rows.Column> next = branch(branch.body(), outer, visible);
            if (Rows.hasRest(result) || Rows.hasRest(next)) {
                // which columns fall together is not known: each may hold all
                Taint all = Rows.of(result).all().or(Rows.of(next).all());
                result = List.of(new Rows.Column(Rows.REST, all.unknown()));
            } else {
                result = branch.byName() ? byName(result, next) : byPosition(result, next, query.at());
            }
            compares |= !branch.operator().equals("UNION");
            if (!branch.all()) {
                // equal values fall together: over values of more than one source that is a comparison
                result.forEach(column -> facts.predicate(column.taint()));
            }
        }
        if (compares) {
            result.forEach(column -> facts.predicate(column.taint()));
        }
        after(query, result, outer, visible);
        return result;
    }

    private static List<Rows.Column> byPosition(List<Rows.Column> a, List<Rows.Column> b, int at) {
        if (a.size() != b.size()) {
            throw new SyntaxProblem(
                    "set operation of different widths",
                    "The branches of the set operation have different numbers of columns.",
                    "Select the same number of columns in every branch.",
                    at);
        }
        List<Rows.Column> result = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            result.add(new Rows.Column(
                    a.get(i).name(), merged(a.get(i).taint(), b.get(i).taint())));
        }
        return result;
    }

    private static List<Rows.Column> byName(List<Rows.Column> a, List<Rows.Column> b) {
        List<Rows.Column> result = new ArrayList<>();
        Map<String, Taint> rest = new HashMap<>();
        b.forEach(column -> rest.merge(column.name(), column.taint(), Taint::or));
        for (Rows.Column column : a) {
            Taint other = rest.remove(column.name());
            result.add(new Rows.Column(
                    column.name(), other == null ? merged(column.taint(), Taint.NONE) : merged(column.taint(), other)));
        }
        b.stream()
                .filter(column -> rest.containsKey(column.name()))
                .forEach(column -> result.add(new Rows.Column(column.name(), merged(column.taint(), Taint.NONE))));
        return result;
    }

    /** One value or the other: never a bare column of one source, unless nothing is known of either. */
    private static Taint merged(Taint a, Taint b) {
        Taint both = a.or(b);
        return new Taint(both.origins(), both.derivation(), false);
    }

    private List<Rows.Column> values(Query.Values values, @Nullable Scope outer, CommonTables visible) {
        ExprLineage expressions = new ExprLineage(this, new Scope(names, outer), visible, Map.of());
        int width = values.rows().getFirst().size();
        List<Rows.Column> columns = new ArrayList<>();
        List<Taint> taints = new ArrayList<>();
        for (List<Expr> row : values.rows()) {
            if (row.size() != width) {
                throw new SyntaxProblem(
                        "VALUES of different widths",
                        "The rows of VALUES have different numbers of cells.",
                        "Give every row the same cells.",
                        values.at());
            }
            for (int i = 0; i < width; i++) {
                Taint cell = expressions.taint(row.get(i));
                if (taints.size() <= i) {
                    taints.add(cell);
                } else {
                    taints.set(i, taints.get(i).or(cell));
                }
            }
        }
        for (int i = 0; i < width; i++) {
            columns.add(new Rows.Column("COLUMN" + (i + 1), taints.get(i)));
        }
        return columns;
    }

    /** ORDER BY and LIMIT after brackets, VALUES or a set operation see only the result's columns. */
    private void after(Query query, List<Rows.Column> columns, @Nullable Scope outer, CommonTables visible) {
        if (query.orderBy().isEmpty() && query.limits().isEmpty()) {
            return;
        }
        Scope scope = new Scope(names, outer);
        scope.add(Rows.of(columns));
        ExprLineage expressions = new ExprLineage(this, scope, visible, Map.of());
        SelectLineage.order(query.orderBy(), columns, expressions, facts);
        expressions.predicates(query.limits());
    }

    /** The columns of a star. */
    List<Rows.Column> expand(Expr.Star star, Scope scope) {
        List<Rows.Column> columns = new ArrayList<>();
        if (star.qualifier().isEmpty()) {
            columns.addAll(scope.star());
        } else {
            List<Rows> sources = scope.starSources(star.qualifier());
            if (sources.isEmpty()) {
                Name last = star.qualifier().getLast();
                throw new SyntaxProblem(
                        "unknown table alias",
                        "No source is named " + names.fold(last) + ".",
                        "Check the alias before the star.",
                        star.at());
            }
            sources.forEach(rows -> columns.addAll(rows.columns()));
        }
        facts.width(columns.size());
        return StarExpansion.edit(columns, star.edits(), names);
    }
}
