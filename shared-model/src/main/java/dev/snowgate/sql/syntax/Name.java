package dev.snowgate.sql.syntax;

/**
 * One part of a name, as written.
 *
 * @param value without its quotes
 * @param quoted whether it was quoted, and therefore keeps its case
 * @param at 0-based offset in the text
 */
public record Name(String value, boolean quoted, int at) {
    /** The name of that token. */
    public static Name of(Token token) {
        return new Name(token.content(), token.type() == Token.Type.QUOTED, token.start());
    }
}
