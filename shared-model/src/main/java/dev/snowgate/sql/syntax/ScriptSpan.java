package dev.snowgate.sql.syntax;

import java.util.List;
import java.util.Set;

/** Where a script starts and where it ends in a list of tokens: its semicolons are its own. */
public final class ScriptSpan {
    private static final Set<String> AFTER_BEGIN = Set.of("TRANSACTION", "WORK", "NAME", ";");
    private static final Set<String> OPENERS = Set.of("IF", "FOR", "WHILE", "LOOP", "REPEAT", "CASE");
    private static final Set<String> CLOSERS = Set.of("IF", "FOR", "WHILE", "LOOP", "REPEAT", "CASE");
    private static final Set<String> LEADS =
            Set.of("BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", "EXCEPTION", "DECLARE", ";");

    private final List<Token> tokens;
    private int depth;
    private int cases;
    private int brackets;
    private boolean lead = true;

    private ScriptSpan(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Whether a block starts at that token: BEGIN that is not a transaction's, or DECLARE. */
    public static boolean startsAt(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return false;
        }
        Token first = tokens.get(at);
        return first.is("DECLARE") || isBlock(tokens, at);
    }

    private static boolean isBlock(List<Token> tokens, int at) {
        return tokens.get(at).is("BEGIN")
                && at + 1 < tokens.size()
                && !AFTER_BEGIN.contains(tokens.get(at + 1).word());
    }

    /** The index after the END that closes the block starting there. */
    public static int end(List<Token> tokens, int start) {
        return new ScriptSpan(tokens).find(start);
    }

    private int find(int start) {
        for (int i = start; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (isOpening(token)) {
                brackets++;
                lead = false;
            } else if (isClosing(token)) {
                brackets--;
            } else if (brackets == 0) {
                int next = word(i, token);
                if (depth == 0 && token.is("END") && next >= 0) {
                    return next;
                }
                i = Math.max(i, next - 1);
            }
        }
        throw new SyntaxProblem(
                "script without an end",
                "A block of the script has no END.",
                "Close every BEGIN, IF, CASE and loop of the script.",
                tokens.get(start).start());
    }

    private static boolean isOpening(Token token) {
        return token.is("(") || token.is("[") || token.is("{");
    }

    private static boolean isClosing(Token token) {
        return token.is(")") || token.is("]") || token.is("}");
    }

    /** Counts one token outside of brackets; gives the index after an END with its words, else -1. */
    private int word(int i, Token token) {
        boolean wasLead = lead;
        lead = false;
        if (token.is("END")) {
            lead = true;
            return close(i);
        }
        if (wasLead && isBlock(tokens, i) || wasLead && OPENERS.contains(token.word())) {
            depth++;
            lead = LEADS.contains(token.word());
        } else if (token.is("CASE")) {
            cases++;
        } else if (cases == 0) {
            lead = LEADS.contains(token.word());
        }
        return -1;
    }

    private int close(int i) {
        if (cases > 0) {
            cases--;
            lead = false;
            return -1;
        }
        depth--;
        int next = i + 1;
        if (depth > 0
                && next < tokens.size()
                && CLOSERS.contains(tokens.get(next).word())) {
            next++;
        }
        if (next < tokens.size() && tokens.get(next).isName()) {
            next++;
        }
        return next;
    }
}
