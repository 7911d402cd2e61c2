package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Snowflake's lexical rules, complete: what is not listed here is refused, because a second reader could see it differently
 * (nested comments, backslashes and look-alike letters outside of literals, a lone carriage return that ends a comment).
 */
public final class Lexer {
    /** For texts that are lexed by themselves; far more than the longest takes. */
    private static final int MILLIS = 10_000;

    private static final Set<String> THREE = Set.of("->>");
    private static final Set<String> TWO = Set.of("::", ":=", "=>", "->", "||", "!=", "<>", "<=", ">=", "**", "<-");
    private static final String ONE = "+-*/%=<>()[]{},.;:?!^|~&";

    private final String text;
    private final char[] clean;
    private final List<Token> tokens = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private int at;

    private final Deadline deadline;

    private Lexer(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
        this.clean = new char[text.length()];
    }

    /** The tokens of the text; throws {@link SyntaxProblem} if it is not lexically Snowflake SQL. */
    public static Lexed lex(String text) {
        return lex(text, Deadline.in(MILLIS));
    }

    /** The same as part of a reading that has an end. */
    public static Lexed lex(String text, Deadline deadline) {
        return new Lexer(text, deadline).run();
    }

    private Lexed run() {
        while (at < text.length()) {
            deadline.step();
            char c = text.charAt(at);
            if (isSpace(c)) {
                clean[at] = blank(at);
                at++;
            } else if (starts("--") || starts("//")) {
                lineComment();
            } else if (starts("/*")) {
                blockComment();
            } else {
                int start = at;
                token(c);
                text.getChars(start, at, clean, start);
            }
        }
        return new Lexed(tokens, comments, new String(clean));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B || c == 0xA0;
    }

    private char blank(int i) {
        char c = text.charAt(i);
        boolean loneReturn = c == '\r' && (i + 1 >= text.length() || text.charAt(i + 1) != '\n');
        return c == '\n' || loneReturn ? '\n' : ' ';
    }

    private boolean starts(String mark) {
        return text.startsWith(mark, at);
    }

