package dev.snowgate.sql.syntax;

import java.util.Set;

/** Words that are shown as keywords. */
public final class Keywords {
    private static final Set<String> MORE = Set.of(
            "ALTER", "ASC", "BEGIN", "CALL", "CLONE", "COLUMN", "COMMENT", "COMMIT", "COPY", "CROSS", "DATABASE", "DECLARE", "DESC", "DESCRIBE", "END",
            "EXECUTE", "EXPLAIN", "EXCLUDE", "FALSE", "FILTER", "FIRST", "FLATTEN", "FULL", "FUNCTION", "GET", "IF", "IMMEDIATE", "INNER", "INTERVAL", "JOIN",
            "LAST", "LATERAL", "LEFT", "LIMIT", "LIST", "MATCHED", "MERGE", "NATURAL", "NULL", "NULLS", "OFFSET", "OUTER", "OVER", "OVERWRITE", "PARTITION",
            "PIVOT", "PROCEDURE", "PUT", "RECURSIVE", "REMOVE", "RENAME", "REPLACE", "RIGHT", "ROLE", "ROLLBACK", "ROWS", "SCHEMA", "SHOW", "STAGE", "SWAP",
            "TEMPORARY", "TOP", "TRANSACTION", "TRUE", "TRUNCATE", "UNDROP", "UNPIVOT", "UNSET", "USE", "USER", "USING", "VIEW", "WAREHOUSE", "WINDOW");

    private Keywords() {}

    /** Whether the upper-case word is shown as a keyword. */
    public static boolean isKeyword(String word) {
        return Words.RESERVED.contains(word) || MORE.contains(word) || Words.TYPES.contains(word);
    }
}
