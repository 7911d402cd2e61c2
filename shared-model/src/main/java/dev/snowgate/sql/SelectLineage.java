package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One SELECT: its sources, its columns, and which values decide its rows. */
final class SelectLineage {
    private final QueryLineageReader queries;
    private final Namespace names;
    private final Facts facts;
    private final @Nullable Scope outer;
    private final CommonTables tables;

    SelectLineage(QueryLineageReader queries, @Nullable Scope outer, CommonTables tables) {
        this.queries = queries;
        this.names = queries.names();
        this.facts = queries.facts();
        this.outer = outer;
        this.tables = tables;
    }

    List<Rows.Column> select(Query.Select select, List<Expr> orderBy, List<Expr> limits) {
        Scope scope = new Scope(names, outer);
        FromLineage sources = new FromLineage(queries, scope, tables);
        select.from().forEach(sources::add);
        ExprLineage expressions = new ExprLineage(queries, scope, tables, select.windows());
        List<Rows.Column> columns = items(select, scope, expressions);
        expressions.predicates(select.conditions());
        group(select, columns, expressions);
        if (select.having() != null) {
            expressions.predicate(select.having());
        }
        if (select.qualify() != null) {
            expressions.predicate(select.qualify());
        }
        expressions.predicates(select.limits());
        if (select.distinct()) {
            columns.forEach(column -> facts.cardinality(column.taint()));
        }
        order(orderBy, columns, expressions, facts);
        expressions.predicates(limits);
        return columns;
    }

    /** Items see aliases of earlier ones, and Snowflake lets them see later ones too: repeat until every name is found. */
    private List<Rows.Column> items(Query.Select select, Scope scope, ExprLineage expressions) {
        Map<Query.Item, List<Rows.Column>> done = new IdentityHashMap<>();
        List<Query.Item> open = new ArrayList<>(select.items());
        SyntaxProblem last = null;
        Set<String> aliases = new HashSet<>();
        select.items().forEach(item -> {
            Name alias = item.alias();
            if (alias != null) {
                aliases.add(names.fold(alias));
            }
        });
        scope.pending(aliases);
        boolean hiding = true;
        while (!open.isEmpty()) {
            List<Query.Item> failed = new ArrayList<>();
            for (Query.Item item : open) {
                try {
                    List<Rows.Column> columns = item(item, scope, expressions);
                    done.put(item, columns);
                    Name alias = item.alias();
                    if (alias != null) {
                        scope.alias(names.fold(alias), columns.getFirst().taint());
                    }
                } catch (SyntaxProblem problem) {
                    if (!problem.construct().equals("unknown column")) {
                        throw problem;
                    }
                    last = last == null ? problem : last;
                    failed.add(item);
                }
            }
            if (failed.size() == open.size() && last != null) {
                if (!hiding) {
                    throw last;
                }
                hiding = false;
                scope.pending(Set.of());
            }
            last = null;
            open = failed;
        }
        List<Rows.Column> columns = new ArrayList<>();
        select.items().forEach(item -> columns.addAll(done.get(item)));
        return columns;
    }

    private List<Rows.Column> item(Query.Item item, Scope scope, ExprLineage expressions) {
        Expr value = item.value();
        if (value instanceof Expr.Star star) {
            return star(star, scope, expressions);
        }
        Taint taint = expressions.taint(value);
        return List.of(new Rows.Column(name(item), taint));
    }

    private List<Rows.Column> star(Expr.Star star, Scope scope, ExprLineage expressions) {
        if (scope.sources().isEmpty() && star.qualifier().isEmpty()) {
            throw new SyntaxProblem(
                    "star without a source", "A star needs a source in FROM.", "Name a table in FROM.", star.at());
        }
        Map<String, Taint> replaced = new HashMap<>();
        for (Expr.Replacement replacement : star.edits().replace()) {
            replaced.put(names.fold(replacement.column()), expressions.taint(replacement.value()));
        }
        List<Rows.Column> columns = new ArrayList<>();
        List<Rows.Column> expanded =
                queries.expand(new Expr.Star(star.qualifier(), withoutRename(star.edits()), star.at()), scope);
        for (Rows.Column column : expanded) {
            // which of the unknown columns are replaced is not known
            Taint other = column.isRest() && !replaced.isEmpty()
                    ? column.taint()
                            .or(Taint.of(List.copyOf(replaced.values())))
                            .unknown()
                    : replaced.get(column.name());
            columns.add(other == null ? column : column.withTaint(other));
        }
        return StarExpansion.edit(
                columns,
                new Expr.StarEdits(null, List.of(), List.of(), star.edits().rename()),
                names);
    }

    private static Expr.StarEdits withoutRename(Expr.StarEdits edits) {
        return new Expr.StarEdits(edits.like(), edits.exclude(), edits.replace(), List.of());
    }

    private String name(Query.Item item) {
        Name alias = item.alias();
        if (alias != null) {
            return names.fold(alias);
        }
        return switch (item.value()) {
            case Expr.Column column -> names.fold(column.parts().getLast());
            case Expr.Positional positional -> "$" + positional.index();
            default -> "";
        };
    }

    private void group(Query.Select select, List<Rows.Column> columns, ExprLineage expressions) {
        if (select.groupByAll()) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).taint().derivation() != OutputColumn.Derivation.AGGREGATED) {
                    facts.cardinality(columns.get(i).taint());
                }
            }
        }
        for (Expr expression : select.groupBy()) {
            Integer position = position(expression, columns);
            if (position != null) {
                facts.cardinality(Rows.of(columns).at(position - 1));
            } else if (expression instanceof Expr.Operator tuple && tuple.name().equals("TUPLE")) {
                expressions.taints(tuple.operands()).forEach(facts::cardinality);
            } else {
                facts.cardinality(expressions.taint(expression));
            }
        }
    }

    static void order(List<Expr> orderBy, List<Rows.Column> columns, ExprLineage expressions, Facts facts) {
        for (Expr expression : orderBy) {
            Integer position = position(expression, columns);
            if (position != null) {
                facts.predicate(Rows.of(columns).at(position - 1));
            } else if (expression instanceof Expr.Operator all && all.name().equals("ORDER ALL")) {
                columns.forEach(column -> facts.predicate(column.taint()));
            } else if (expression instanceof Expr.Column column
                    && column.parts().size() == 1
                    && named(columns, column, expressions)) {
                columns.stream()
                        .filter(c -> c.name()
                                .equals(expressions.names().fold(column.parts().getFirst())))
                        .forEach(c -> facts.predicate(c.taint()));
            } else {
                expressions.predicate(expression);
            }
        }
    }

    /** A plain name in ORDER BY is a result column first. */
    private static boolean named(List<Rows.Column> columns, Expr.Column column, ExprLineage expressions) {
        String name = expressions.names().fold(column.parts().getFirst());
        return columns.stream().anyMatch(c -> c.name().equals(name));
    }

    private static @Nullable Integer position(Expr expression, List<Rows.Column> columns) {
        int width = Rows.hasRest(columns) ? Integer.MAX_VALUE : columns.size();
        if (expression instanceof Expr.Literal literal && literal.isNumber()) {
            Token token = literal.token();
            if (token != null
                    && token.text().length() < 6
                    && token.text().chars().allMatch(Character::isDigit)) {
                int position = Integer.parseInt(token.text());
                if (position >= 1 && position <= width) {
                    return position;
                }
            }
        }
        return null;
    }
}
