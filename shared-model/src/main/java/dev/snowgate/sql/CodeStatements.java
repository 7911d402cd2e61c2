package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CALL and EXECUTE: stored code; a literal of EXECUTE IMMEDIATE is opened and read as the statement it is. */
final class CodeStatements {
    private CodeStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        if (c.accept("CALL")) {
            call(draft);
            return;
        }
        c.expect("EXECUTE");
        if (c.accept("IMMEDIATE")) {
            immediate(draft);
            return;
        }
        draft.kind = StatementKind.EXECUTE_TASK;
        if (!c.seesAny("TASK", "MANAGED", "ALERT", "JOB", "SERVICE", "NOTEBOOK", "DBT", "DCM")) {
            throw c.unexpected("TASK");
        }
        while (c.seesAny("MANAGED", "JOB", "DBT", "DCM")) {
            c.next();
        }
        if (c.seesAny("TASK", "ALERT", "NOTEBOOK", "PROJECT", "SERVICE")) {
            c.next();
        }
        if (c.peek().isName() && !c.seesAny("IN", "FROM")) {
            ObjectName name = draft.names.object(c.dotted());
            draft.facts.object(
                    name, ObjectKind.OTHER, Effect.CODE, draft.names.find(name).isPresent());
            draft.title = "Run " + name;
        } else {
            draft.title = "Run stored code";
        }
        StatementReader.skipRest(c);
        draft.facts.effects.add(Effect.CODE);
        draft.runsElsewhere();
    }

    private static void call(Draft draft) {
        Cursor c = draft.c;
        Expr expression = ExprParser.at(c).expression();
        if (!(expression instanceof Expr.Call call)) {
            throw c.unexpected("a procedure");
        }
        List<Taint> given = given(draft, call);
        given.forEach(draft.facts::read);
        boolean known = ProcedureCalls.run(draft, call, given);
        if (!known) {
            given.forEach(draft.facts::predicate);
        }
        into(draft, known && draft.output.size() == 1 ? List.of(value(draft.output.getFirst())) : null);
        StatementReader.end(c);
        draft.kind = StatementKind.CALL;
        String function = call.function();
        draft.facts.functions.add(function);
        ObjectName name = draft.names.object(call.name());
        if (known) {
            // the session is compared after the run: the body may have been changed elsewhere
            draft.compared = true;
        } else {
            unknown(draft, call, name);
        }
        draft.title = "Call " + name;
    }

    /** Whichever of its schemas it runs from, policy must let it. */
    private static void unknown(Draft draft, Expr.Call call, ObjectName name) {
        draft.facts.object(name, ObjectKind.PROCEDURE, Effect.CODE, false);
        draft.names.routines(call.name()).stream()
                .filter(found -> !draft.names.catalog().routines(found).isEmpty())
                .forEach(found -> draft.facts.object(found, ObjectKind.PROCEDURE, Effect.CODE, false));
        draft.facts.flag("unknown-function:" + call.function());
        draft.leavesUnknown();
    }

    private static Taint value(OutputColumn column) {
        return new Taint(column.origins(), column.derivation(), false);
    }

    /** What a routine is given. */
    private static List<Taint> given(Draft draft, Expr.Call call) {
        ScriptVariables script = draft.script();
        Scope scope = script == null ? new Scope(draft.names, null) : ScriptExpressions.scope(draft.names, script);
        ExprLineage expressions = new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
        return call.arguments().stream()
                .map(argument -> expressions.taint(argument.value()))
                .toList();
    }

    /** What an unknown procedure is given decides what it does. */
    static List<Taint> arguments(Draft draft, Expr.Call call) {
        ScriptVariables script = draft.script();
        Scope scope = script == null ? new Scope(draft.names, null) : ScriptExpressions.scope(draft.names, script);
        ExprLineage expressions = new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
        return call.arguments().stream()
                .map(argument -> expressions.predicate(argument.value()))
                .toList();
    }

    /** Takes INTO and a variable after a call; {@code values} is what the call gives, nothing if that is not known. */
    static void into(Draft draft, @Nullable List<Taint> values) {
        Cursor c = draft.c;
        if (!c.sees("INTO")) {
            return;
        }
        ScriptVariables script = draft.script();
        if (script == null) {
            throw c.unsupported(
                    "CALL … INTO", "Call the procedure without INTO; variables exist inside of scripts only.");
        }
        c.next();
        int at = c.peek().start();
        ScriptContext.assign(script, draft.names, ScriptReader.targets(c), values, at);
    }

    private static void immediate(Draft draft) {
        Cursor c = draft.c;
        Token literal = c.peek();
        if (c.accept("FROM")) {
            throw c.unsupported("EXECUTE IMMEDIATE FROM", "Send the statements of the file one by one.");
        }
        if (!literal.isText()) {
            throw c.unsupported("EXECUTE IMMEDIATE of an expression", "Send the statement itself.");
        }
        c.next();
        using(draft);
        StatementReader.end(c);
        List<Token> tokens = ScriptStatements.tokens(literal, "EXECUTE IMMEDIATE");
        Draft inner = draft.inner(draft.reading.cursor(tokens));
        try {
            List<List<Token>> parts = Splitter.split(tokens);
            boolean block = parts.size() == 1 && ScriptSpan.startsAt(tokens, 0);
            if (block) {
                ScriptStatements.run(inner, tokens, Map.of(), ScriptStatements.RESULT, false);
                inner.kind = StatementKind.SCRIPT;
                inner.title = "a script";
            } else if (parts.size() == 1) {
                inner = draft.inner(draft.reading.cursor(parts.getFirst()));
                StatementReader.read(inner);
            } else {
                ScriptStatements.run(inner, tokens, Map.of(), ScriptStatements.RESULT, true);
                inner.kind = StatementKind.SCRIPT;
                inner.title = "several statements";
            }
        } catch (SyntaxProblem problem) {
            throw ScriptStatements.inside(problem, literal, "EXECUTE IMMEDIATE");
        }
        adopt(draft, inner);
    }

    /** Values of binds in the literal; they cannot change what it does, only what it compares with. */
    private static void using(Draft draft) {
        Cursor c = draft.c;
        if (!c.accept("USING")) {
            return;
        }
        ScriptVariables script = draft.script();
        if (script == null) {
            c.skipGroup();
            return;
        }
        Scope scope = ScriptExpressions.scope(draft.names, script);
        ExprLineage expressions = new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of());
        ScriptDeclarations.arguments(c, expressions).forEach(taint -> {
            if (taint.isUnknown() || draft.facts.touchesProtected(taint)) {
                throw c.unsupported("EXECUTE IMMEDIATE with protected values", "Use the value in a plain statement.");
            }
        });
    }

    private static void adopt(Draft draft, Draft inner) {
        if (inner.facts.lastQueryId || !inner.facts.queryIds.isEmpty()) {
            throw new SyntaxProblem(
                    "EXECUTE IMMEDIATE with a query id",
                    "Query ids inside a literal cannot be resolved.",
                    "Send the statement itself.",
                    -1);
        }
        draft.kind = StatementKind.EXECUTE_IMMEDIATE;
        draft.facts.adoptPart(inner.kind, inner.facts);
        draft.facts.effects.add(Effect.CODE);
        draft.facts.flag("opened:" + inner.kind.name().toLowerCase(java.util.Locale.ROOT));
        draft.resultOf(inner);
        draft.unload = inner.unload;
        draft.adoptSession(inner);
        // the session is compared after the run: what ran came out of a literal
        draft.afterKnown = draft.script() != null && inner.afterKnown;
        draft.compared |= inner.compared;
        draft.title = "Run from a literal: " + inner.title;
    }
}
