package dev.snowgate.sql.syntax;

import java.util.List;

/**
 * The lexer's answer.
 *
 * @param tokens tokens in order, without an end token
 * @param comments contents of the comments in order
 * @param text the text written from the tokens at their original positions: comments blank, white space plain
 */
public record Lexed(List<Token> tokens, List<String> comments, String text) {
    public Lexed {
        tokens = List.copyOf(tokens);
        comments = List.copyOf(comments);
    }

    @Override
    public String toString() {
        return "Lexed[" + tokens.size() + " tokens]";
    }
}
