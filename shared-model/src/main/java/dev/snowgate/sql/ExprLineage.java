package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an expression reveals, and what it decides on the way: comparisons, conditions, errors that depend on values. */
final class ExprLineage {
    private static final Set<String> TEXT_TYPES = Set.of(
            "VARCHAR",
            "STRING",
            "TEXT",
            "CHAR",
            "CHARACTER",
            "NCHAR",
            "NVARCHAR",
            "NVARCHAR2",
            "VARCHAR2",
            "CHARVARYING",
            "VARIANT",
            "ARRAY",
            "OBJECT");
    /** Flag of a query without FROM that names a column. */
    static final String UNKNOWN_COLUMN = "unknown-column";

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");
    private static final int SAFE_DIGITS = 12;
    private static final int GROWING_DIGITS = 4;

    private final QueryLineageReader queries;
    private final Facts facts;
    private final Scope scope;
    private final CommonTables tables;
    private final FunctionLineage functions;
    private final Map<String, Expr.Window> windows;
    private int conditional;

    ExprLineage(QueryLineageReader queries, Scope scope, CommonTables tables, Map<String, Expr.Window> windows) {
        this.queries = queries;
        this.facts = queries.facts();
        this.scope = scope;
        this.tables = tables;
        this.windows = windows;
        this.functions = new FunctionLineage(this, facts, queries);
    }

    private ExprLineage(ExprLineage outer, Scope inner) {
        this(outer.queries, inner, outer.tables, outer.windows);
        this.conditional = outer.conditional;
    }

    Scope scope() {
        return scope;
    }

    Namespace names() {
        return queries.names();
    }

    /** Marks the value as one that decides rows, order, errors or counts. */
    Taint predicate(Expr expression) {
        Taint taint = taint(expression);
        facts.predicate(taint);
        return taint;
    }

    void predicates(List<Expr> expressions) {
        expressions.forEach(this::predicate);
    }

    /** What the value reveals. */
    Taint taint(Expr expression) {
        facts.work(1);
        return switch (expression) {
            case Expr.Literal ignored -> Taint.NONE;
            case Expr.Bind bind -> bind(bind);
            case Expr.Variable variable -> variable(variable);
            case Expr.Column column -> column(column);
            case Expr.Positional positional -> {
                Taint taint = scope.positional(positional.qualifier(), positional.index(), positional.at());
                facts.read(taint);
                yield taint;
            }
            case Expr.Operator operator -> operator(operator);
            case Expr.Case choice -> choice(choice);
            case Expr.Cast cast -> cast(cast);
            case Expr.Access access -> access(access);
            case Expr.Call call -> functions.call(call, windows);
            case Expr.Lambda lambda -> lambda(lambda, Taint.NONE);
            case Expr.Subquery subquery -> subquery(subquery);
            case Expr.Star star ->
                throw new SyntaxProblem(
                        "star in an expression",
                        "A star can stand only in a select list or a call.",
                        "Name the columns.",
                        star.at());
        };
    }

    List<Taint> taints(List<Expr> expressions) {
        List<Taint> result = new ArrayList<>();
        expressions.forEach(e -> result.add(taint(e)));
        return result;
    }

    /** A bind of the request is the agent's own value; inside a script it is a variable of it. */
    private Taint bind(Expr.Bind bind) {
        ScriptVariables script = queries.script();
        if (script == null && scope.inRoutine()) {
            Taint argument = bind.name().isEmpty()
                    ? null
                    : scope.argument(names().fold(new Name(bind.name(), bind.quoted(), bind.at())));
            return argument == null ? Taint.UNKNOWN : argument;
        }
        if (script == null
                || bind.name().isEmpty()
                || Character.isDigit(bind.name().charAt(0))) {
            return Taint.NONE;
        }
        String name = names().fold(new Name(bind.name(), bind.quoted(), bind.at()));
        Rows row = script.rows(name);
        if (row != null) {
            facts.read(row.all());
            return row.all();
        }
        if (script.untraced().contains(name)) {
            return Taint.UNKNOWN;
        }
        Taint taint = script.values().getOrDefault(name, Taint.UNKNOWN);
        facts.read(taint);
        return taint;
    }

