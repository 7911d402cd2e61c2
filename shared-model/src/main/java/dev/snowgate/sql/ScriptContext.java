package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of one script: the place in it, what its variables hold, what has run, and what all of it does. */
final class ScriptContext {
    private final Draft whole;
    private final Cursor c;
    private final ScriptVariables variables;
    private final String resultName;
    private ScriptState state;

    /** {@code whole} collects what the statements do. */
    ScriptContext(Draft whole, Cursor c, ScriptVariables variables, String resultName) {
        this.whole = whole;
        this.c = c;
        this.variables = variables;
        this.resultName = resultName;
        this.state = ScriptState.before(whole);
    }

    Cursor cursor() {
        return c;
    }

    ScriptVariables variables() {
        return variables;
    }

    String resultName() {
        return resultName;
    }

    Namespace names() {
        return new Namespace(state.context(), state.catalog());
    }

    ScriptState state() {
        return state;
    }

    void state(ScriptState next) {
        state = next;
    }

    /** A statement that sees what ran before it. */
    Draft draft(Cursor cursor) {
        return new Draft(
                cursor,
                names(),
                whole.queries.earlier(),
                state.session(),
                whole.reading,
                state.overlay(),
                variables,
                List.of());
    }

    /** The tokens up to the semicolon that ends the statement here. */
    List<Token> toSemicolon() {
        int start = c.position();
        while (!c.atEnd() && !c.sees(";")) {
            if (c.seesAny("(", "[", "{")) {
                c.skipGroup();
            } else {
                c.next();
            }
        }
        return c.from(start).subList(0, c.position() - start);
    }

    /** The tokens inside the brackets here. */
    List<Token> group() {
        if (!c.sees("(")) {
            throw c.unexpected("a statement in brackets");
        }
        int start = c.position() + 1;
        c.skipGroup();
        return c.from(start).subList(0, c.position() - 1 - start);
    }

    /** Reads one statement of the script and takes over what it does. */
    Draft sql(List<Token> tokens) {
        if (tokens.isEmpty()) {
            throw c.unexpected("a statement");
        }
        Draft statement = draft(whole.reading.cursor(tokens).inScript());
        if (statement.c.sees("BEGIN") || statement.c.sees("DECLARE")) {
            SessionStatements.read(statement);
        } else {
            StatementReader.read(statement);
        }
        admit(statement, tokens.getFirst().start());
        if (statement.facts.lastQueryId || whole.opened && !statement.facts.queryIds.isEmpty()) {
            throw new SyntaxProblem(
                    "query id in a script",
                    "The ids of queries inside of a script are not known.",
                    "Use a result set of the script.",
                    tokens.getFirst().start());
        }
        statement.carryOver();
        whole.facts.inside.add(statement.kind);
        adopt(statement);
        state = state.after(statement);
        return statement;
    }

    /** What reads or writes by name must know what the names mean. */
    void admit(Draft statement, int at) {
        if (!state.known() && !mayFollowAnything(statement)) {
            throw new SyntaxProblem(
                    "statement after a CALL in a script",
                    "What the procedure leaves in the session is not known.",
                    "Call procedures at the end, or by statements of their own.",
                    at);
        }
    }

    private static boolean mayFollowAnything(Draft statement) {
        return statement.facts.objects().stream()
                .allMatch(use -> use.kind() == ObjectKind.PROCEDURE && use.effect() == Effect.CODE);
    }

    void adopt(Draft statement) {
        whole.facts.adopt(statement.facts);
        whole.facts.queryIds.addAll(statement.facts.queryIds);
        whole.compared |= statement.compared;
        variables.mayFailOn(whole.facts.read);
        whole.unload = UnloadTarget.strictest(whole.unload, statement.unload);
    }

    /** What a script as a sequence of statements ends with. */
    void ends(Draft statement) {
        whole.resultOf(statement);
        whole.kind = statement.kind;
    }

    void predicate(Taint... taints) {
        for (Taint taint : taints) {
            whole.facts.predicate(taint);
        }
    }

    /** Gives values to variables by position; nothing stands for values that cannot be traced. */
    void assign(List<Name> targets, @Nullable List<Taint> values, int at) {
        assign(variables, names(), targets, values, at);
    }

    static void assign(
            ScriptVariables variables, Namespace names, List<Name> targets, @Nullable List<Taint> values, int at) {
        if (values != null && values.size() != targets.size()) {
            throw new SyntaxProblem(
                    "INTO with a different number of variables",
                    "The statement gives another number of values than there are variables.",
                    "Name one variable for each value.",
                    at);
        }
        for (int i = 0; i < targets.size(); i++) {
            variables.assign(names.fold(targets.get(i)), values == null ? Taint.UNKNOWN : values.get(i));
        }
    }
}
