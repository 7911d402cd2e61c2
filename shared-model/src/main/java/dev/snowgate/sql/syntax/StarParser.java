package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/** ILIKE, EXCLUDE, REPLACE and RENAME after a star. */
final class StarParser {
    private StarParser() {}

    static Expr.StarEdits edits(Cursor c, ExprParser expressions) {
        String like = null;
        List<Name> exclude = new ArrayList<>();
        List<Expr.Replacement> replace = new ArrayList<>();
        List<Expr.Renaming> rename = new ArrayList<>();
        while (true) {
            if (c.sees("ILIKE") && c.peek(1).isText()) {
                c.next();
                like = c.next().content();
            } else if (c.sees("EXCLUDE") && (c.peek(1).is("(") || c.peek(1).isName())) {
                c.next();
                names(c, exclude);
            } else if (c.sees("REPLACE") && c.peek(1).is("(")) {
                c.expect("REPLACE", "(");
                do {
                    Expr value = expressions.expression();
                    c.expect("AS");
                    replace.add(new Expr.Replacement(value, c.name()));
                } while (c.accept(","));
                c.expect(")");
            } else if (c.sees("RENAME") && (c.peek(1).is("(") || c.peek(1).isName())) {
                c.next();
                boolean list = c.accept("(");
                do {
                    Name from = c.name();
                    c.expect("AS");
                    rename.add(new Expr.Renaming(from, c.name()));
                } while (list && c.accept(","));
                if (list) {
                    c.expect(")");
                }
            } else {
                break;
            }
        }
        return like == null && exclude.isEmpty() && replace.isEmpty() && rename.isEmpty()
                ? Expr.StarEdits.NONE
                : new Expr.StarEdits(like, exclude, replace, rename);
    }

    private static void names(Cursor c, List<Name> into) {
        if (!c.accept("(")) {
            into.add(c.dotted().getLast());
            return;
        }
        do {
            into.add(c.dotted().getLast());
        } while (c.accept(","));
        c.expect(")");
    }
}