    private Taint variable(Expr.Variable variable) {
        facts.flag("session-variable");
        return queries.variables().getOrDefault(variable.name().toUpperCase(Locale.ROOT), Taint.UNKNOWN);
    }

    private Taint column(Expr.Column column) {
        Taint found = scope.find(column.parts());
        if (found == null) {
            Name last = column.parts().getLast();
            if (column.parts().size() > 1 && last.value().equalsIgnoreCase("NEXTVAL")) {
                facts.flag("sequence");
                return Taint.NONE;
            }
            if (column.parts().size() == 1 && !last.quoted() && FunctionLineage.isPseudoColumn(last.value())) {
                return Taint.NONE;
            }
            if (!scope.hasSources()) {
                // there is no row that it could come from: Snowflake refuses it, and here nothing is known of it
                facts.flag(UNKNOWN_COLUMN);
                return Taint.UNKNOWN;
            }
            found = scope.column(column.parts());
        }
        facts.read(found);
        return found;
    }

    private Taint operator(Expr.Operator operator) {
        List<Taint> operands = operator.name().equals("OBJECT") ? objectParts(operator) : taints(operator.operands());
        Taint all = Taint.of(operands);
        switch (operator.name()) {
            case "AND", "OR", "NOT", "||", "unary -", "unary +", "TUPLE", "ARRAY", "OBJECT", "AT TIME ZONE" -> {}
            case "+", "-", "*", "/", "%" -> arithmetic(operator, operands, all);
            case "=",
                    "!=",
                    "<>",
                    "<",
                    ">",
                    "<=",
                    ">=",
                    "IN",
                    "LIKE",
                    "ILIKE",
                    "RLIKE",
                    "REGEXP",
                    "BETWEEN",
                    "IS",
                    "IS DISTINCT" -> facts.predicate(all);
            default ->
                throw new SyntaxProblem(
                        "operator " + operator.name(),
                        "The operator is not understood here.",
                        "Use a plain operator.",
                        operator.at());
        }
        return all;
    }

    private List<Taint> objectParts(Expr.Operator object) {
        List<Taint> parts = new ArrayList<>();
        for (Expr part : object.operands()) {
            parts.add(
                    part instanceof Expr.Star star
                            ? Taint.of(queries.expand(star, scope).stream()
                                    .map(Rows.Column::taint)
                                    .toList())
                            : taint(part));
        }
        return parts;
    }

    /** Division by, overflow with and deep products of a protected value fail or not depending on it: an oracle. */
    private void arithmetic(Expr.Operator operator, List<Taint> operands, Taint all) {
        if (all.isNone()) {
            return;
        }
        boolean divides = operator.name().equals("/") || operator.name().equals("%");
        boolean divisor = divides && operands.stream().skip(1).anyMatch(t -> !t.isNone());
        boolean huge = operator.operands().stream().anyMatch(ExprLineage::isHuge)
                || operator.name().equals("*")
                        && operands.stream().filter(t -> !t.isNone()).count() > 3
                || operator.name().equals("*") && operator.operands().size() > 5;
        if (divisor || huge || grows(operator, operands) || divides && conditional > 0) {
            facts.predicate(all);
        }
    }

    /** A product that was multiplied before: with chosen factors it overflows from a chosen value on. */
    private boolean grows(Expr.Operator operator, List<Taint> operands) {
        List<Taint> secret = operands.stream().filter(facts::touchesProtected).toList();
        if (secret.stream().allMatch(Taint::bare)) {
            return false;
        }
        return switch (operator.name()) {
            case "*" ->
                secret.size() > 1
                        || operator.operands().stream().anyMatch(e -> isLonger(e, GROWING_DIGITS, SAFE_DIGITS));
            case "/" -> operator.operands().stream().skip(1).anyMatch(e -> isLonger(e, SAFE_DIGITS, GROWING_DIGITS));
            default -> false;
        };
    }

    private static boolean isHuge(Expr expression) {
        return isLonger(expression, SAFE_DIGITS, SAFE_DIGITS);
    }

