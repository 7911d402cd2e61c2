package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Operators by precedence; operands are {@link PrimaryParser}'s. */
public final class ExprParser {
    private static final Set<String> COMPARISONS = Set.of("=", "!=", "<>", "<", ">", "<=", ">=");

    private final Cursor c;
    private final PrimaryParser primary;

    ExprParser(Cursor cursor, QueryParser queries) {
        this.c = cursor;
        this.primary = new PrimaryParser(cursor, this, queries);
    }

    /** A parser of the expression at the cursor. */
    public static ExprParser at(Cursor cursor) {
        return QueryParser.at(cursor).expressions();
    }

    /** Takes an expression. */
    public Expr expression() {
        c.enter();
        Expr result = disjunction();
        c.leave();
        return result;
    }

    private Expr disjunction() {
        return chain("OR", () -> chain("AND", this::negation));
    }

    private interface Level {
        Expr take();
    }

    private Expr chain(String word, Level next) {
        int at = c.peek().start();
        Expr first = next.take();
        if (!c.sees(word)) {
            return first;
        }
        List<Expr> operands = new ArrayList<>();
        operands.add(first);
        while (c.accept(word)) {
            operands.add(next.take());
        }
        return new Expr.Operator(word, operands, at);
    }

    private Expr negation() {
        int at = c.peek().start();
        if (c.accept("NOT")) {
            c.enter();
            Expr operand = negation();
            c.leave();
            return new Expr.Operator("NOT", List.of(operand), at);
        }
        return comparison();
    }

    private Expr comparison() {
        Expr left = concatenation();
        int levels = 0;
        while (true) {
            Expr next = predicate(left);
            if (next == left) {
                return left;
            }
            if (++levels > 50) {
                throw c.unsupported("long chain of comparisons", "Join conditions with AND or OR.");
            }
            left = next;
        }
    }

    private Expr predicate(Expr left) {
        Token token = c.peek();
        int at = token.start();
        if (COMPARISONS.contains(token.word())) {
            c.next();
            if (c.seesAny("ANY", "ALL", "SOME") && c.peek(1).is("(")) {
                c.next();
            }
            return operator(token.word(), left, concatenation(), at);
        }
        if (c.accept("IS")) {
            return is(left, at);
        }
        int start = c.position();
        boolean not = c.accept("NOT");
        if (c.accept("BETWEEN")) {
            Expr low = concatenation();
            c.expect("AND");
            return new Expr.Operator("BETWEEN", List.of(left, low, concatenation()), at);
        }
        if (c.accept("IN")) {
            if (c.sees("(")) {
                return operator("IN", left, primary.inList(), at);
            }
            return operator("IN", left, concatenation(), at);
        }
        if (c.seesAny("LIKE", "ILIKE", "RLIKE", "REGEXP")) {
            return like(left, c.next().word(), at);
        }
        if (not) {
            c.back(start);
        }
        return left;
    }

    private Expr is(Expr left, int at) {
        c.accept("NOT");
        if (c.accept("DISTINCT", "FROM")) {
            return operator("IS DISTINCT", left, concatenation(), at);
        }
        if (!c.acceptAny("NULL", "TRUE", "FALSE", "UNKNOWN")) {
            throw c.unexpected("NULL, TRUE, FALSE or DISTINCT FROM");
        }
        return new Expr.Operator("IS", List.of(left), at);
    }

    private Expr like(Expr left, String word, int at) {
        List<Expr> operands = new ArrayList<>();
        operands.add(left);
        c.acceptAny("ANY", "ALL", "SOME");
        operands.add(concatenation());
        if (c.accept("ESCAPE")) {
            operands.add(concatenation());
        }
        return new Expr.Operator(word, operands, at);
    }

    private static Expr operator(String name, Expr left, Expr right, int at) {
        return new Expr.Operator(name, List.of(left, right), at);
    }

    /** Operands of a comparison: arithmetic and concatenation. */
    Expr concatenation() {
        return binary(0);
    }

    private static final List<Set<String>> LEVELS = List.of(Set.of("||"), Set.of("+", "-"), Set.of("*", "/", "%"));

    private Expr binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        int at = c.peek().start();
        Expr left = binary(level + 1);
        while (LEVELS.get(level).contains(c.peek().word()) && !endsAtStar()) {
            String word = c.peek().word();
            List<Expr> operands = new ArrayList<>();
            operands.add(left);
            while (c.peek().is(word) && !endsAtStar()) {
                c.next();
                operands.add(binary(level + 1));
            }
            left = new Expr.Operator(word, operands, at);
        }
        return left;
    }

    /** {@code PATTERN}-like leftovers never reach here; a star before a comma, bracket or FROM is not a product. */
    private boolean endsAtStar() {
        return c.peek().is("*")
                && (c.peek(1).is(",") || c.peek(1).is(")") || c.peek(1).is("FROM"));
    }

    private Expr unary() {
        int at = c.peek().start();
        if (c.seesAny("-", "+")) {
            String word = c.next().word();
            c.enter();
            Expr operand = unary();
            c.leave();
            return new Expr.Operator("unary " + word, List.of(operand), at);
        }
        if (c.sees("PRIOR") && (c.peek(1).isName()) && !Words.reserved(c.peek(1).word())) {
            c.next();
            return unary();
        }
        if (c.sees("CONNECT_BY_ROOT")) {
            c.next();
            return unary();
        }
        return primary.withSuffixes();
    }
}
