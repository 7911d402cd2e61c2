package dev.snowgate.sql;

import java.util.List;

/**
 * The text that goes to Snowflake: written from our tokens, each at its original line and column, comments as blanks.
 * Holds SQL literals, so {@code toString} shows sizes only.
 *
 * @param text the text, literals included
 * @param shape the text with each literal replaced by a numbered placeholder {@code ‹1›}, safe to store in clear
 * @param literals the replaced literals in order, as written
 * @param comments comments of the original text in order, without their marks
 * @param tokens all tokens that are not white space, for highlighting
 */
public record ExecutedText(
        String text, String shape, List<String> literals, List<String> comments, List<TokenSpan> tokens) {
    public ExecutedText {
        literals = List.copyOf(literals);
        comments = List.copyOf(comments);
        tokens = List.copyOf(tokens);
    }

    @Override
    public String toString() {
        return "ExecutedText[" + text.length() + " characters, " + literals.size() + " literals]";
    }

    /** A token for highlighting. */
    public record TokenSpan(TextSpan span, TokenClass tokenClass) {}

    /** What a token is to the eye. */
    public enum TokenClass {
        KEYWORD,
        NAME,
        LITERAL,
        OPERATOR
    }
}
