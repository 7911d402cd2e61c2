package dev.snowgate.sql;

import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits at semicolons; those inside of a script are its own. */
final class Splitter {
    private static final Set<String> BODY_KINDS = Set.of("PROCEDURE", "FUNCTION", "TASK", "ALERT");
    private static final Set<String> SCRIPT_WORDS =
            Set.of("LET", "FOR", "WHILE", "LOOP", "REPEAT", "RETURN", "IF", "EXCEPTION");

    private Splitter() {}

    static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < tokens.size()) {
            if (tokens.get(i).is(";")) {
                add(parts, tokens.subList(start, i));
                start = ++i;
            } else if (startsScript(tokens, start, i)) {
                i = ScriptSpan.end(tokens, i);
                if (i < tokens.size() && !tokens.get(i).is(";") && start == i) {
                    throw trailing(tokens.get(i));
                }
            } else {
                i++;
            }
        }
        add(parts, tokens.subList(start, tokens.size()));
        return parts;
    }

    private static boolean startsScript(List<Token> tokens, int start, int i) {
        if (i == start) {
            refuseFragment(tokens.get(i));
            return ScriptSpan.startsAt(tokens, i);
        }
        return isBody(tokens, start, i);
    }

    private static void add(List<List<Token>> parts, List<Token> part) {
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
    }

    private static void refuseFragment(Token first) {
        if (SCRIPT_WORDS.contains(first.word())) {
            throw new SyntaxProblem(
                    "scripting statement outside of a block",
                    first.word() + " can stand only inside of a script.",
                    "Write it between BEGIN and END.",
                    first.start());
        }
    }

    private static SyntaxProblem trailing(Token token) {
        return new SyntaxProblem(
                "text after a script",
                "A script ends at its last END.",
                "Separate the statements with a semicolon.",
                token.start());
    }

    /** A body without delimiters: the block after AS or THEN of something that keeps code. */
    private static boolean isBody(List<Token> tokens, int start, int i) {
        Token before = tokens.get(i - 1);
        if (!(before.is("AS") || before.is("THEN")) || !ScriptSpan.startsAt(tokens, i)) {
            return false;
        }
        Token first = tokens.get(start);
        return (first.is("CREATE") || first.is("ALTER") || first.is("WITH") || first.is("DEFINE"))
                && tokens.subList(start, Math.min(start + 8, i)).stream().anyMatch(t -> BODY_KINDS.contains(t.word()))
                && (i + 1 >= tokens.size() || !tokens.get(i + 1).is(","));
    }
}
