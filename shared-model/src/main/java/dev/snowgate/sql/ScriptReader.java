package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the statements of one script in their order. Conditions on protected values are predicate uses, so that nothing can be told by the way that was
 * taken; branches and loops leave doubt about what they may have redefined.
 */
final class ScriptReader {
    private final ScriptContext script;
    private final Cursor c;
    private final ScriptDeclarations declarations;
    private final ScriptExpressions expressions;

    ScriptReader(ScriptContext script) {
        this.script = script;
        this.c = script.cursor();
        this.expressions = new ScriptExpressions(script);
        this.declarations = new ScriptDeclarations(script, expressions);
    }

    /** Takes a block with its declarations and handlers. */
    void block() {
        if (c.accept("DECLARE")) {
            while (!c.sees("BEGIN")) {
                declarations.declaration();
                end();
            }
        }
        c.expect("BEGIN");
        ScriptState before = script.state();
        statements("END", "EXCEPTION");
        if (c.accept("EXCEPTION")) {
            handlers(before);
        }
        c.expect("END");
        if (c.peek().isName()) {
            c.next();
        }
    }

    private void handlers(ScriptState before) {
        // any statement of the block can fail: a handler sees what none, some or all of them left
        ScriptState normal = script.state();
        ScriptState failed = before.or(List.of(normal));
        List<ScriptState> ends = new ArrayList<>(List.of(normal));
        while (c.accept("WHEN")) {
            do {
                c.name();
            } while (c.accept("OR"));
            if (c.acceptAny("EXIT", "CONTINUE")) {
                c.accept("HANDLER");
            }
            c.expect("THEN");
            script.state(failed);
            statements("WHEN", "END");
            ends.add(script.state());
        }
        script.state(before.or(ends));
    }

    /** Takes statements up to one of these words. */
    private void statements(String... stops) {
        while (!c.seesAny(stops)) {
            if (c.atEnd()) {
                throw c.unexpected("END");
            }
            statement();
            end();
        }
    }

    private void end() {
        if (!c.accept(";") && !c.seesAny("END", "UNTIL")) {
            throw c.unexpected("a semicolon");
        }
    }

    /** Takes statements that are not inside of a block, up to the end of the text. */
    void sequence() {
        while (!c.atEnd()) {
            if (c.accept(";")) {
                continue;
            }
            if (dev.snowgate.sql.syntax.ScriptSpan.startsAt(c.from(c.position()), 0)) {
                block();
            } else {
                script.ends(script.sql(script.toSemicolon()));
            }
        }
    }

    private void statement() {
        c.enterStatement();
        Token first = c.peek();
        switch (first.word()) {
            case "DECLARE" -> block();
            case "BEGIN" -> {
                if (dev.snowgate.sql.syntax.ScriptSpan.startsAt(c.from(c.position()), 0)) {
                    block();
                } else {
                    script.sql(script.toSemicolon());
                }
            }
            case "LET" -> {
                c.next();
                declarations.declaration();
            }
            case "IF" -> choice();
            case "CASE" -> cases();
            case "FOR" -> forEach();
            case "WHILE" -> whileLoop();
            case "REPEAT" -> repeat();
            case "LOOP" -> {
                c.next();
                loop(() -> statements("END"), "LOOP");
            }
            case "RETURN" -> returned();
            case "BREAK", "EXIT", "CONTINUE", "ITERATE", "RAISE", "CLOSE", "CANCEL", "AWAIT" -> {
                c.next();
                if (c.peek().isName() && !c.sees("END")) {
                    c.next();
                }
            }
            case "NULL" -> c.next();
            case "OPEN" -> declarations.open();
            case "FETCH" -> declarations.fetch();
            case "ASYNC" -> {
                c.next();
                script.sql(script.group());
            }
            default -> {
                if (first.isName() && c.peek(1).is(":=")) {
                    declarations.assignment();
                } else if (first.word().startsWith("SYSTEM$") && c.peek(1).is("(")) {
                    // logging and the like: a call whose value nobody takes
                    expressions.value();
                } else {
                    script.sql(script.toSemicolon());
                }
            }
        }
        c.leaveStatement();
    }

