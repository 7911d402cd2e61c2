package dev.snowgate.masking;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** A JSON text in which single values and names are replaced; every other character stays as it is. */
final class JsonSplice {
    private final String text;
    private final JsonParser parser;
    private @Nullable StringBuilder out;
    private int written;

    JsonSplice(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /** Replaces the scalar or the name that the parser is at. */
    void replaceToken(String json) {
        int start = offset();
        replace(start, text.charAt(start) == '"' ? endOfString(start) : endOfWord(start), json);
    }

    /** Replaces the object or array that the parser is at the beginning of; moves the parser to its end. */
    void replaceContainer(String json) {
        int start = offset();
        parser.skipChildren();
        replace(start, offset() + 1, json);
    }

    private void replace(int start, int end, String json) {
        StringBuilder target = out == null ? new StringBuilder(text.length()) : out;
        target.append(text, written, start).append(json);
        written = end;
        out = target;
    }

    /** The text; the same one if nothing was replaced. */
    String result() {
        return out == null ? text : out.append(text, written, text.length()).toString();
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private int endOfString(int quote) {
        int at = quote + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private int endOfWord(int start) {
        int at = start;
        while (at < text.length() && (Text.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }
}
