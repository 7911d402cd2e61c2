package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Operands: literals, names, brackets, CASE, CAST, subqueries, and what can follow them. */
final class PrimaryParser {
    private static final Set<String> TYPED_LITERALS =
            Set.of("DATE", "TIME", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "DATETIME");
    private static final Set<String> UNITS = Set.of(
            "YEAR",
            "YEARS",
            "QUARTER",
            "QUARTERS",
            "MONTH",
            "MONTHS",
            "WEEK",
            "WEEKS",
            "DAY",
            "DAYS",
            "HOUR",
            "HOURS",
            "MINUTE",
            "MINUTES",
            "SECOND",
            "SECONDS",
            "MILLISECOND",
            "MILLISECONDS",
            "MICROSECOND",
            "MICROSECONDS",
            "NANOSECOND",
            "NANOSECONDS");

    private final Cursor c;
    private final ExprParser expressions;
    private final QueryParser queries;
    private final CallParser calls;

    PrimaryParser(Cursor cursor, ExprParser expressions, QueryParser queries) {
        this.c = cursor;
        this.expressions = expressions;
        this.queries = queries;
        this.calls = new CallParser(cursor, expressions, queries);
    }

    Expr withSuffixes() {
        Expr base = primary();
        int levels = 0;
        while (true) {
            Token token = c.peek();
            if (++levels > 60) {
                throw c.unsupported("long chain of casts or paths", "Shorten the expression.");
            }
            if (token.is("::")) {
                c.next();
                boolean narrow = TypeParser.isNarrow(c);
                base = new Expr.Cast(base, CaseParser.type(c), narrow, false, token.start());
            } else if (token.is("[")) {
                base = new Expr.Access(base, subscript(), token.start());
            } else if (token.is(".") && base instanceof Expr.Access && c.peek(1).isName()) {
                // the way goes on inside of what the subscript gives
                c.next();
                c.name();
            } else if (token.is(":") && isPathStart(c.peek(1))) {
                base = path(base, token.start());
            } else if (token.is("COLLATE") && c.peek(1).type() == Token.Type.STRING) {
                c.next();
                c.next();
            } else if (token.is("AT") && c.peek(1).is("TIME") && c.peek(2).is("ZONE")) {
                c.expect("AT", "TIME", "ZONE");
                base = new Expr.Operator("AT TIME ZONE", List.of(base, primary()), token.start());
            } else if (token.is("(") && c.peek(1).is("+") && c.peek(2).is(")")) {
                // the old outer join mark: a.x (+) = b.x
                c.expect("(", "+", ")");
            } else {
                return base;
            }
        }
    }

    private static boolean isPathStart(Token token) {
        return token.isName() || token.is("[");
    }

    private Expr path(Expr base, int at) {
        List<Expr> subscripts = new ArrayList<>();
        c.expect(":");
        if (c.peek().isName()) {
            c.name();
        }
        while (true) {
            if (c.sees("[")) {
                subscripts.addAll(subscript());
            } else if (c.sees(".") && c.peek(1).isName()
                    || c.sees(":") && c.peek(1).isName()) {
                c.next();
                c.name();
            } else {
                return new Expr.Access(base, subscripts, at);
            }
        }
    }

    private List<Expr> subscript() {
        c.expect("[");
        List<Expr> parts = new ArrayList<>();
        parts.add(expressions.expression());
        if (c.accept(":")) {
            parts.add(expressions.expression());
        }
        c.expect("]");
        return parts;
    }

    private Expr primary() {
        Token token = c.peek();
        return switch (token.type()) {
            case STRING, DOLLAR_STRING -> new Expr.Literal(c.next(), false);
            case NUMBER -> new Expr.Literal(c.next(), true);
            case VARIABLE -> new Expr.Variable(c.next().text().substring(1), token.start());
            case POSITIONAL -> new Expr.Positional(List.of(), index(c.next()), token.start());
            case OPERATOR -> bracket(token);
            case QUOTED -> nameOrCall();
            case WORD -> word(token);
            case STAGE, END -> throw c.unexpected("an expression");
        };
    }

