package dev.snowgate.sql;

import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits at semicolons. A script has semicolons of its own and is refused here, before anything could be read out of its middle. */
final class Splitter {
    private static final Set<String> AFTER_BEGIN = Set.of("TRANSACTION", "WORK", "NAME", ";");
    private static final Set<String> BODY_KINDS = Set.of("PROCEDURE", "FUNCTION", "TASK", "ALERT");

    private Splitter() {}

    static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(";")) {
                add(parts, current);
                current = new ArrayList<>();
                continue;
            }
            current.add(token);
            if (current.size() == 1) {
                refuseScript(tokens, i);
            } else {
                refuseBody(current, token, i + 1 < tokens.size() ? tokens.get(i + 1) : null);
            }
        }
        add(parts, current);
        return parts;
    }

    private static void add(List<List<Token>> parts, List<Token> current) {
        if (!current.isEmpty()) {
            parts.add(current);
        }
    }

    private static void refuseScript(List<Token> tokens, int i) {
        Token first = tokens.get(i);
        Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
        boolean block = first.is("BEGIN") && next != null && !AFTER_BEGIN.contains(next.word());
        if (block
                || first.is("DECLARE")
                || Set.of("LET", "FOR", "WHILE", "LOOP", "REPEAT", "RETURN", "IF", "EXCEPTION")
                        .contains(first.word())) {
            throw new SyntaxProblem(
                    "scripting block",
                    "A script can run statements that cannot be judged one by one.",
                    "Send the statements of the script one by one.",
                    first.start());
        }
    }

    private static void refuseBody(List<Token> current, Token token, @org.jspecify.annotations.Nullable Token next) {
        boolean body = token.is("BEGIN") || token.is("DECLARE");
        Token before = current.get(current.size() - 2);
        if (body
                && (before.is("AS") || before.is("THEN"))
                && current.getFirst().is("CREATE")
                && current.stream().limit(8).anyMatch(t -> BODY_KINDS.contains(t.word()))
                && (next == null || !next.is(","))) {
            throw new SyntaxProblem(
                    "scripting block as a body",
                    "The body is a script without delimiters.",
                    "Write the body between $$ and $$.",
                    token.start());
        }
    }
}
