package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls with all that Snowflake allows in and after their brackets, and lambdas. */
final class CallParser {
    /** Reserved words that also name functions. */
    private static final Set<String> CALL_WORDS = Set.of(
            "LEFT", "RIGHT", "INSERT", "LIKE", "ILIKE", "RLIKE", "REGEXP", "ANY", "ALL", "GROUPING", "SET", "ROW");

    private final Cursor c;
    private final ExprParser expressions;
    private final QueryParser queries;

    CallParser(Cursor cursor, ExprParser expressions, QueryParser queries) {
        this.c = cursor;
        this.expressions = expressions;
        this.queries = queries;
    }

    boolean isCallWord() {
        return c.peek(1).is("(") && CALL_WORDS.contains(c.peek().word());
    }

    /** Takes a call whose name was taken. */
    Expr.Call call(List<Name> name, int start) {
        c.enter();
        String function = name.size() == 1 && !name.getFirst().quoted()
                ? name.getFirst().value().toUpperCase(Locale.ROOT)
                : "";
        c.expect("(");
        boolean distinct = c.accept("DISTINCT");
        if (!distinct && c.sees("ALL") && !c.peek(1).is(",") && !c.peek(1).is(")")) {
            c.next();
        }
        List<Expr.Argument> arguments = new ArrayList<>();
        List<Expr> order = new ArrayList<>();
        while (!c.sees(")")) {
            argument(function, arguments);
            if (c.seesAny("IGNORE", "RESPECT") && c.peek(1).is("NULLS")) {
                c.next();
                c.next();
            }
            if (c.accept("ORDER", "BY")) {
                order.addAll(queries.orderItems());
            }
            if (!c.accept(",")) {
                break;
            }
        }
        c.expect(")");
        Expr filter = after(order);
        Expr.Window over = over();
        c.leave();
        return new Expr.Call(
                name,
                arguments,
                distinct,
                order,
                filter,
                over,
                start,
                c.peek(-1).end());
    }

    private @Nullable Expr after(List<Expr> order) {
        Expr filter = null;
        while (true) {
            if (c.accept("WITHIN", "GROUP")) {
                c.expect("(", "ORDER", "BY");
                order.addAll(queries.orderItems());
                c.expect(")");
            } else if (c.sees("FILTER") && c.peek(1).is("(")) {
                c.expect("FILTER", "(", "WHERE");
                filter = expressions.expression();
                c.expect(")");
            } else if (c.seesAny("IGNORE", "RESPECT") && c.peek(1).is("NULLS")) {
                c.next();
                c.next();
            } else if (c.sees("FROM")
                    && (c.peek(1).is("FIRST") || c.peek(1).is("LAST"))
                    && (c.peek(2).is("OVER")
                            || c.peek(2).is("IGNORE")
                            || c.peek(2).is("RESPECT"))) {
                c.next();
                c.next();
            } else {
                return filter;
            }
        }
    }

    private Expr.@Nullable Window over() {
        if (!c.sees("OVER")) {
            return null;
        }
        if (c.peek(1).isName()) {
            c.next();
            return new Expr.Window(c.name(), List.of(), List.of(), List.of());
        }
        if (!c.peek(1).is("(")) {
            return null;
        }
        c.next();
        return window();
    }

    /** Takes a window in brackets. */
    Expr.Window window() {
        c.expect("(");
        Name named = null;
        if (c.peek().isName() && !c.seesAny("PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS")) {
            named = c.name();
        }
        List<Expr> partition = new ArrayList<>();
        if (c.accept("PARTITION", "BY")) {
            do {
                partition.add(expressions.expression());
            } while (c.accept(","));
        }
        List<Expr> order = c.accept("ORDER", "BY") ? queries.orderItems() : List.of();
        List<Expr> frame = new ArrayList<>();
        if (c.acceptAny("ROWS", "RANGE", "GROUPS")) {
            boolean between = c.accept("BETWEEN");
            bound(frame);
            if (between) {
                c.expect("AND");
                bound(frame);
            }
            if (c.accept("EXCLUDE")) {
                c.next();
                c.acceptAny("ROW", "OTHERS");
            }
        }
        c.expect(")");
        return new Expr.Window(named, partition, order, frame);
    }