    static int index(Token token) {
        String digits = token.text().substring(1);
        return digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private Expr bracket(Token token) {
        switch (token.word()) {
            case "(" -> {
                return parenthesised();
            }
            case "[" -> {
                c.next();
                List<Expr> items = c.sees("]") ? List.of() : list("]");
                c.expect("]");
                return new Expr.Operator("ARRAY", items, token.start());
            }
            case "{" -> {
                return object(token);
            }
            case "?" -> {
                c.next();
                return new Expr.Bind("", false, token.start());
            }
            case ":" -> {
                return bind(token);
            }
            case "*" -> {
                return star(List.of());
            }
            default -> throw c.unexpected("an expression");
        }
    }

    private Expr bind(Token token) {
        c.expect(":");
        if (c.peek().type() == Token.Type.NUMBER || c.peek().type() == Token.Type.WORD && !c.isScript()) {
            return new Expr.Bind(c.next().text(), false, token.start());
        }
        Name name = c.name();
        // a field of a row variable counts as the row
        while (c.isScript() && c.sees(".") && c.peek(1).isName()) {
            c.next();
            c.next();
        }
        return new Expr.Bind(name.value(), name.quoted(), token.start());
    }

    private List<Expr> list(String close) {
        List<Expr> items = new ArrayList<>();
        do {
            if (c.sees("**")) {
                c.next();
            }
            items.add(expressions.expression());
        } while (c.accept(",") && !c.sees(close));
        return items;
    }

    private Expr object(Token token) {
        c.expect("{");
        if (c.seesAny("D", "T", "TS") && c.peek(1).isText() && c.peek(2).is("}")) {
            c.next();
            Expr literal = new Expr.Literal(c.next(), false);
            c.expect("}");
            return literal;
        }
        if (c.sees("FN") && c.peek(1).isName() && c.peek(2).is("(")) {
            c.next();
            Expr call = nameOrCall();
            c.expect("}");
            return call;
        }
        List<Expr> items = new ArrayList<>();
        while (!c.sees("}")) {
            if (c.sees("*")) {
                items.add(star(List.of()));
            } else if (c.peek().isText()) {
                c.next();
                c.expect(":");
                items.add(expressions.expression());
            } else if (c.peek().isName() && c.peek(1).is(":")) {
                c.next();
                c.next();
                items.add(expressions.expression());
            } else {
                items.add(expressions.expression());
            }
            if (!c.accept(",")) {
                break;
            }
        }
        c.expect("}");
        return new Expr.Operator("OBJECT", items, token.start());
    }

    private Expr parenthesised() {
        int at = c.peek().start();
        Query query = queries.queryInParentheses();
        if (query != null) {
            return new Expr.Subquery(query, false, at);
        }
        c.expect("(");
        List<Expr> items = list(")");
        c.expect(")");
        return items.size() == 1 ? items.getFirst() : new Expr.Operator("TUPLE", items, at);
    }

    /** What stands after IN: a list or a subquery. */
    Expr inList() {
        int at = c.peek().start();
        Query query = queries.queryInParentheses();
        if (query != null) {
            return new Expr.Subquery(query, false, at);
        }
        c.expect("(");
        List<Expr> items = c.sees(")") ? List.of() : list(")");
        c.expect(")");
        return new Expr.Operator("TUPLE", items, at);
    }

    /** A star with its edits. */
    Expr.Star star(List<Name> qualifier) {
        int at = c.peek().start();
        c.expect("*");
        return new Expr.Star(qualifier, StarParser.edits(c, expressions), at);
    }

    private Expr word(Token token) {
        int at = token.start();
        Token following = c.peek(1);
        switch (token.word()) {
            case "NULL", "TRUE", "FALSE", "DEFAULT" -> {
                if (!following.is("(") && !following.is(".")) {
                    c.next();
                    return new Expr.Literal(token, false);
                }
            }
            case "CASE" -> {
                return CaseParser.choice(c, expressions);
            }
            case "CAST", "TRY_CAST" -> {
                return CaseParser.cast(c, expressions);
            }
            case "EXISTS" -> {
                c.next();
                Query query = queries.queryInParentheses();
                if (query == null) {
                    throw c.unexpected("a subquery");
                }
                return new Expr.Subquery(query, true, at);
            }
            case "INTERVAL" -> {
                if (following.isText()) {
                    c.next();
                    Expr literal = new Expr.Literal(c.next(), false);
                    if (UNITS.contains(c.peek().word())) {
                        c.next();
                        if (c.sees("TO") && UNITS.contains(c.peek(1).word())) {
                            c.next();
                            c.next();
                        }
                    }
                    return literal;
                }
            }
            case "X" -> {
                if (following.type() == Token.Type.STRING && following.start() == token.end()) {
                    c.next();
                    return new Expr.Literal(c.next(), false);
                }
            }
            default -> {
                if (TYPED_LITERALS.contains(token.word()) && following.isText()) {
                    c.next();
                    return new Expr.Literal(c.next(), false);
                }
                if (Words.BARE_FUNCTIONS.contains(token.word()) && !following.is("(") && !following.is(".")) {
                    c.next();
                    return new Expr.Call(
                            List.of(Name.of(token)),
                            List.of(),
                            false,
                            List.of(),
                            null,
                            null,
                            token.start(),
                            token.end());
                }
            }
        }
        return nameOrCall();
    }

    private Expr nameOrCall() {
        Token token = c.peek();
        if (Words.reserved(token.word()) && !calls.isCallWord()) {
            throw c.unexpected("an expression");
        }
        Expr.Lambda lambda = calls.lambda();
        if (lambda != null) {
            return lambda;
        }
        if (c.sees("MODEL", "(") && c.peek(c.partnerOf(1) + 1).is("!")) {
            c.next();
            c.skipGroup();
            c.expect("!");
            return calls.call(List.of(new Name("MODEL", false, token.start()), c.name()), token.start());
        }
        if (c.sees("IDENTIFIER", "(")) {
            List<Name> named = FromParser.identifier(c);
            if (c.sees(".", "*")) {
                c.next();
                return star(named);
            }
            return c.sees("(") ? calls.call(named, token.start()) : new Expr.Column(named);
        }
        List<Name> parts = new ArrayList<>();
        parts.add(c.name());
        while (c.sees(".")) {
            Token after = c.peek(1);
            if (after.is("*")) {
                c.next();
                return star(parts);
            }
            if (after.type() == Token.Type.POSITIONAL) {
                c.next();
                return new Expr.Positional(parts, index(c.next()), token.start());
            }
            c.next();
            if (after.is(".")) {
                parts.add(new Name("", true, after.start()));
            } else {
                parts.add(c.name());
            }
        }
        if (c.sees("!") && c.peek(1).isName()) {
            c.next();
            Name method = c.name();
            parts = new ArrayList<>(queries.models().model(parts));
            parts.set(
                    parts.size() - 1,
                    new Name(
                            parts.getLast().value() + "!" + method.value(),
                            parts.getLast().quoted(),
                            parts.getLast().at()));
            parts.addFirst(new Name("MODEL", false, token.start()));
        }
        if (c.sees("(") && !(c.peek(1).is("+") && c.peek(2).is(")"))) {
            return calls.call(parts, token.start());
        }
        return new Expr.Column(parts);
    }
}
