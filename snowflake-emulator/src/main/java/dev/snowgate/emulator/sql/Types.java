package dev.snowgate.emulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces Snowflake's type names by DuckDB's, where a token is a type. */
final class Types {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("STRING", "VARCHAR"),
            Map.entry("TEXT", "VARCHAR"),
            Map.entry("CHAR", "VARCHAR"),
            Map.entry("CHARACTER", "VARCHAR"),
            Map.entry("NVARCHAR", "VARCHAR"),
            Map.entry("VARCHAR", "VARCHAR"),
            Map.entry("NUMBER", "DECIMAL"),
            Map.entry("NUMERIC", "DECIMAL"),
            Map.entry("DECIMAL", "DECIMAL"),
            Map.entry("INT", "BIGINT"),
            Map.entry("INTEGER", "BIGINT"),
            Map.entry("SMALLINT", "BIGINT"),
            Map.entry("TINYINT", "BIGINT"),
            Map.entry("BYTEINT", "BIGINT"),
            Map.entry("FLOAT", "DOUBLE"),
            Map.entry("FLOAT4", "DOUBLE"),
            Map.entry("FLOAT8", "DOUBLE"),
            Map.entry("REAL", "DOUBLE"),
            Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("TIMESTAMP", "TIMESTAMP"),
            Map.entry("TIMESTAMP_NTZ", "TIMESTAMP"),
            Map.entry("TIMESTAMP_LTZ", "TIMESTAMPTZ"),
            Map.entry("TIMESTAMP_TZ", "TIMESTAMPTZ"),
            Map.entry("TIME", "TIME"),
            Map.entry("BINARY", "BLOB"),
            Map.entry("VARBINARY", "BLOB"),
            Map.entry("VARIANT", "JSON"),
            Map.entry("OBJECT", "JSON"),
            Map.entry("ARRAY", "JSON"),
            Map.entry("GEOGRAPHY", "JSON"));
    private static final Set<String> COLUMN_LEADS = Set.of("COLUMN", "ADD", "EXISTS");

    private Types() {}

    static boolean isType(String word) {
        return NAMES.containsKey(word)
                || word.equals("BIGINT")
                || word.equals("DOUBLE")
                || word.equals("BOOLEAN")
                || word.equals("DATE");
    }

    static boolean isText(String word) {
        return "VARCHAR".equals(NAMES.get(word));
    }

    static boolean isJson(String word) {
        return "JSON".equals(NAMES.get(word));
    }

    /**
     * Translates types.
     *
     * @param definitions true inside CREATE TABLE and ALTER TABLE, where a type follows a column's name
     */
    static List<Token> translate(List<Token> tokens, boolean definitions) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean type = token.type() == Token.Type.WORD
                    && NAMES.containsKey(token.text())
                    && isPosition(tokens, i, definitions);
            if (!type) {
                out.add(token);
                continue;
            }
            String name = String.valueOf(NAMES.get(token.text()));
            boolean arguments = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
            if (name.equals("DECIMAL") && !arguments) {
                name = "DECIMAL(38,0)";
            }
            out.add(Token.raw(name));
            if (arguments && !name.equals("DECIMAL")) {
                i = Calls.close(tokens, i + 1);
            }
        }
        return out;
    }

    private static boolean isPosition(List<Token> tokens, int i, boolean definitions) {
        if (i == 0) {
            return false;
        }
        Token before = tokens.get(i - 1);
        if (before.is("::") || before.is("AS")) {
            return before.is("::") || insideCast(tokens, i);
        }
        if (!definitions || !before.isName()) {
            return false;
        }
        Token lead = i < 2 ? before : tokens.get(i - 2);
        return lead.is("(")
                || lead.is(",")
                || (lead.type() == Token.Type.WORD && COLUMN_LEADS.contains(lead.text()))
                || before.is("TYPE");
    }

    private static boolean insideCast(List<Token> tokens, int i) {
        int depth = 0;
        for (int j = i - 1; j > 0; j--) {
            if (tokens.get(j).is(")")) {
                depth++;
            } else if (tokens.get(j).is("(")) {
                if (depth-- == 0) {
                    return tokens.get(j - 1).is("CAST") || tokens.get(j - 1).is("TRY_CAST");
                }
            }
        }
        return false;
    }
}
