package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Lexed;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Map;

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
        if (c.accept("INTO")) {
            throw c.unsupported("CALL … INTO", "Call the procedure without INTO.");
        }
        StatementReader.end(c);
        draft.kind = StatementKind.CALL;
        ExprLineage expressions =
                new ExprLineage(draft.queries, new Scope(draft.names, null), CommonTables.NONE, Map.of());
        call.arguments().forEach(argument -> expressions.predicate(argument.value()));
        String function = call.function();
        draft.facts.functions.add(function);
        ObjectName name = draft.names.object(call.name());
        draft.facts.object(
                name, ObjectKind.PROCEDURE, Effect.CODE, draft.names.find(name).isPresent());
        draft.facts.flag("unknown-function:" + function);
        draft.leavesUnknown();
        draft.title = "Call " + name;
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
        if (c.accept("USING")) {
            c.skipGroup();
        }
        StatementReader.end(c);
        Lexed lexed;
        List<List<Token>> parts;
        try {
            lexed = Lexer.lex(literal.content());
            parts = Splitter.split(lexed.tokens());
        } catch (SyntaxProblem problem) {
            throw new SyntaxProblem(
                    "EXECUTE IMMEDIATE: " + problem.construct(), problem.reason(), problem.advice(), literal.start());
        }
        if (parts.size() != 1) {
            throw new SyntaxProblem(
                    "EXECUTE IMMEDIATE of several statements",
                    "The literal does not hold exactly one statement.",
                    "Send the statements one by one.",
                    literal.start());
        }
        Draft inner = new Draft(
                draft.reading.cursor(parts.getFirst()),
                draft.names,
                QueryLineage.NONE,
                draft.variables,
                draft.reading,
                draft.overlay);
        try {
            StatementReader.read(inner);
        } catch (UnknownObject missing) {
            throw missing;
        } catch (SyntaxProblem problem) {
            throw new SyntaxProblem(
                    "EXECUTE IMMEDIATE: " + problem.construct(), problem.reason(), problem.advice(), literal.start());
        }
        adopt(draft, inner);
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
        draft.facts.adopt(inner.facts);
        draft.facts.effects.add(Effect.CODE);
        draft.facts.flag("opened:" + inner.kind.name().toLowerCase(java.util.Locale.ROOT));
        draft.output = inner.output;
        draft.unload = inner.unload;
        draft.adoptSession(inner);
        // the session is compared after the run: what ran came out of a literal
        draft.afterKnown = false;
        draft.title = "Run from a literal: " + inner.title;
    }
}
