package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Queries: WITH, set operations, SELECT, ORDER BY and limits. */
public final class QueryParser {
    private final Cursor c;
    private final ExprParser expressions;
    private final FromParser sources;
    private final CallParser calls;
    private final ModelNames models = new ModelNames();

    private QueryParser(Cursor cursor) {
        this.c = cursor;
        this.expressions = new ExprParser(cursor, this);
        this.sources = new FromParser(cursor, this, expressions);
        this.calls = new CallParser(cursor, expressions, this);
    }

    /** A parser that takes queries at that cursor. */
    public static QueryParser at(Cursor cursor) {
        return new QueryParser(cursor);
    }

    ExprParser expressions() {
        return expressions;
    }

    /** Parser of FROM sources, for DML. */
    public FromParser sources() {
        return sources;
    }

    /** Whether a query can start here. */
    public boolean startsQuery() {
        int ahead = 0;
        while (c.peek(ahead).is("(")) {
            ahead++;
        }
        return c.peek(ahead).is("SELECT")
                || c.peek(ahead).is("WITH")
                || ahead == 0 && c.peek().is("VALUES");
    }

    /** Takes a query. */
    public Query query() {
        c.enter();
        int at = c.peek().start();
        List<Query.CommonTable> with = c.sees("WITH") ? new WithParser(c, this).with() : List.of();
        List<Query.Branch> branches = new ArrayList<>();
        branches.add(new Query.Branch("", false, false, body()));
        while (c.seesAny("UNION", "INTERSECT", "EXCEPT", "MINUS")) {
            String operator = c.next().word();
            boolean all = c.accept("ALL");
            c.accept("DISTINCT");
            boolean byName = c.accept("BY", "NAME");
            branches.add(new Query.Branch(operator, all, byName, body()));
        }
        List<Expr> order = c.accept("ORDER", "BY") ? orderItems() : List.of();
        List<Expr> limits = limits();
        if (c.depth() == 1 && c.sees("FOR", "UPDATE")) {
            c.expect("FOR", "UPDATE");
            if (!c.accept("NOWAIT") && c.accept("WAIT")) {
                limits.add(expressions.concatenation());
            }
            c.lock();
        }
        c.leave();
        return new Query(with, branches, order, limits, at);
    }

    private List<Expr> limits() {
        List<Expr> limits = new ArrayList<>();
        while (true) {
            if (c.sees("LIMIT") || c.sees("OFFSET")) {
                c.next();
                limits.add(expressions.concatenation());
                c.acceptAny("ROW", "ROWS");
            } else if (c.sees("FETCH")) {
                c.next();
                c.acceptAny("FIRST", "NEXT");
                if (!c.seesAny("ROW", "ROWS")) {
                    limits.add(expressions.concatenation());
                }
                c.acceptAny("ROW", "ROWS");
                c.accept("ONLY");
            } else {
                return limits;
            }
        }
    }

    /** Takes {@code (a, b)}. */
    public List<Name> nameList() {
        c.expect("(");
        List<Name> names = new ArrayList<>();
        do {
            names.add(c.name());
        } while (c.accept(",") && !c.sees(")"));
        c.expect(")");
        return names;
    }

    private QueryBody body() {
        if (c.sees("(")) {
            c.expect("(");
            Query inner = query();
            c.expect(")");
            return inner;
        }
        if (c.sees("VALUES")) {
            return values();
        }
        return select();
    }

    /** Takes a query in parentheses if one starts here, else nothing. */
    @Nullable
    Query queryInParentheses() {
        int start = c.position();
        if (!c.sees("(") || !startsQuery() && !c.peek(1).is("VALUES") || c.notQuery.get(start)) {
            return null;
        }
        boolean certain = !c.peek(1).is("(");
        int depth = c.depth();
        try {
            c.expect("(");
            Query query = query();
            c.expect(")");
            return query;
        } catch (SyntaxProblem problem) {
            if (certain) {
                throw problem;
            }
            c.depth(depth);
            c.back(start);
            c.notQuery.set(start);
            return null;
        }
    }

    /** Takes VALUES with its rows. */
    public Query.Values values() {
        int at = c.peek().start();
        c.expect("VALUES");
        List<List<Expr>> rows = new ArrayList<>();
        do {
            if (c.sees("(")) {
                c.expect("(");
                List<Expr> row = new ArrayList<>();
                do {
                    row.add(expressions.expression());
                } while (c.accept(","));
                c.expect(")");
                rows.add(row);
            } else {
                rows.add(List.of(expressions.expression()));
            }
        } while (c.accept(","));
        return new Query.Values(rows, at);
    }

    private Query.Select select() {
        int at = c.peek().start();
        c.expect("SELECT");
        boolean distinct = c.accept("DISTINCT");
        if (!distinct) {
            c.accept("ALL");
        }
        List<Expr> limits = new ArrayList<>();
        if (c.sees("TOP")
                && (c.peek(1).type() == Token.Type.NUMBER
                        || c.peek(1).type() == Token.Type.VARIABLE
                        || c.peek(1).is("?"))) {
            c.next();
            c.next();
        }
        List<Query.Item> items = items();
        List<Name> into = c.sees("INTO") ? into() : List.of();
        List<Query.From> from = new ArrayList<>();
        if (c.accept("FROM")) {
            do {
                if (!from.isEmpty() && endOfFrom()) {
                    break;
                }
                from.add(sources.joined());
            } while (c.accept(","));
        }
        return clauses(distinct, items, from, limits, into, at);
    }

