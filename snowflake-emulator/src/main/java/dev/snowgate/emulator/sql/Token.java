package dev.snowgate.emulator.sql;

import java.util.Set;

/**
 * One token of Snowflake SQL.
 *
 * @param text upper-cased for WORD, content for QUOTED and STRING, verbatim otherwise
 * @param original the characters of a WORD as they were written; the same as {@code text} for others
 * @param start position of the first character in the source
 * @param end position behind the last character
 */
public record Token(Type type, String text, String original, int start, int end) {
    /** Words that DuckDB reserves and Snowflake does not, so that they may be names. */
    private static final Set<String> RESERVED = Set.of(
            "AT",
            "LAMBDA",
            "ANALYZE",
            "ANALYSE",
            "DO",
            "PLACING",
            "SHOW",
            "SUMMARIZE",
            "SYMMETRIC",
            "ASYMMETRIC",
            "VARIADIC",
            "DESCRIBE",
            "BOTH",
            "DEFERRABLE",
            "INITIALLY",
            "ONLY",
            "USER");

    /** Kinds of token; RAW is DuckDB text that the translator made. */
    public enum Type {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        OP,
        PARAM,
        VARIABLE,
        RAW
    }

    public static Token raw(String text) {
        return new Token(Type.RAW, text, text, -1, -1);
    }

    public static Token word(String text) {
        return new Token(Type.WORD, text, text, -1, -1);
    }

    public boolean is(String wordOrOp) {
        return (type == Type.WORD || type == Type.OP) && text.equals(wordOrOp);
    }

    public boolean isName() {
        return type == Type.WORD || type == Type.QUOTED;
    }

    /** This token as DuckDB reads it. */
    public String render() {
        return switch (type) {
            case QUOTED -> '"' + text.replace("\"", "\"\"") + '"';
            case STRING -> '\'' + text.replace("'", "''") + '\'';
            case WORD -> text.indexOf('$') >= 0 || RESERVED.contains(text) ? '"' + text + '"' : text;
            case NUMBER, OP, PARAM, VARIABLE, RAW -> text;
        };
    }
}
