package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Procedures and functions: their bodies in SQL are opened. What a stored body does counts when it is created; what it gives back is written to its
 * result, so that protected values cannot be laundered through it. A stored body that cannot be read makes the routine an unknown function.
 */
final class Routines {
    private static final Set<String> MODES = Set.of("IN", "OUT", "INOUT", "INPUT", "OUTPUT");

    private Routines() {}

    /** Its parameters, the language of its body and the body, which is a literal or starts at the cursor. */
    private record Head(
            Map<String, Taint> parameters,
            String language,
            @Nullable Token literal) {}

    /** Takes the rest of CREATE PROCEDURE or FUNCTION after the name. */
    static void create(Draft draft, ObjectName name, boolean function) {
        Head head = head(draft);
        Token literal = head.literal();
        Cursor c = draft.c;
        List<Token> body = List.of();
        if (head.language().equals("SQL") && literal == null) {
            body = c.from(c.position());
            StatementReader.skipRest(c);
        }
        StatementReader.skipRest(c);
        if (!head.language().equals("SQL") || literal == null && body.isEmpty()) {
            return;
        }
        try {
            List<Token> tokens = literal == null ? body : ScriptStatements.tokens(literal, "body");
            Draft inner = draft.inner(draft.reading.cursor(tokens));
            if (function) {
                function(inner, head.parameters());
            } else {
                procedure(inner, tokens, head.parameters());
            }
            draft.facts.adopt(inner.facts);
            draft.unload = inner.unload;
            inner.output.forEach(column ->
                    draft.facts.writes.add(new WriteLineage(new ColumnName(name, "RESULT"), column.origins())));
            if (inner.output.stream().anyMatch(c2 -> c2.derivation() == OutputColumn.Derivation.UNKNOWN)) {
                draft.facts.flag("unknown-value-written");
            }
        } catch (UnknownObject missing) {
            throw missing;
        } catch (SyntaxProblem problem) {
            if (literal == null || problem.construct().equals("too slow to read")) {
                // where a body without delimiters ends is known only if all of it was read
                throw problem;
            }
            draft.facts.effects.add(Effect.READ);
            draft.facts.effects.add(Effect.WRITE);
            draft.facts.flag("body-not-understood");
            draft.facts.flag("unknown-function:" + name);
        }
    }

    private static Head head(Draft draft) {
        Cursor c = draft.c;
        Map<String, Taint> parameters = c.sees("(") ? parameters(draft) : Map.of();
        String language = "SQL";
        while (!c.atEnd()) {
            if (c.seesAny("(", "[", "{")) {
                c.skipGroup();
            } else if (c.accept("LANGUAGE")) {
                language = c.next().word();
            } else if (c.accept("EXTERNAL_ACCESS_INTEGRATIONS")) {
                draft.facts.effects.add(Effect.EXTERNAL_CALL);
            } else if (c.accept("AS")) {
                if (c.peek().isText()) {
                    return new Head(parameters, language, c.next());
                }
                if (!c.seesAny("CALLER", "OWNER", "RESTRICTED")) {
                    return new Head(parameters, language, null);
                }
            } else {
                c.next();
            }
        }
        return new Head(parameters, language, null);
    }

    private static Map<String, Taint> parameters(Draft draft) {
        Cursor c = draft.c;
        Map<String, Taint> parameters = new LinkedHashMap<>();
        int end = c.position() + c.partnerOf(0);
        c.expect("(");
        boolean start = true;
        while (c.position() < end) {
            if (c.sees("SELECT")) {
                throw c.unsupported("query in a parameter", "Write plain parameters.");
            }
            if (c.seesAny("(", "[", "{")) {
                c.skipGroup();
                continue;
            }
            if (start
                    && MODES.contains(c.peek().word())
                    && c.peek(1).isName()
                    && !c.peek(2).is(",")) {
                c.next();
            }
            if (start && c.peek().isName()) {
                parameters.put(draft.names.fold(c.name()), Taint.NONE);
            } else {
                c.next();
            }
            start = c.peek(-1).is(",");
        }
        c.expect(")");
        return parameters;
    }

