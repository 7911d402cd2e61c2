package dev.snowgate.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

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

    /**
     * The same for all texts that differ in literals, comments, white space, the case of unquoted words and the length of lists of literals only: 64
     * hexadecimal digits.
     */
    public String fingerprint() {
        StringBuilder plain = new StringBuilder();
        for (TokenSpan token : tokens) {
            String word = text.substring(token.span().start(), token.span().end());
            boolean literal = token.tokenClass() == TokenClass.LITERAL;
            if (literal && plain.indexOf("? , ", plain.length() - 4) >= 0) {
                plain.setLength(plain.length() - 4);
            }
            plain.append(literal ? "?" : word.startsWith("\"") ? word : word.toUpperCase(Locale.ROOT))
                    .append(' ');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(plain.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
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
