package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the sources of a FROM into a scope, from left to right, and judges what joins compare. */
final class FromLineage {
    /** What CHANGES says of each row beside its values. */
    private static final List<String> CHANGE_COLUMNS =
            List.of("METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID");

    private final QueryLineageReader queries;
    private final Facts facts;
    private final Namespace names;
    private final Scope scope;
    private final CommonTables tables;

    FromLineage(QueryLineageReader queries, Scope scope, CommonTables tables) {
        this.queries = queries;
        this.facts = queries.facts();
        this.names = queries.names();
        this.scope = scope;
        this.tables = tables;
    }

    void add(Query.From from) {
        if (from instanceof Query.JoinedSource joined) {
            add(joined.first());
            joined.joins().forEach(this::join);
            return;
        }
        scope.add(rows(from));
    }

    private void join(Query.Join join) {
        List<Rows.Column> left = scope.star();
        List<Rows> before = List.copyOf(scope.sources());
        scope.star(List.of());
        add(join.right());
        List<Rows.Column> right = scope.star();
        List<Rows> added =
                scope.sources().subList(before.size(), scope.sources().size());
        Set<String> common = new LinkedHashSet<>();
        join.using().forEach(name -> common.add(names.fold(name)));
        if (join.natural() && (Rows.hasRest(left) || Rows.hasRest(right))) {
            // any column may be compared with any, and which of them fall together is not known
            Taint all = Rows.of(left).all().or(Rows.of(right).all());
            facts.predicate(all);
            scope.star(List.of(new Rows.Column(Rows.REST, all.unknown())));
            return;
        }
        if (join.natural()) {
            left.stream()
                    .map(Rows.Column::name)
                    .filter(n -> !n.isEmpty()
                            && right.stream().anyMatch(r -> r.name().equals(n)))
                    .forEach(common::add);
        }
        List<Rows.Column> merged = new ArrayList<>();
        for (String name : common) {
            Taint a = column(left, name, join);
            Taint b = column(right, name, join);
            facts.predicate(a);
            facts.predicate(b);
            Taint both = a.or(b);
            merged.add(new Rows.Column(name, both));
        }
        List<Rows.Column> star = new ArrayList<>(merged);
        left.stream().filter(c -> !common.contains(c.name())).forEach(star::add);
        right.stream().filter(c -> !common.contains(c.name())).forEach(star::add);
        scope.star(star);
        if (added.isEmpty()) {
            throw new SyntaxProblem("join", "The join has no right side.", "Write the join out.", -1);
        }
        expressions().predicates(join.on());
    }

    private static Taint column(List<Rows.Column> columns, String name, Query.Join join) {
        Taint found = null;
        for (Rows.Column column : columns) {
            if (column.name().equals(name)) {
                found = found == null ? column.taint() : found.or(column.taint());
            }
        }
        if (found == null) {
            found = Rows.of(columns).rest();
        }
        if (found == null) {
            int at = join.using().isEmpty() ? -1 : join.using().getFirst().at();
            throw new SyntaxProblem(
                    "unknown column",
                    "The column " + name + " of USING is not known on both sides.",
                    "Check the name.",
                    at);
        }
        return found;
    }

    private ExprLineage expressions() {
        return new ExprLineage(queries, scope, tables, Map.of());
    }

    private Rows rows(Query.From from) {
        return switch (from) {
            case Query.TableSource table -> table(table);
            case Query.DerivedSource derived ->
                aliased(Rows.of(queries.query(derived.query(), scope, tables)), derived.alias());
            case Query.FunctionSource function ->
                aliased(TableFunctions.rows(function.call(), expressions(), queries), function.alias());
            case Query.StageSource stage -> aliased(stage(stage), stage.alias());
            case Query.StepSource step -> step(step);
            case Query.ResultSource result -> result(result);
            case Query.SemanticSource view -> aliased(semantic(view), view.alias());
            case Query.PivotSource pivot ->
                aliased(new PivotLineage(queries, tables, scope).pivot(pivot, rowsOf(pivot.source())), pivot.alias());
            case Query.UnpivotSource unpivot ->
                aliased(
                        new PivotLineage(queries, tables, scope).unpivot(unpivot, rowsOf(unpivot.source())),
                        unpivot.alias());
            case Query.MatchSource match ->
                aliased(new PivotLineage(queries, tables, scope).match(match, rowsOf(match.source())), match.alias());
            case Query.JoinedSource joined -> rowsOf(joined);
        };
    }

    /** The rows of a source that is not put into this scope itself. */
    private Rows rowsOf(Query.From from) {
        Scope inner = new Scope(names, scope);
        new FromLineage(queries, inner, tables).add(from);
        Rows only = inner.sources().size() == 1 ? inner.sources().getFirst() : Rows.of(inner.star());
        return new Rows(only.alias(), only.object(), inner.star());
    }