    private void choice() {
        ScriptState before = script.state();
        List<ScriptState> ends = new ArrayList<>();
        do {
            c.next();
            expressions.condition();
            c.expect("THEN");
            branch(before, ends, "ELSEIF", "ELSIF", "ELSE", "END");
        } while (c.seesAny("ELSEIF", "ELSIF"));
        if (c.accept("ELSE")) {
            branch(before, ends, "END");
        }
        c.expect("END", "IF");
        script.state(before.or(ends));
    }

    private void cases() {
        ScriptState before = script.state();
        List<ScriptState> ends = new ArrayList<>();
        c.expect("CASE");
        if (!c.sees("WHEN")) {
            expressions.condition();
        }
        while (c.accept("WHEN")) {
            expressions.condition();
            c.expect("THEN");
            branch(before, ends, "WHEN", "ELSE", "END");
        }
        if (c.accept("ELSE")) {
            branch(before, ends, "END");
        }
        c.expect("END");
        c.accept("CASE");
        script.state(before.or(ends));
    }

    private void branch(ScriptState before, List<ScriptState> ends, String... stops) {
        script.state(before);
        statements(stops);
        ends.add(script.state());
    }

    private void forEach() {
        c.expect("FOR");
        Name name = c.name();
        c.expect("IN");
        declarations.counter(name);
        if (!c.acceptAny("DO", "LOOP")) {
            throw c.unexpected("DO");
        }
        loop(() -> statements("END"), "FOR", "LOOP");
    }

    private void whileLoop() {
        c.expect("WHILE");
        expressions.condition();
        if (!c.acceptAny("DO", "LOOP")) {
            throw c.unexpected("DO");
        }
        loop(() -> statements("END"), "WHILE", "LOOP");
    }

    private void repeat() {
        c.expect("REPEAT");
        loop(
                () -> {
                    statements("UNTIL");
                    c.expect("UNTIL");
                    expressions.condition();
                },
                "REPEAT");
    }

    /** The body runs never, once or often: if it leaves something, it is read again as the second round would see it. */
    private void loop(Runnable body, String... words) {
        ScriptState before = script.state();
        int start = c.position();
        body.run();
        ScriptState once = script.state();
        if (once.differs(before)) {
            c.back(start);
            script.state(once);
            body.run();
        }
        script.state(before.or(List.of(once, script.state())));
        c.expect("END");
        if (!c.acceptAny(words)) {
            throw c.unexpected(words[0]);
        }
        if (c.peek().isName()) {
            c.next();
        }
    }

    private void returned() {
        c.expect("RETURN");
        ScriptVariables variables = script.variables();
        if (c.sees(";") || c.atEnd() || c.sees("END")) {
            variables.returns(List.of(new Rows.Column(script.resultName(), Taint.NONE)));
            return;
        }
        if (c.sees("TABLE", "(")) {
            if (c.peek(2).isName() && c.peek(3).is(")")
                    || c.peek(2).is(":") && c.peek(4).is(")")) {
                c.expect("TABLE", "(");
                c.accept(":");
                String name = script.names().fold(c.name());
                c.expect(")");
                if (!variables.isResult(name)) {
                    throw c.unsupported("RETURN TABLE of " + name, "Return a result set or cursor of the script.");
                }
                Rows rows = variables.rows(name);
                variables.returns(rows == null ? null : rows.columns());
                return;
            }
            throw c.unsupported("RETURN TABLE of an expression", "Return a result set of the script.");
        }
        Name only = c.peek().isName() && (c.peek(1).is(";") || c.peek(1).is("END")) ? Name.of(c.peek()) : null;
        if (only != null && variables.isResult(script.names().fold(only))) {
            c.next();
            Rows rows = variables.rows(script.names().fold(only));
            variables.returns(rows == null ? null : rows.columns());
            return;
        }
        variables.returns(List.of(new Rows.Column(script.resultName(), expressions.value())));
    }

    static List<Name> targets(Cursor c) {
        return QueryParser.at(c).variables();
    }
}
