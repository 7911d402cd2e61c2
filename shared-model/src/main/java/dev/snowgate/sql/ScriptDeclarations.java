package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import dev.snowgate.sql.syntax.TypeParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variables, cursors, result sets and exceptions of a script: how they are declared and what they are given. */
final class ScriptDeclarations {
    private final ScriptContext script;
    private final Cursor c;
    private final ScriptExpressions expressions;

    ScriptDeclarations(ScriptContext script, ScriptExpressions expressions) {
        this.script = script;
        this.c = script.cursor();
        this.expressions = expressions;
    }

    /** Takes a declaration, after LET or in DECLARE. */
    void declaration() {
        Name declared = c.name();
        String name = script.names().fold(declared);
        if (c.accept("CURSOR")) {
            c.expect("FOR");
            script.variables().declareResult(name);
            cursor(name);
        } else if (c.accept("RESULTSET")) {
            script.variables().declareResult(name);
            if (c.acceptAny(":=", "DEFAULT") && !c.sees(";")) {
                rows(name);
            }
        } else if (c.accept("EXCEPTION")) {
            if (c.sees("(")) {
                c.skipGroup();
            }
        } else if (c.seesAny("PROCEDURE", "FUNCTION")) {
            throw c.unsupported("procedure inside of a script", "Create the procedure by a statement of its own.");
        } else {
            if (!c.seesAny(":=", "DEFAULT", ";")) {
                TypeParser.type(c);
                c.accept("NOT", "NULL");
            }
            script.variables().declare(name);
            if (c.acceptAny(":=", "DEFAULT")) {
                given(name);
            }
        }
    }

    /** Takes {@code name := value}. */
    void assignment() {
        String name = script.names().fold(c.name());
        c.expect(":=");
        if (!script.variables().knows(name)) {
            throw c.unsupported("assignment to an unknown variable", "Declare the variable with LET or DECLARE.");
        }
        given(name);
    }

    private void given(String name) {
        boolean plain = c.peek().isText() || c.peek().type() == Token.Type.NUMBER;
        if (script.variables().isResult(name) && !plain || startsStatement()) {
            rows(name);
            return;
        }
        script.variables().assign(name, expressions.value());
    }

    /** Result sets are given statements in brackets; SELECT and WITH could be a scalar query as well, and count as both. */
    private boolean startsStatement() {
        int at = c.sees("ASYNC") ? 1 : 0;
        if (!c.peek(at).is("(")) {
            return false;
        }
        Token first = c.peek(at + 1);
        return at == 1
                || first.is("EXECUTE")
                || first.is("CALL")
                || first.is("SHOW")
                || first.is("DESCRIBE")
                || first.is("DESC")
                || first.is("INSERT")
                || first.is("UPDATE")
                || first.is("DELETE")
                || first.is("MERGE");
    }

    private void rows(String name) {
        c.accept("ASYNC");
        Draft statement = script.sql(c.sees("(") ? script.group() : script.toSemicolon());
        script.variables().rows(name, rowsOf(name, statement));
    }

    private @Nullable Rows rowsOf(String name, Draft statement) {
        if (statement.output.isEmpty()) {
            return null;
        }
        List<Rows.Column> columns = new ArrayList<>();
        for (OutputColumn column : statement.output) {
            columns.add(new Rows.Column(column.name(), new Taint(column.origins(), column.derivation(), false)));
        }
        return new Rows(name, null, columns);
    }

    private void cursor(String name) {
        boolean query = c.seesAny("SELECT", "WITH", "(", "SHOW", "CALL");
        if (query) {
            Draft statement = script.sql(
                    c.sees("(") && c.peek(c.partnerOf(0) + 1).is(";") ? script.group() : script.toSemicolon());
            script.variables().rows(name, rowsOf(name, statement));
            return;
        }
        String source = script.names().fold(c.name());
        if (!script.variables().knows(source)) {
            throw c.unsupported("cursor over an unknown result set", "Declare the result set before the cursor.");
        }
        script.variables().rows(name, script.variables().rows(source));
    }

    /** What FOR counts or steps through. */
    void counter(Name variable) {
        String name = script.names().fold(variable);
        c.accept("REVERSE");
        Name source = c.peek().isName() ? Name.of(c.peek()) : null;
        if (source != null
                && script.variables().isResult(script.names().fold(source))
                && !c.peek(1).is("TO")) {
            c.next();
            script.variables().rows(name, script.variables().rows(script.names().fold(source)));
            return;
        }
        if (c.sees("(")
                && (c.peek(1).is("SELECT") || c.peek(1).is("WITH"))
                && !c.peek(c.partnerOf(0) + 1).is("TO")) {
            Draft statement = script.sql(script.group());
            script.variables().rows(name, rowsOf(name, statement));
            return;
        }
        script.variables().declare(name);
        Taint from = expressions.value();
        if (c.accept("TO")) {
            Taint to = expressions.value();
            script.predicate(from, to);
            script.variables().assign(name, Taint.of(List.of(from, to)));
        } else {
            throw c.unsupported("FOR over an unknown cursor", "Declare the cursor in the script.");
        }
    }

    /** OPEN of a cursor; what it is bound with decides its rows. */
    void open() {
        c.expect("OPEN");
        c.name();
        if (c.accept("USING")) {
            c.expect("(");
            do {
                script.predicate(expressions.value());
            } while (c.accept(","));
            c.expect(")");
        }
    }

    /** FETCH of a cursor's row into variables. */
    void fetch() {
        c.expect("FETCH");
        String cursor = script.names().fold(c.name());
        c.expect("INTO");
        script.assign(ScriptReader.targets(c), columns(cursor), c.peek().start());
    }

    private @Nullable List<Taint> columns(String cursor) {
        Rows rows = script.variables().rows(cursor);
        return rows == null
                ? null
                : rows.columns().stream().map(Rows.Column::taint).toList();
    }

    /** Takes the arguments of a call by position. */
    static List<Taint> arguments(Cursor c, ExprLineage expressions) {
        List<Taint> taints = new ArrayList<>();
        c.expect("(");
        while (!c.sees(")")) {
            if (c.peek().isName() && c.peek(1).is("=>")) {
                c.next();
                c.next();
            }
            taints.add(expressions.taint(ExprParser.at(c).expression()));
            if (!c.accept(",")) {
                break;
            }
        }
        c.expect(")");
        return taints;
    }
}