    private static void procedure(Draft inner, List<Token> tokens, Map<String, Taint> parameters) {
        boolean block = ScriptSpan.startsAt(tokens, 0);
        ScriptStatements.run(inner, tokens, parameters, "", !block);
    }

    private static void function(Draft inner, Map<String, Taint> parameters) {
        inner.output = Draft.output(functionBody(inner.c, inner.queries, parameters));
    }

    /** The columns of a function's body, a query or an expression. */
    static List<Rows.Column> functionBody(Cursor c, QueryLineageReader queries, Map<String, Taint> parameters) {
        Scope scope = Scope.ofRoutine(queries.names(), parameters);
        List<Rows.Column> columns;
        if (QueryParser.at(c).startsQuery()) {
            Query query = QueryParser.at(c).query();
            columns = queries.query(query, scope, CommonTables.NONE);
        } else {
            Expr expression = ExprParser.at(c).expression();
            Taint taint = new ExprLineage(queries, scope, CommonTables.NONE, Map.of()).taint(expression);
            columns = List.of(new Rows.Column("", taint));
        }
        c.accept(";");
        StatementReader.end(c);
        columns.forEach(column -> queries.facts().read(column.taint()));
        return columns;
    }

    /** {@code WITH name AS PROCEDURE (…) … CALL name(…)}: runs now, with what it is called with. */
    static void anonymous(Draft draft) {
        Cursor c = draft.c;
        Map<String, Head> procedures = new HashMap<>();
        c.expect("WITH");
        do {
            String name = draft.names.fold(c.name());
            c.expect("AS", "PROCEDURE");
            Head head = head(draft);
            if (head.literal() == null) {
                throw c.unsupported("anonymous procedure without a literal body", "Write the body between $$ and $$.");
            }
            procedures.put(name, head);
        } while (c.accept(","));
        c.expect("CALL");
        if (!(ExprParser.at(c).expression() instanceof Expr.Call call)) {
            throw c.unexpected("a procedure");
        }
        Head head = call.name().size() == 1
                ? procedures.get(draft.names.fold(call.name().getFirst()))
                : null;
        if (head == null || procedures.size() != 1) {
            throw c.unsupported("anonymous procedures that call others", "Define one procedure, and call it.");
        }
        List<Taint> arguments = CodeStatements.arguments(draft, call);
        run(draft, head, call, arguments);
        CodeStatements.into(
                draft,
                draft.output.size() == 1
                        ? List.of(new Taint(
                                draft.output.getFirst().origins(),
                                draft.output.getFirst().derivation(),
                                false))
                        : null);
        StatementReader.end(c);
        draft.kind = StatementKind.SCRIPT;
        draft.title = "Run a procedure without a name";
    }

    private static void run(Draft draft, Head head, Expr.Call call, List<Taint> arguments) {
        Token literal = head.literal();
        if (literal == null || !head.language().equals("SQL")) {
            draft.facts.effects.add(Effect.CODE);
            draft.facts.functions.add(call.function());
            draft.facts.flag("unknown-function:" + call.function());
            draft.leavesUnknown();
            return;
        }
        Map<String, Taint> given = new HashMap<>(head.parameters());
        List<String> names = List.copyOf(head.parameters().keySet());
        for (int i = 0; i < names.size(); i++) {
            // a named argument may stand for any of them
            given.put(names.get(i), Taint.of(arguments));
        }
        try {
            List<Token> tokens = ScriptStatements.tokens(literal, "procedure");
            Draft inner = draft.inner(draft.reading.cursor(tokens));
            ScriptStatements.run(
                    inner, tokens, given, draft.names.fold(call.name().getFirst()), !ScriptSpan.startsAt(tokens, 0));
            draft.facts.adopt(inner.facts);
            draft.output = inner.output;
            draft.unload = inner.unload;
            draft.takeOver(inner);
            draft.leavesUnknown();
        } catch (SyntaxProblem problem) {
            throw ScriptStatements.inside(problem, literal, "procedure");
        }
    }

    /** Whether a procedure without a name starts here. */
    static boolean startsAnonymous(Cursor c) {
        return c.sees("WITH")
                && c.peek(1).isName()
                && c.peek(2).is("AS")
                && c.peek(3).is("PROCEDURE");
    }
}