    private void bound(List<Expr> frame) {
        if (c.accept("UNBOUNDED") || c.accept("CURRENT", "ROW")) {
            c.acceptAny("PRECEDING", "FOLLOWING");
            return;
        }
        frame.add(expressions.concatenation());
        if (!c.acceptAny("PRECEDING", "FOLLOWING")) {
            throw c.unexpected("PRECEDING or FOLLOWING");
        }
    }

    private void argument(String function, List<Expr.Argument> into) {
        if (c.peek().isName() && c.peek(1).is("=>")) {
            String name = c.name().value().toUpperCase(Locale.ROOT);
            c.expect("=>");
            into.add(new Expr.Argument(name, value()));
            return;
        }
        if (function.equals("TRIM") && c.acceptAny("BOTH", "LEADING", "TRAILING")) {
            if (!c.sees("FROM")) {
                into.add(new Expr.Argument(null, value()));
            }
            c.expect("FROM");
            into.add(new Expr.Argument(null, value()));
            return;
        }
        boolean part = function.equals("EXTRACT") || function.equals("DATE_PART");
        if (part && (c.peek().isName() || c.peek().isText()) && c.peek(1).is("FROM")) {
            c.next();
            c.next();
            into.add(new Expr.Argument(null, value()));
            return;
        }
        if (function.equals("POSITION")) {
            into.add(new Expr.Argument(null, expressions.concatenation()));
            if (c.accept("IN")) {
                into.add(new Expr.Argument(null, expressions.concatenation()));
            }
            return;
        }
        into.add(new Expr.Argument(null, value()));
        boolean pieces = function.equals("SUBSTRING") || function.equals("SUBSTR") || function.equals("TRIM");
        while (pieces && c.acceptAny("FROM", "FOR")) {
            into.add(new Expr.Argument(null, value()));
        }
    }

    private Expr value() {
        if (c.accept("**")) {
            return expressions.expression();
        }
        Expr.Lambda lambda = lambda();
        if (lambda != null) {
            return lambda;
        }
        if (c.sees("TABLE", "(")) {
            return table();
        }
        if (c.seesAny("SELECT", "WITH")) {
            int at = c.peek().start();
            return new Expr.Subquery(queries.query(), false, at);
        }
        if (c.peek().type() == Token.Type.STAGE) {
            return new Expr.Literal(c.next(), false);
        }
        return expressions.expression();
    }

    /** A table as an argument: all of its columns. */
    private Expr table() {
        int at = c.peek().start();
        c.expect("TABLE", "(");
        Query query = queries.startsQuery()
                ? queries.query()
                : Query.all(queries.sources().joined(), at);
        c.expect(")");
        while (c.seesAny("PARTITION", "ORDER") && c.peek(1).is("BY")) {
            c.next();
            c.next();
            do {
                expressions.expression();
                c.acceptAny("ASC", "DESC");
            } while (c.sees(",") && !c.peek(2).is("=>") && c.accept(","));
        }
        return new Expr.Subquery(query, false, at);
    }

    /** A lambda if one starts here. */
    Expr.@Nullable Lambda lambda() {
        if (c.peek().type() == Token.Type.WORD && c.peek(1).is("->")) {
            Name parameter = c.name();
            c.expect("->");
            return new Expr.Lambda(List.of(parameter), expressions.expression());
        }
        if (c.peek().type() == Token.Type.WORD
                && Words.TYPES.contains(c.peek(1).word())
                && (c.peek(2).is("->"))) {
            Name parameter = c.name();
            TypeParser.type(c);
            c.expect("->");
            return new Expr.Lambda(List.of(parameter), expressions.expression());
        }
        if (!c.sees("(") || !c.peek(c.partnerOf(0) + 1).is("->")) {
            return null;
        }
        c.expect("(");
        List<Name> parameters = new ArrayList<>();
        do {
            parameters.add(c.name());
            if (!c.seesAny(",", ")")) {
                TypeParser.type(c);
            }
        } while (c.accept(","));
        c.expect(")", "->");
        return new Expr.Lambda(parameters, expressions.expression());
    }
}