    /** What files hold is not known, and neither is how many columns they have. */
    private Rows stage(Query.StageSource stage) {
        facts.flag("stage-read");
        FileStatements.stage(facts, names, stage.location(), stage.at(), Effect.READ);
        return Rows.unknown(Taint.UNKNOWN);
    }

    private Rows step(Query.StepSource step) {
        if (step.back() < 1 || step.back() > queries.steps().size()) {
            throw new SyntaxProblem(
                    "$" + step.back() + " as a source",
                    "There is no earlier step with that number.",
                    "Name a table in FROM.",
                    step.at());
        }
        return aliased(queries.steps().get(step.back() - 1), step.alias());
    }

    /** Which columns a semantic view computes from is not known. */
    private Rows semantic(Query.SemanticSource view) {
        ObjectName name = names.lookup(view.name());
        facts.object(name, ObjectKind.OTHER, Effect.READ, names.find(name).isPresent());
        facts.flag("semantic-view");
        return Rows.unknown(Taint.UNKNOWN);
    }

    /** A result set of the script. */
    private Rows result(Query.ResultSource result) {
        ScriptVariables script = queries.script();
        String name = names.fold(result.name());
        if (script == null || !script.isResult(name)) {
            // a variable of that name would give the table's name, which only the run knows
            throw new SyntaxProblem(
                    "TABLE(variable)",
                    "TABLE names no result set of the script, so which table is read is not known.",
                    "Write the table's name in the statement.",
                    result.name().at());
        }
        Rows rows = script.rows(name);
        if (rows == null) {
            throw new SyntaxProblem(
                    "result set that cannot be traced",
                    "The columns of the result set " + name + " are not known.",
                    "Give the result set one query only.",
                    result.name().at());
        }
        return aliased(rows, result.alias());
    }

    private Rows aliased(Rows rows, Query.@Nullable Alias alias) {
        if (alias == null) {
            return rows.alias().isEmpty() ? rows : rows.named(rows.alias());
        }
        return rows.renamed(alias.columns().stream().map(names::fold).toList()).named(names.fold(alias.name()));
    }

    private Rows table(Query.TableSource table) {
        List<Name> parts = table.name();
        if (table.timeTravel()) {
            facts.flag("time-travel");
            expressions().predicates(table.travel());
        }
        if (parts.size() == 1) {
            Rows common = tables.find(names.fold(parts.getFirst()));
            if (common != null && table.timeTravel()) {
                throw new SyntaxProblem(
                        "time travel on a common table expression",
                        "Whether the name means the expression or a table of that name is not known.",
                        "Write the time travel inside of the expression.",
                        parts.getFirst().at());
            }
            if (common != null) {
                return aliased(common, table.alias());
            }
        }
        Rows rows = queries.views().table(parts, queries);
        if (table.timeTravel()
                && !Rows.hasRest(rows.columns())
                && rows.columns().stream().anyMatch(c -> c.taint().isUnknown())) {
            throw new SyntaxProblem(
                    "time travel on an opaque object",
                    "The past of this object cannot be traced.",
                    "Read it without time travel.",
                    parts.getFirst().at());
        }
        if (table.timeTravel()) {
            rows = past(rows);
        }
        return table.alias() == null ? rows : aliased(rows, table.alias());
    }

    /**
     * The rows of an object as it was. A column that is named is the one of that name, as for a table of today. But the object may have
     * had columns that are gone by now, in another order, or CHANGES adds its own: what a star stands for, what lies at a place, and
     * what a name means that is not known today cannot be said. So an unknown number of unknown columns comes first, and it counts as
     * protected, whatever is known of today's columns.
     */
    private Rows past(Rows rows) {
        ObjectName object = rows.object();
        if (object == null || Rows.hasRest(rows.columns())) {
            return Rows.hasRest(rows.columns())
                    ? rows
                    : new Rows(rows.alias(), null, unknownFirst(Taint.UNKNOWN, rows));
        }
        ColumnName any = new ColumnName(object, ColumnName.ANY);
        facts.opaque(any);
        return new Rows(rows.alias(), object, unknownFirst(Taint.column(any), rows));
    }

    private static List<Rows.Column> unknownFirst(Taint any, Rows rows) {
        List<Rows.Column> columns = new ArrayList<>();
        columns.add(new Rows.Column(Rows.REST, any.or(rows.all()).unknown()));
        columns.addAll(rows.columns());
        CHANGE_COLUMNS.forEach(name -> columns.add(new Rows.Column(name, Taint.NONE)));
        return columns;
    }

    /** A column of a table that a statement writes or reads directly. */
    static Rows.Column bare(ColumnName column) {
        return new Rows.Column(column.column(), Taint.column(column));
    }
}
