package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Columns of PIVOT, UNPIVOT and MATCH_RECOGNIZE. */
final class PivotLineage {
    private final QueryLineageReader queries;
    private final Namespace names;
    private final Facts facts;
    private final CommonTables tables;
    private final Scope outer;

    PivotLineage(QueryLineageReader queries, CommonTables tables, Scope outer) {
        this.queries = queries;
        this.names = queries.names();
        this.facts = queries.facts();
        this.tables = tables;
        this.outer = outer;
    }

    Rows pivot(Query.PivotSource pivot, Rows source) {
        ExprLineage expressions = over(source);
        Taint on = expressions.predicate(pivot.on());
        List<Taint> others = new ArrayList<>();
        pivot.others().forEach(other -> others.add(expressions.predicate(other)));
        if (pivot.dynamic()) {
            facts.flag("dynamic-pivot");
            others.add(on);
            judgeNames(Taint.of(others), pivot);
        }
        Set<String> used = new HashSet<>();
        used.add(names.fold(pivot.on().parts().getLast()));
        List<Taint> aggregates = new ArrayList<>();
        for (Query.Item item : pivot.aggregates()) {
            if (!(item.value() instanceof Expr.Call call)) {
                throw new SyntaxProblem(
                        "PIVOT without an aggregate",
                        "PIVOT needs an aggregate function.",
                        "Use SUM, MAX or another aggregate.",
                        pivot.at());
            }
            for (Expr.Argument argument : call.arguments()) {
                if (argument.value() instanceof Expr.Column column) {
                    used.add(names.fold(column.parts().getLast()));
                }
            }
            aggregates.add(Taint.of(List.of(expressions.taint(call), on)).aggregated());
        }
        List<Rows.Column> columns = new ArrayList<>();
        source.columns().stream().filter(c -> !used.contains(c.name())).forEach(column -> {
            facts.cardinality(column.taint());
            columns.add(column);
        });
        if (pivot.dynamic()) {
            Taint cells = Taint.of(aggregates).aggregated();
            columns.add(new Rows.Column(
                    Rows.REST, facts.flags.contains(StatementAnalysis.NAMES_UNKNOWN) ? cells.unknown() : cells));
        }
        for (Query.Item value : pivot.values()) {
            expressions.taint(value.value());
            for (int i = 0; i < aggregates.size(); i++) {
                columns.add(new Rows.Column(aggregates.size() == 1 ? valueName(value) : "", aggregates.get(i)));
            }
        }
        return Rows.of(columns);
    }

    /**
     * The values become names of columns, which no mask can hide. Of a table that the catalogue does not know that is said by a flag:
     * it may become known yet, and without it nobody is shown the result, not even after an approval with everything masked.
     */
    private void judgeNames(Taint taint, Query.PivotSource pivot) {
        if (!taint.isUnknown() && !facts.touchesProtected(taint)) {
            return;
        }
        boolean missing = !taint.origins().isEmpty()
                && taint.origins().stream()
                        .filter(facts::isProtected)
                        .allMatch(origin -> names.find(origin.object()).isEmpty());
        if (missing) {
            facts.flag(StatementAnalysis.NAMES_UNKNOWN);
        } else {
            throw new SyntaxProblem(
                    "PIVOT that makes names from protected values",
                    "Protected values would become the names of columns.",
                    "List the values in PIVOT … IN ('a', 'b'), or pivot on another column.",
                    pivot.at());
        }
    }

    private String valueName(Query.Item value) {
        Name alias = value.alias();
        if (alias != null) {
            return names.fold(alias);
        }
        return value.value() instanceof Expr.Literal literal && literal.token() != null
                ? literal.token().text()
                : "";
    }

    Rows unpivot(Query.UnpivotSource unpivot, Rows source) {
        ExprLineage expressions = over(source);
        Set<String> used = new HashSet<>();
        Taint value = expressions.taint(unpivot.columns().getFirst().value());
        for (Query.Item item : unpivot.columns()) {
            value = value.or(expressions.taint(item.value()));
            used.add(names.fold(((Expr.Column) item.value()).parts().getLast()));
        }
        // rows of empty values are left out: their number shows which values exist
        facts.predicate(value);
        List<Rows.Column> columns = new ArrayList<>();
        source.columns().stream().filter(c -> !used.contains(c.name())).forEach(columns::add);
        columns.add(new Rows.Column(names.fold(unpivot.name()), Taint.NONE));
        columns.add(
                new Rows.Column(names.fold(unpivot.value()), new Taint(value.origins(), value.derivation(), false)));
        return Rows.of(columns);
    }

    /** Not modelled: every column can reveal every column that is named anywhere in it. */
    Rows match(Query.MatchSource match, Rows source) {
        Taint all = mentioned(match, source).derived();
        facts.predicate(all);
        facts.read(all);
        facts.flag("match-recognize");
        List<Rows.Column> columns = new ArrayList<>();
        if (match.allRows()) {
            source.columns().forEach(c -> columns.add(c.withTaint(Taint.of(List.of(c.taint(), all)))));
        } else {
            for (Expr partition : match.partition()) {
                columns.add(new Rows.Column(
                        partition instanceof Expr.Column c
                                ? names.fold(c.parts().getLast())
                                : "",
                        all));
            }
        }
        for (Query.Item item : match.measures()) {
            Name alias = item.alias();
            columns.add(new Rows.Column(alias == null ? "" : names.fold(alias), all));
        }
        return Rows.of(columns);
    }

    private Taint mentioned(Query.MatchSource match, Rows source) {
        List<Name> mentioned = match.mentioned();
        if (mentioned.isEmpty() || Rows.hasRest(source.columns())) {
            return source.all();
        }
        Set<String> folded = mentioned.stream().map(names::fold).collect(Collectors.toSet());
        return Taint.of(source.columns().stream()
                .filter(column -> column.name().isEmpty() || folded.contains(column.name()))
                .map(Rows.Column::taint)
                .toList());
    }

    private ExprLineage over(Rows source) {
        Scope scope = new Scope(names, outer);
        scope.add(source);
        return new ExprLineage(queries, scope, tables, Map.of());
    }
}
