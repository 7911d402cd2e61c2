package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a call reveals. Clearing is by shape: COUNT of rows or of a bare column, ranks over untainted order. */
final class FunctionLineage {
    private static final Set<String> RANKS =
            Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "PERCENT_RANK", "CUME_DIST");
    private static final Set<String> CHOICES =
            Set.of("IFF", "DECODE", "NVL2", "COALESCE", "NVL", "IFNULL", "ZEROIFNULL", "GREATEST", "LEAST");
    private static final Set<String> COMPARING = Set.of(
            "NULLIF",
            "NULLIFZERO",
            "EQUAL_NULL",
            "CONTAINS",
            "STARTSWITH",
            "ENDSWITH",
            "REGEXP_LIKE",
            "RLIKE",
            "LIKE",
            "ILIKE",
            "LIKE_ANY",
            "LIKE_ALL",
            "ILIKE_ANY",
            "ARRAY_CONTAINS",
            "ARRAYS_OVERLAP",
            "IS_NULL_VALUE",
            "BOOLAND",
            "BOOLOR",
            "BOOLXOR",
            "BOOLNOT",
            "COUNT_IF",
            "WIDTH_BUCKET",
            "SEARCH",
            "SEARCH_IP",
            "EDITDISTANCE",
            "JAROWINKLER_SIMILARITY",
            "SIGN",
            "REGR_VALX",
            "REGR_VALY",
            "BOOLAND_AGG",
            "BOOLOR_AGG",
            "CONDITIONAL_TRUE_EVENT",
            "CONDITIONAL_CHANGE_EVENT");
    private static final Set<String> ORDERED_BY_SECOND = Set.of("MIN_BY", "MAX_BY");
    /** What the second part picks shows the value of that part. */
    private static final Set<String> SUBSCRIPTS =
            Set.of("GET", "GET_PATH", "GET_IGNORE_CASE", "ARRAY_SLICE", "XMLGET", "OBJECT_PICK", "OBJECT_DELETE");

    private static final Set<String> PASSING = Set.of("MIN", "MAX", "COALESCE", "NVL", "IFNULL");

    private static final Set<String> PSEUDO = Set.of(
            "LEVEL",
            "METADATA$FILENAME",
            "METADATA$FILE_ROW_NUMBER",
            "METADATA$START_SCAN_TIME",
            "METADATA$FILE_LAST_MODIFIED",
            "METADATA$FILE_CONTENT_KEY",
            "METADATA$ACTION",
            "METADATA$ISUPDATE",
            "METADATA$ROW_ID");

    private final ExprLineage expressions;
    private final Facts facts;
    private final QueryLineageReader queries;

    FunctionLineage(ExprLineage expressions, Facts facts, QueryLineageReader queries) {
        this.expressions = expressions;
        this.facts = facts;
        this.queries = queries;
    }

    static boolean isPseudoColumn(String name) {
        return PSEUDO.contains(name.toUpperCase(Locale.ROOT));
    }

    /** Whether the result has the type of the arguments. */
    boolean yieldsArgument(Expr.Call call) {
        return PASSING.contains(call.function());
    }

    boolean yieldsNumber(Expr.Call call) {
        return Builtins.is(call.function(), "number");
    }

    Taint call(Expr.Call call, Map<String, Expr.Window> windows) {
        String name = call.function();
        if (!FunctionFacts.isBuiltin(call)) {
            List<Taint> given = arguments(call);
            Taint value = RoutineBodies.value(call, given, queries);
            if (value != null) {
                facts.functions.add(name);
                // also what it is given: a function of Snowflake's that our list lacks would win over it
                return Taint.of(List.of(Taint.of(given), value));
            }
        }
        boolean known = FunctionFacts.record(call, facts, queries);
        Taint window = window(call, windows);
        if (call.filter() != null) {
            window = Taint.of(List.of(window, expressions.predicate(call.filter())));
        }
        for (Expr order : call.orderBy()) {
            window = Taint.of(List.of(window, expressions.predicate(order)));
        }
        if (!known) {
            Taint all = Taint.of(List.of(window, Taint.of(arguments(call))));
            facts.predicate(all);
            return all.unknown();
        }
        if (call.name().size() == 1) {
            if (RANKS.contains(name)) {
                return cleared(Taint.of(List.of(window, Taint.of(arguments(call)))));
            }
            if (name.equals("COUNT")) {
                return count(call, cleared(window));
            }
            if (name.equals("GROUPING") || name.equals("GROUPING_ID")) {
                arguments(call);
                return Taint.NONE;
            }
        }
        Taint result = Taint.of(List.of(window, value(call, name)));
        if (FileContents.areRead(call, facts, queries.names())) {
            result = result.unknown();
        }
        boolean total = call.name().size() == 1 && (Builtins.is(name, "total") || Builtins.is(name, "aggregate"));
        return Builtins.is(name, "aggregate") ? aggregated(call, result) : total ? result : partial(result);
    }

    /** Masks leave NULL as it is, so what is NULL for some protected values only must not look different for them. */
    Taint partial(Taint taint) {
        return facts.touchesProtected(taint) ? taint.partial() : taint;
    }

    /** Places and counts say nothing of what orders them, as long as nothing of that is protected. */
    private Taint cleared(Taint taint) {
        return taint.isUnknown() || facts.touchesProtected(taint) ? taint : Taint.NONE;
    }

    private Taint aggregated(Expr.Call call, Taint result) {
        if (call.distinct()) {
            // the number of values decides the sum, as DISTINCT does in a query
            facts.read(result);
        }
        return result.aggregated();
    }

    private Taint value(Expr.Call call, String name) {
        List<Taint> parts;
        switch (name) {
            case "IFF" -> {
                parts = new ArrayList<>();
                for (int i = 0; i < call.arguments().size(); i++) {
                    Expr value = call.arguments().get(i).value();
                    parts.add(
                            i == 0
                                    ? expressions.predicate(value)
                                    : expressions.conditionally(List.of(value)).getFirst());
                }
            }
            case "DECODE", "NVL2" -> {
                parts = expressions.conditionally(values(call));
                int compared = name.equals("NVL2") ? 1 : parts.size();
                parts.stream().limit(compared).forEach(facts::predicate);
            }
            case "TRANSFORM", "FILTER", "REDUCE" -> parts = higherOrder(call, name);
            default -> {
                parts = CHOICES.contains(name) ? expressions.conditionally(values(call)) : arguments(call);
            }
        }
        Taint all = Taint.of(parts);
        if (COMPARING.contains(name)) {
            facts.predicate(all);
        }
        if (SUBSCRIPTS.contains(name)) {
            parts.stream().skip(1).forEach(facts::predicate);
        }
        if (ORDERED_BY_SECOND.contains(name) && parts.size() > 1) {
            facts.predicate(parts.get(1));
        }
        if (Builtins.is(name, "failing")) {
            for (int i = 0; i < parts.size(); i++) {
                if (i == 0) {
                    expressions.canFail(parts.get(0));
                } else {
                    facts.predicate(parts.get(i));
                }
            }
        }
        new FailingCalls(facts).check(call, parts);
        return all;
    }

    private Taint count(Expr.Call call, Taint window) {
        if (call.arguments().size() == 1 && call.arguments().getFirst().value() instanceof Expr.Star star) {
            Taint all = star(star);
            if (star.qualifier().isEmpty() && !call.distinct()) {
                return window;
            }
            facts.predicate(all);
            return Taint.of(List.of(window, star.qualifier().isEmpty() ? all : Taint.NONE));
        }
        List<Taint> parts = arguments(call);
        boolean bare = parts.stream().allMatch(t -> t.isNone() || t.bare()) && call.filter() == null;
        if (!bare) {
            Taint all = Taint.of(parts);
            facts.predicate(all);
            return Taint.of(List.of(window, all)).aggregated();
        }
        parts.forEach(facts::cardinality);
        return window;
    }

    private List<Taint> higherOrder(Expr.Call call, String name) {
        List<Taint> parts = new ArrayList<>();
        Taint input = Taint.NONE;
        for (Expr.Argument argument : call.arguments()) {
            if (argument.value() instanceof Expr.Lambda lambda) {
                Taint body = expressions.lambda(lambda, input);
                if (name.equals("FILTER")) {
                    facts.predicate(body);
                }
                parts.add(body);
            } else {
                Taint taint = expressions.taint(argument.value());
                input = Taint.of(List.of(input, taint));
                parts.add(taint);
            }
        }
        return parts;
    }

    private Taint window(Expr.Call call, Map<String, Expr.Window> windows) {
        Expr.Window over = call.over();
        if (over == null) {
            return Taint.NONE;
        }
        List<Taint> parts = new ArrayList<>();
        window(over, windows, parts, 0);
        return Taint.of(parts);
    }

    private void window(Expr.Window over, Map<String, Expr.Window> windows, List<Taint> parts, int depth) {
        Name named = over.named();
        if (named != null) {
            Expr.Window base = windows.get(named.value().toUpperCase(Locale.ROOT));
            if (base == null || depth > 10) {
                throw new SyntaxProblem(
                        "unknown window",
                        "The window is not defined in this query.",
                        "Define it in WINDOW, or write it out.",
                        named.at());
            }
            window(base, windows, parts, depth + 1);
        }
        over.partitionBy().forEach(e -> parts.add(expressions.predicate(e)));
        over.orderBy().forEach(e -> parts.add(expressions.predicate(e)));
        over.frame().forEach(e -> parts.add(expressions.predicate(e)));
    }

    private static List<Expr> values(Expr.Call call) {
        return call.arguments().stream().map(Expr.Argument::value).toList();
    }

    /** Taints of the arguments; stars count as all columns, date parts as nothing. */
    List<Taint> arguments(Expr.Call call) {
        List<Taint> result = new ArrayList<>();
        for (Expr.Argument argument : call.arguments()) {
            Expr value = argument.value();
            if (value instanceof Expr.Star star) {
                Taint all = star(star);
                facts.read(all);
                result.add(all);
            } else if (value instanceof Expr.Lambda lambda) {
                result.add(expressions.lambda(lambda, Taint.of(result)));
            } else if (value instanceof Expr.Column column && isDatePart(call.function(), column)) {
                result.add(Taint.NONE);
            } else {
                result.add(expressions.taint(value));
            }
        }
        return result;
    }

    private boolean isDatePart(String function, Expr.Column column) {
        return column.parts().size() == 1
                && Builtins.is(function, "date-part")
                && Builtins.isDatePart(column.parts().getFirst().value())
                && !expressions.scope().hasExact(column.parts());
    }

    private Taint star(Expr.Star star) {
        return Taint.of(queries.expand(star, expressions.scope()).stream()
                .map(Rows.Column::taint)
                .toList());
    }
}