    private void lineComment() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at);
            if (c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n')) {
                throw problem(
                        "carriage return in a comment",
                        "A lone carriage return inside a line comment is read in two ways.",
                        "End the comment with a line feed.");
            }
            if (c == 0x85 || c == 0x2028 || c == 0x2029) {
                throw problem(
                        "line separator in a comment",
                        "A Unicode line separator inside a line comment is read in two ways.",
                        "End the comment with a line feed.");
            }
            clean[at++] = ' ';
        }
        comments.add(text.substring(start + 2, at).strip());
    }

    private void blockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw problem("unterminated comment", "A block comment is not closed.", "Close the comment with */.");
        }
        int inner = text.indexOf("/*", at + 2);
        if (inner >= 0 && inner < end) {
            throw problem(
                    "nested comment",
                    "A comment inside a comment is read in two ways.",
                    "Write comments without nesting.");
        }
        comments.add(text.substring(at + 2, end).strip());
        for (int i = at; i < end + 2; i++) {
            clean[i] = text.charAt(i) == '\r' || text.charAt(i) == '\n' ? blank(i) : ' ';
        }
        at = end + 2;
    }

    private void token(char c) {
        int start = at;
        if (isWordStart(c)) {
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            add(Token.Type.WORD, start, text.substring(start, at).toUpperCase(Locale.ROOT));
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)) && !afterName()) {
            number();
            add(Token.Type.NUMBER, start, "");
        } else if (c == '\'') {
            string();
            add(Token.Type.STRING, start, "");
        } else if (c == '"') {
            quoted();
            add(Token.Type.QUOTED, start, "");
        } else if (c == '$') {
            dollar(start);
        } else if (c == '@') {
            stage();
            add(Token.Type.STAGE, start, "");
        } else {
            operator(c);
        }
    }

    /** Whether a dot here continues a name or a subscript, so that it is not the start of a number. */
    private boolean afterName() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.getLast();
        return last.end() == at && (last.isName() || last.is(")") || last.is("]"));
    }

    private void operator(char c) {
        int start = at;
        String single = c == '(' ? "(" : c == ')' ? ")" : c == ',' ? "," : c == ';' ? ";" : "";
        if (!single.isEmpty()) {
            // no longer operator starts with one of these, and they are most of a bulk load
            at++;
            tokens.add(new Token(Token.Type.OPERATOR, start, at, single, single));
            return;
        }
        for (int length = 3; length > 0; length--) {
            if (at + length > text.length()) {
                continue;
            }
            String candidate = text.substring(at, at + length);
            boolean known = length == 3
                    ? THREE.contains(candidate)
                    : length == 2 ? TWO.contains(candidate) : ONE.indexOf(c) >= 0;
            // "<-" is only "less than minus": kept apart so that a<-1 stays what it is
            if (known && !candidate.equals("<-")) {
                at += length;
                add(Token.Type.OPERATOR, start, candidate);
                return;
            }
        }
        String shown = c > ' ' && c < 127 ? "'" + c + "'" : String.format(Locale.ROOT, "U+%04X", (int) c);
        throw problem(
                "character " + shown,
                "The character " + shown + " is not part of Snowflake SQL outside of literals and quoted names.",
                "Remove the character, or put the name in double quotes.");
    }

    private void number() {
        digits();
        if (at < text.length() && text.charAt(at) == '.' && !(at + 1 < text.length() && text.charAt(at + 1) == '.')) {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            if (exponent < text.length() && isDigit(text.charAt(exponent))) {
                at = exponent;
                digits();
            }
        }
        if (at < text.length() && isWordPart(text.charAt(at))) {
            throw problem(
                    "number that touches a name",
                    "A number is directly followed by a letter.",
                    "Put a blank after the number.");
        }
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void string() {
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == '\'' && at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                at += 2;
            } else if (c == '\'') {
                at++;
                return;
            } else {
                at++;
            }
        }
        at = start;
        throw problem(
                "unterminated literal", "A text literal is not closed.", "Close the literal with a single quote.");
    }

    private void quoted() {
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at += 2;
            } else if (c == '"') {
                at++;
                if (at == start + 2) {
                    throw problem("empty name", "A quoted name is empty.", "Name the object.");
                }
                return;
            } else if (c == 0) {
                break;
            } else {
                at++;
            }
        }
        at = start;
        throw problem("unterminated name", "A quoted name is not closed.", "Close the name with a double quote.");
    }

    private void dollar(int start) {
        if (starts("$$")) {
            int end = text.indexOf("$$", at + 2);
            if (end < 0) {
                throw problem("unterminated literal", "A $$ literal is not closed.", "Close the literal with $$.");
            }
            at = end + 2;
            add(Token.Type.DOLLAR_STRING, start, "");
            return;
        }
        at++;
        if (at < text.length() && isDigit(text.charAt(at))) {
            digits();
            add(Token.Type.POSITIONAL, start, "");
        } else if (at < text.length() && isWordStart(text.charAt(at))) {
            while (at < text.length() && isWordPart(text.charAt(at))) {
                at++;
            }
            add(Token.Type.VARIABLE, start, "");
        } else {
            add(Token.Type.OPERATOR, start, "$");
        }
    }

    private void stage() {
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted();
            } else if (isWordPart(c) || "./~%-=+:".indexOf(c) >= 0) {
                at++;
            } else {
                break;
            }
        }
        String path = text.substring(start, at);
        if (path.length() == 1 || path.contains("--") || path.contains("//") || path.contains("/*")) {
            at = start;
            throw problem(
                    "stage path",
                    "The stage path cannot be read in one way only.",
                    "Write the stage location as a text literal.");
        }
    }

    private void add(Token.Type type, int start, String word) {
        tokens.add(new Token(type, start, at, text.substring(start, at), word));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    private SyntaxProblem problem(String construct, String reason, String advice) {
        return new SyntaxProblem(construct, reason, advice, at);
    }
}