    /** Variables are set by the statement of a script itself, never by a query inside of it. */
    private List<Name> into() {
        if (!c.isScript() || c.depth() != 1) {
            throw c.unsupported("SELECT … INTO", "Select without INTO; variables exist inside of scripts only.");
        }
        c.expect("INTO");
        return variables();
    }

    /** Takes the brackets of a call whose name was taken. */
    public Expr.Call call(Name name) {
        return calls.call(List.of(name), name.at());
    }

    /** The names that WITH gives to models, for as long as this text is read. */
    ModelNames models() {
        return models;
    }

    /** Takes variables after INTO, with or without colons. */
    public List<Name> variables() {
        List<Name> names = new ArrayList<>();
        do {
            c.accept(":");
            names.add(c.name());
        } while (c.accept(","));
        return names;
    }

    private boolean endOfFrom() {
        return c.atEnd() || c.seesAny(")", "WHERE", "GROUP", "ORDER", "HAVING", "QUALIFY", "LIMIT");
    }

    private Query.Select clauses(
            boolean distinct,
            List<Query.Item> items,
            List<Query.From> from,
            List<Expr> limits,
            List<Name> into,
            int at) {
        List<Expr> conditions = new ArrayList<>();
        List<Expr> group = new ArrayList<>();
        Map<String, Expr.Window> windows = new TreeMap<>();
        boolean groupAll = false;
        boolean hierarchical = false;
        Expr having = null;
        Expr qualify = null;
        while (true) {
            if (c.accept("WHERE")) {
                conditions.add(expressions.expression());
            } else if (c.accept("START", "WITH")) {
                hierarchical = true;
                conditions.add(expressions.expression());
            } else if (c.sees("CONNECT", "BY")) {
                c.expect("CONNECT", "BY");
                c.accept("NOCYCLE");
                hierarchical = true;
                do {
                    conditions.add(expressions.expression());
                } while (c.accept(","));
            } else if (c.accept("GROUP", "BY")) {
                if (c.sees("ALL") && !c.peek(1).is("(")) {
                    c.next();
                    groupAll = true;
                } else {
                    groupBy(group);
                }
            } else if (having == null && c.accept("HAVING")) {
                having = expressions.expression();
            } else if (qualify == null && c.accept("QUALIFY")) {
                qualify = expressions.expression();
            } else if (c.sees("WINDOW") && c.peek(1).isName() && c.peek(2).is("AS")) {
                c.next();
                do {
                    String name = c.name().value().toUpperCase(Locale.ROOT);
                    c.expect("AS");
                    windows.put(name, calls.window());
                } while (c.accept(","));
            } else {
                return new Query.Select(
                        distinct,
                        items,
                        from,
                        conditions,
                        group,
                        groupAll,
                        having,
                        qualify,
                        hierarchical,
                        windows,
                        limits,
                        into,
                        at);
            }
        }
    }

    private void groupBy(List<Expr> group) {
        do {
            if (c.atEnd() || c.seesAny(")", "HAVING", "QUALIFY", "ORDER", "LIMIT")) {
                return;
            }
            if (c.seesAny("CUBE", "ROLLUP") && c.peek(1).is("(") || c.sees("GROUPING", "SETS", "(")) {
                c.next();
                c.accept("SETS");
                sets(group);
            } else {
                group.add(expressions.expression());
            }
        } while (c.accept(","));
    }

    private void sets(List<Expr> group) {
        c.expect("(");
        while (!c.sees(")")) {
            if (c.seesAny("CUBE", "ROLLUP") && c.peek(1).is("(")) {
                c.next();
                sets(group);
            } else if (c.sees("(") && c.peek(1).is(")")) {
                c.expect("(", ")");
            } else {
                group.add(expressions.expression());
            }
            if (!c.accept(",")) {
                break;
            }
        }
        c.expect(")");
    }

    /** Takes the items of a select list; a comma before FROM or the end is accepted as Snowflake does. */
    List<Query.Item> items() {
        List<Query.Item> items = new ArrayList<>();
        do {
            if (!items.isEmpty() && (c.atEnd() || c.seesAny("FROM", ")"))) {
                break;
            }
            items.add(item());
        } while (c.accept(","));
        return items;
    }

    /** Takes one item with its alias. */
    Query.Item item() {
        int start = c.peek().start();
        Expr value = expressions.expression();
        int end = c.peek(-1).end();
        Name alias = null;
        if (c.accept("AS")) {
            alias = c.name();
        } else if (c.peek().isName()) {
            String word = c.peek().word();
            if (!Words.reserved(word) && !Words.NOT_ITEM_ALIAS.contains(word)) {
                alias = c.name();
            }
        }
        return new Query.Item(value, alias, start, end);
    }

    /** Takes items of ORDER BY without the words. */
    List<Expr> orderItems() {
        List<Expr> items = new ArrayList<>();
        do {
            if (!items.isEmpty() && (c.atEnd() || c.seesAny(")", "LIMIT"))) {
                break;
            }
            if (c.sees("ALL") && !c.peek(1).is("(")) {
                c.next();
                items.add(new Expr.Operator("ORDER ALL", List.of(), c.peek().start()));
            } else {
                items.add(expressions.expression());
            }
            c.acceptAny("ASC", "DESC");
            if (c.accept("NULLS") && !c.acceptAny("FIRST", "LAST")) {
                throw c.unexpected("FIRST or LAST");
            }
        } while (c.accept(","));
        return items;
    }
}
