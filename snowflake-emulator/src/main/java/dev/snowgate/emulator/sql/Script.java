package dev.snowgate.emulator.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a text: its source and its tokens.
 *
 * @param source the text the tokens' positions refer to
 */
public record Script(String source, List<Token> tokens) {

    /** Splits a text at its semicolons; empty statements disappear. */
    public static List<Script> split(String text) {
        List<Script> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        for (Token token : Lexer.tokens(text)) {
            if (token.is(";")) {
                if (!current.isEmpty()) {
                    statements.add(new Script(text, List.copyOf(current)));
                    current.clear();
                }
            } else {
                current.add(token);
            }
        }
        if (!current.isEmpty()) {
            statements.add(new Script(text, List.copyOf(current)));
        }
        return statements;
    }

    /** The statement as it was written. */
    public String text() {
        return source.substring(tokens.getFirst().start(), tokens.getLast().end());
    }

    /** The token at an index, or an operator that equals nothing. */
    public Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : Token.raw("");
    }

    /** Whether the statement begins with these words. */
    public boolean starts(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    public int binds() {
        return (int) tokens.stream().filter(t -> t.type() == Token.Type.PARAM).count();
    }
}
