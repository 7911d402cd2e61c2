package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** CASE and CAST. */
final class CaseParser {
    private CaseParser() {}

    static Expr choice(Cursor c, ExprParser expressions) {
        int at = c.peek().start();
        c.expect("CASE");
        c.enter();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        if (!c.sees("WHEN")) {
            conditions.add(expressions.expression());
        }
        do {
            c.expect("WHEN");
            conditions.add(expressions.expression());
            c.expect("THEN");
            results.add(expressions.expression());
        } while (c.sees("WHEN"));
        if (c.accept("ELSE")) {
            results.add(expressions.expression());
        }
        c.expect("END");
        c.leave();
        return new Expr.Case(conditions, results, at);
    }

    static Expr cast(Cursor c, ExprParser expressions) {
        Token token = c.next();
        c.expect("(");
        Expr operand = expressions.expression();
        c.expect("AS");
        boolean narrow = TypeParser.isNarrow(c);
        String type = type(c);
        c.expect(")");
        return new Expr.Cast(operand, type, narrow, token.is("TRY_CAST"), token.start());
    }

    /** Takes a type of a cast, with what can follow it for structured values. */
    static String type(Cursor c) {
        String type = TypeParser.type(c);
        while (c.seesAny("RENAME", "ADD") && c.peek(1).is("FIELDS")) {
            c.next();
            c.next();
        }
        return type;
    }
}