    private static boolean isLonger(Expr expression, int before, int after) {
        if (!(expression instanceof Expr.Literal literal) || !literal.isNumber() || literal.token() == null) {
            return false;
        }
        String text = literal.token().text();
        int point = text.indexOf('.');
        return text.indexOf('e') >= 0
                || text.indexOf('E') >= 0
                || (point < 0 ? text.length() : point) > before
                || point >= 0 && text.length() - point > after;
    }

    private Taint choice(Expr.Case choice) {
        List<Taint> parts = new ArrayList<>();
        choice.conditions().forEach(condition -> parts.add(predicate(condition)));
        parts.addAll(conditionally(choice.results()));
        return Taint.of(parts);
    }

    /** Values of which some are not computed: whether they fail shows which. */
    List<Taint> conditionally(List<Expr> branches) {
        conditional++;
        try {
            return taints(branches);
        } finally {
            conditional--;
        }
    }

    /** An operation that fails for some values: harmless on a plain column, an oracle on one that was prepared. */
    void canFail(Taint operand) {
        if (!operand.bare() || conditional > 0 || comparesWhileReading()) {
            facts.predicate(operand);
        }
    }

    /** Whether the session was opened with formats that hold texts, with which every conversion compares. */
    private boolean comparesWhileReading() {
        return names().context().parameters().entrySet().stream()
                .anyMatch(parameter -> parameter.getKey().endsWith("_INPUT_FORMAT")
                        && !FailingCalls.isPlainFormat(parameter.getValue()));
    }

    private Taint cast(Expr.Cast cast) {
        Taint operand = taint(cast.operand());
        if (!cast.attempt() && !TEXT_TYPES.contains(cast.type())) {
            if (!(cast.operand() instanceof Expr.Access) || conditional > 0) {
                canFailUnlessCalculated(cast.operand(), operand);
            }
            if (cast.narrow() && !isPlain(cast.operand())) {
                canFail(operand);
            }
        }
        return cast.attempt() ? functions.partial(operand.derived()) : operand.derived();
    }

    private void canFailUnlessCalculated(Expr source, Taint operand) {
        if (conditional > 0 || !isNumber(source)) {
            canFail(operand);
        }
    }

    /** A number by its shape, whatever it is computed from. */
    private boolean isNumber(Expr source) {
        return source instanceof Expr.Operator o && ARITHMETIC.contains(o.name())
                || source instanceof Expr.Call call
                        && functions.yieldsNumber(call)
                        && (!functions.yieldsArgument(call)
                                || call.arguments().stream()
                                        .map(Expr.Argument::value)
                                        .allMatch(value -> value instanceof Expr.Column
                                                || value instanceof Expr.Literal
                                                || isNumber(value)));
    }

    /** A number as it is stored, averaged or rounded: nobody chose which values fit into a narrow type. */
    private boolean isPlain(Expr source) {
        return source instanceof Expr.Column
                || source instanceof Expr.Literal
                || source instanceof Expr.Call call
                        && functions.yieldsNumber(call)
                        && call.arguments().stream().map(Expr.Argument::value).allMatch(this::isPlain);
    }

    private Taint access(Expr.Access access) {
        Taint base = taint(access.base());
        List<Taint> parts = new ArrayList<>(List.of(base));
        for (Expr subscript : access.subscripts()) {
            Taint index = taint(subscript);
            facts.predicate(index);
            parts.add(index);
        }
        if (conditional > 0 && !access.subscripts().isEmpty()) {
            facts.predicate(base);
        }
        return functions.partial(Taint.of(parts));
    }

    Taint lambda(Expr.Lambda lambda, Taint input) {
        Map<String, Taint> parameters = new HashMap<>();
        for (Name parameter : lambda.parameters()) {
            parameters.put(queries.names().fold(parameter), input.derived());
        }
        ExprLineage inner = new ExprLineage(this, scope.withParameters(parameters));
        return inner.taint(lambda.body());
    }

    private Taint subquery(Expr.Subquery subquery) {
        List<Rows.Column> columns = queries.query(subquery.query(), scope, tables);
        if (subquery.exists()) {
            return Taint.NONE;
        }
        if (columns.size() == 1) {
            return columns.getFirst().taint();
        }
        return Taint.of(columns.stream().map(Rows.Column::taint).toList());
    }
}
