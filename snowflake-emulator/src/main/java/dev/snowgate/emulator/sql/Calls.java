package dev.snowgate.emulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finding brackets and arguments in a list of tokens. */
public final class Calls {
    private Calls() {}

    /** The index of the bracket that closes the one at {@code open}; the last index when there is none. */
    public static int close(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (tokens.get(i).is("(") || tokens.get(i).is("[") || tokens.get(i).is("{")) {
                depth++;
            } else if (tokens.get(i).is(")")
                    || tokens.get(i).is("]")
                    || tokens.get(i).is("}")) {
                if (--depth == 0) {
                    return i;
                }
            }
        }
        return tokens.size() - 1;
    }

    /** Splits at the commas that are in no bracket. */
    public static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            if (token.is("(") || token.is("[") || token.is("{")) {
                depth++;
            } else if (token.is(")") || token.is("]") || token.is("}")) {
                depth--;
            }
            if (depth == 0 && token.is(",")) {
                parts.add(current);
                current = new ArrayList<>();
            } else {
                current.add(token);
            }
        }
        if (!current.isEmpty() || !parts.isEmpty()) {
            parts.add(current);
        }
        return parts;
    }

    public static String render(List<Token> tokens) {
        return tokens.stream().map(Token::render).collect(Collectors.joining(" "));
    }
}
