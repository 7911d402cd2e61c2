package dev.snowgate.sql;

import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scripts: blocks, and texts of several statements in a literal. What they do is all that any of their statements may do. */
final class ScriptStatements {
    /** The name of the column in which a block gives back its value. */
    static final String RESULT = "anonymous block";

    private static final int MAX_ROUNDS = 20;
    private static final List<String> CONSTANTS =
            List.of("SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND", "SQLID", "SQLCODE", "SQLSTATE");
    private static final Set<Effect> SESSION = Set.of(Effect.SESSION, Effect.TRANSACTION);

    private ScriptStatements() {}

    /** A block that stands in the text itself. */
    static void read(Draft draft) {
        run(draft, draft.c.from(draft.c.position()), Map.of(), RESULT, false);
        StatementReader.skipRest(draft.c);
        draft.kind = StatementKind.SCRIPT;
        draft.title = "Run a script";
    }

    /**
     * Reads the tokens as a script and takes over what it does. {@code arguments} are variables that it is given; {@code sequence} tells that the
     * tokens are statements without a block around them.
     */
    static void run(Draft draft, List<Token> tokens, Map<String, Taint> arguments, String result, boolean sequence) {
        ScriptVariables variables = new ScriptVariables();
        arguments.forEach(variables::assign);
        CONSTANTS.forEach(variables::declare);
        variables.takeChanged();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            variables.assign("SQLERRM", variables.errorText());
            Draft whole = draft.again();
            Cursor c = draft.reading.cursor(tokens);
            ScriptContext script = new ScriptContext(whole, c, variables, result);
            ScriptReader reader = new ScriptReader(script);
            if (sequence) {
                reader.sequence();
            } else {
                reader.block();
                c.accept(";");
            }
            StatementReader.end(c);
            if (!variables.takeChanged()) {
                take(draft, whole, script, variables, result, sequence);
                return;
            }
        }
        throw new SyntaxProblem(
                "script that does not settle",
                "What the variables of the script hold cannot be told.",
                "Use fewer variables.",
                tokens.getFirst().start());
    }

    private static void take(
            Draft draft,
            Draft whole,
            ScriptContext script,
            ScriptVariables variables,
            String result,
            boolean sequence) {
        draft.facts.adopt(whole.facts);
        draft.facts.queryIds.addAll(whole.facts.queryIds);
        draft.facts.effects.add(Effect.CODE);
        draft.facts.flag("script");
        draft.unload = whole.unload;
        draft.compared |= whole.compared;
        if (sequence) {
            draft.resultOf(whole);
        } else {
            List<Rows.Column> columns = variables.result(result);
            draft.output = columns == null ? List.of() : Draft.output(columns);
        }
        ScriptState end = script.state();
        draft.redefined.addAll(end.redefined());
        draft.overlay.putAll(end.overlay());
        draft.madeInside = end;
        boolean plain = end.known()
                && end.redefined().isEmpty()
                && end.context().sameMeaning(draft.names.context())
                && draft.facts.effects.stream().noneMatch(SESSION::contains);
        draft.after = end.context();
        if (!plain) {
            draft.leavesUnknown();
        }
    }

    /** The tokens of a literal that holds statements. */
    static List<Token> tokens(Token literal, String what) {
        try {
            List<Token> tokens = Lexer.lex(literal.content()).tokens();
            if (tokens.isEmpty()) {
                throw new SyntaxProblem("empty text", "The literal holds no statement.", "Write the statement.", -1);
            }
            return tokens;
        } catch (SyntaxProblem problem) {
            throw inside(problem, literal, what);
        }
    }

    /** The problem at the place of the literal, with the line in it. */
    static SyntaxProblem inside(SyntaxProblem problem, Token literal, String what) {
        if (problem instanceof UnknownObject) {
            return problem;
        }
        String content = literal.content();
        long line = problem.at() < 0 || problem.at() > content.length()
                ? 0
                : content.substring(0, problem.at()).lines().count();
        return new SyntaxProblem(
                what + ": " + problem.construct(),
                line <= 0 ? problem.reason() : problem.reason() + " (line " + Math.max(1, line) + " of the literal)",
                problem.advice(),
                literal.start());
    }
}
