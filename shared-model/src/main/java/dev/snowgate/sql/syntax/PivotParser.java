package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** PIVOT, UNPIVOT and MATCH_RECOGNIZE after a source. */
final class PivotParser {
    private final Cursor c;
    private final QueryParser queries;
    private final ExprParser expressions;
    private final FromParser sources;

    PivotParser(Cursor cursor, QueryParser queries, ExprParser expressions, FromParser sources) {
        this.c = cursor;
        this.queries = queries;
        this.expressions = expressions;
        this.sources = sources;
    }

    Query.From suffixes(Query.From source) {
        Query.From result = source;
        while (true) {
            if (c.sees("PIVOT", "(")) {
                result = pivot(result);
            } else if (c.sees("UNPIVOT") && (c.peek(1).is("(") || c.peek(2).is("NULLS"))) {
                result = unpivot(result);
            } else if (c.sees("MATCH_RECOGNIZE", "(")) {
                result = match(result);
            } else {
                return result;
            }
        }
    }

    private Query.From pivot(Query.From source) {
        int at = c.peek().start();
        c.expect("PIVOT", "(");
        List<Query.Item> aggregates = new ArrayList<>();
        do {
            aggregates.add(queries.item());
        } while (c.accept(","));
        c.expect("FOR");
        Expr.Column on = new Expr.Column(c.dotted());
        c.expect("IN", "(");
        List<Query.Item> values = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        boolean dynamic = false;
        if (c.accept("ANY")) {
            dynamic = true;
            if (c.accept("ORDER", "BY")) {
                others.addAll(queries.orderItems());
            }
        } else if (queries.startsQuery()) {
            dynamic = true;
            others.add(new Expr.Subquery(queries.query(), false, at));
        } else {
            do {
                values.add(queries.item());
            } while (c.accept(","));
        }
        c.expect(")");
        if (c.accept("DEFAULT", "ON", "NULL")) {
            c.expect("(");
            others.add(expressions.expression());
            c.expect(")");
        }
        c.expect(")");
        return new Query.PivotSource(source, aggregates, on, values, dynamic, others, sources.alias(), at);
    }

    private Query.From unpivot(Query.From source) {
        c.expect("UNPIVOT");
        if (c.acceptAny("INCLUDE", "EXCLUDE")) {
            c.expect("NULLS");
        }
        c.expect("(");
        Name value = c.name();
        c.expect("FOR");
        Name name = c.name();
        c.expect("IN", "(");
        List<Query.Item> columns = new ArrayList<>();
        do {
            int start = c.peek().start();
            Expr.Column column = new Expr.Column(c.dotted());
            Name alias = null;
            if (c.accept("AS")) {
                if (c.peek().isText()) {
                    c.next();
                } else {
                    alias = c.name();
                }
            } else if (c.peek().isName()) {
                alias = c.name();
            }
            columns.add(new Query.Item(column, alias, start, c.peek(-1).end()));
        } while (c.accept(","));
        c.expect(")", ")");
        return new Query.UnpivotSource(source, value, name, columns, sources.alias());
    }

    private Query.From match(Query.From source) {
        c.expect("MATCH_RECOGNIZE", "(");
        List<Name> mentioned = mentioned();
        List<Expr> inputs = new ArrayList<>();
        List<Expr> partition = new ArrayList<>();
        List<Query.Item> measures = new ArrayList<>();
        boolean allRows = false;
        while (!c.sees(")")) {
            if (c.accept("PARTITION", "BY")) {
                do {
                    partition.add(expressions.expression());
                } while (c.accept(","));
            } else if (c.accept("ORDER", "BY")) {
                inputs.addAll(queries.orderItems());
            } else if (c.accept("MEASURES")) {
                measures(measures);
            } else if (c.accept("ONE", "ROW", "PER", "MATCH")) {
                allRows = false;
            } else if (c.accept("ALL", "ROWS", "PER", "MATCH")) {
                allRows = true;
                if (c.acceptAny("SHOW", "OMIT")) {
                    c.expect("EMPTY", "MATCHES");
                } else if (c.accept("WITH")) {
                    c.expect("UNMATCHED", "ROWS");
                }
            } else if (c.accept("AFTER", "MATCH", "SKIP")) {
                while (!c.seesAny("PATTERN", "DEFINE", "SUBSET", "ONE", "ALL", ")") && !c.atEnd()) {
                    c.next();
                }
            } else if (c.accept("PATTERN")) {
                c.skipGroup();
            } else if (c.accept("DEFINE")) {
                do {
                    c.name();
                    c.expect("AS");
                    inputs.add(expressions.expression());
                } while (c.accept(","));
            } else {
                throw c.unexpected("a part of MATCH_RECOGNIZE");
            }
        }
        c.expect(")");
        return new Query.MatchSource(source, inputs, partition, measures, mentioned, allRows, sources.alias());
    }

    /** Every name up to the closing bracket; none if a column could be meant in another way than by its name. */
    private List<Name> mentioned() {
        List<Name> names = new ArrayList<>();
        for (int i = 0, open = 1; open > 0; i++) {
            Token token = c.peek(i);
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.type() == Token.Type.END
                    || token.is("SELECT")
                    || token.is("IDENTIFIER")
                    || token.type() == Token.Type.POSITIONAL
                    || token.is("*") && isStar(i)) {
                return List.of();
            }
            if (token.isName()) {
                names.add(Name.of(token));
            }
        }
        return names;
    }

    /** Whether it stands for columns: no product, no quantifier of a pattern, not the star of COUNT. */
    private boolean isStar(int ahead) {
        Token before = c.peek(ahead - 1);
        return !(before.is("(") && c.peek(ahead - 2).is("COUNT"))
                && !before.isName()
                && !before.isLiteral()
                && !before.is(")")
                && !before.is("}");
    }

    private void measures(List<Query.Item> into) {
        do {
            if (c.seesAny("FINAL", "RUNNING")
                    && !c.peek(1).is(".")
                    && !c.peek(1).is("AS")
                    && !c.peek(1).is(",")) {
                c.next();
            }
            into.add(queries.item());
        } while (c.accept(","));
    }
}
