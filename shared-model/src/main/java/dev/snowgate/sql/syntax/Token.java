package dev.snowgate.sql.syntax;

/**
 * One token of the text.
 *
 * @param type its lexical class
 * @param start 0-based offset
 * @param end offset after it
 * @param text as written
 * @param word the upper-case word or the operator; empty for all other classes, so that a literal never equals a keyword
 */
public record Token(Type type, int start, int end, String text, String word) {
    /** Lexical classes. */
    public enum Type {
        WORD,
        QUOTED,
        STRING,
        DOLLAR_STRING,
        NUMBER,
        STAGE,
        POSITIONAL,
        VARIABLE,
        OPERATOR,
        END
    }

    /** Whether it is this keyword or operator. */
    public boolean is(String keywordOrOperator) {
        return word.equals(keywordOrOperator);
    }

    /** Whether it can name something: an unquoted word or a quoted name. */
    public boolean isName() {
        return type == Type.WORD || type == Type.QUOTED;
    }

    /** Whether it is a text literal of either form. */
    public boolean isText() {
        return type == Type.STRING || type == Type.DOLLAR_STRING;
    }

    /** Whether it is a literal. */
    public boolean isLiteral() {
        return isText() || type == Type.NUMBER;
    }

    /** The content of a text literal with escapes resolved, or of a quoted name; the text itself otherwise. */
    public String content() {
        return switch (type) {
            case DOLLAR_STRING -> text.substring(2, text.length() - 2);
            case QUOTED -> text.substring(1, text.length() - 1).replace("\"\"", "\"");
            case STRING -> unescape(text.substring(1, text.length() - 1));
            default -> text;
        };
    }

    private static String unescape(String body) {
        if (body.indexOf('\\') < 0 && body.indexOf('\'') < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\'') {
                i++;
                out.append('\'');
            } else if (c == '\\' && i + 1 < body.length()) {
                i = escape(body, i + 1, out);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int escape(String body, int at, StringBuilder out) {
        char c = body.charAt(at);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'x', 'u' -> {
                int digits = c == 'x' ? 2 : 4;
                if (at + digits < body.length()
                        && body.substring(at + 1, at + 1 + digits).chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
                    out.append((char) Integer.parseInt(body.substring(at + 1, at + 1 + digits), 16));
                    return at + digits;
                }
                out.append(c);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = at;
                int value = 0;
                while (end < body.length() && end < at + 3 && Character.digit(body.charAt(end), 8) >= 0) {
                    value = value * 8 + Character.digit(body.charAt(end), 8);
                    end++;
                }
                out.append((char) value);
                return end - 1;
            }
            default -> out.append(c);
        }
        return at;
    }

    @Override
    public String toString() {
        return type + (isLiteral() ? "" : " " + text);
    }
}
