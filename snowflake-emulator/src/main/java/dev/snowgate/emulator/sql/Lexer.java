package dev.snowgate.emulator.sql;

import dev.snowgate.emulator.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits Snowflake SQL into tokens; comments disappear, backslash escapes in literals are resolved. */
public final class Lexer {
    private static final String[] LONG_OPS = {"::", "=>", "->", "<=", ">=", "<>", "!=", "||", ":="};
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    public static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else if (c == '\'') {
                string();
            } else if (c == '"') {
                quoted();
            } else if (text.startsWith("$$", at)) {
                int end = text.indexOf("$$", at + 2);
                if (end < 0) {
                    throw unexpected("$$");
                }
                add(Token.Type.STRING, text.substring(at + 2, end), end + 2);
            } else if (c == '$' || Character.isLetter(c) || c == '_') {
                word(c);
            } else if (Character.isDigit(c) || (c == '.' && at + 1 < text.length() && digitAt(at + 1))) {
                number();
            } else if (c == '?') {
                add(Token.Type.PARAM, "?", at + 1);
            } else {
                operator();
            }
        }
    }

    private boolean digitAt(int index) {
        return index < text.length() && Character.isDigit(text.charAt(index));
    }

    private void string() {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(unescape(text.charAt(i + 1)));
                i += 2;
            } else if (c == '\'') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
                    value.append('\'');
                    i += 2;
                } else {
                    add(Token.Type.STRING, value.toString(), i + 1);
                    return;
                }
            } else {
                value.append(c);
                i++;
            }
        }
        throw unexpected("'");
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '0' -> '\0';
            default -> c;
        };
    }

    private void quoted() {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '"') {
                value.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else {
                add(Token.Type.QUOTED, value.toString(), i + 1);
                return;
            }
        }
        throw unexpected("\"");
    }

    private void word(char first) {
        int end = at + 1;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '_'
                        || text.charAt(end) == '$')) {
            end++;
        }
        String word = text.substring(at, end).toUpperCase(Locale.ROOT);
        add(first == '$' ? Token.Type.VARIABLE : Token.Type.WORD, word, end);
    }

    private void number() {
        int end = at;
        while (digitAt(end)) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (digitAt(end)) {
                end++;
            }
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
            if (digitAt(end + 1 + sign)) {
                end += 1 + sign;
                while (digitAt(end)) {
                    end++;
                }
            }
        }
        add(Token.Type.NUMBER, text.substring(at, end), end);
    }

    private void operator() {
        for (String op : LONG_OPS) {
            if (text.startsWith(op, at)) {
                add(Token.Type.OP, op, at + op.length());
                return;
            }
        }
        add(Token.Type.OP, text.substring(at, at + 1), at + 1);
    }

    private void add(Token.Type type, String value, int end) {
        String original = type == Token.Type.WORD ? text.substring(at, end) : value;
        tokens.add(new Token(type, value, original, at, end));
        at = end;
    }

    private Refused unexpected(String what) {
        return new Refused(
                "001003",
                "42000",
                "SQL compilation error:\nparse error line 1 at position " + at + " near '" + what + "'.");
    }
}
