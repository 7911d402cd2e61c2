package dev.snowgate.sql.syntax;

import java.util.Set;

/** Words with a role in the grammar. */
final class Words {
    /** Never a column, table or implicit alias. */
    static final Set<String> RESERVED = Set.of(
            "ALL", "AND", "ANY", "AS", "BETWEEN", "BY", "CASE", "CAST", "CREATE", "DELETE", "DISTINCT", "DROP", "ELSE", "EXISTS", "FOLLOWING",
            "FROM", "GRANT", "GROUP", "HAVING", "IN", "INSERT", "INTERSECT", "INTO", "IS", "LIKE", "MINUS", "NOT", "OF", "ON", "OR", "ORDER",
            "QUALIFY", "REGEXP", "REVOKE", "RLIKE", "ROW", "SAMPLE", "SELECT", "SET", "SOME", "TABLE", "TABLESAMPLE", "THEN", "TO",
            "TRIGGER", "UNION", "UNIQUE", "UPDATE", "VALUES", "WHEN", "WHENEVER", "WHERE", "WITH", "ILIKE", "EXCEPT", "TRY_CAST");

    /** Reserved, and also never a table name or an alias of one. */
    static final Set<String> NOT_TABLE_ALIAS = Set.of(
            "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "USING", "LATERAL", "PIVOT", "UNPIVOT", "AT", "BEFORE", "CHANGES",
            "MATCH_RECOGNIZE", "MATCH_CONDITION", "ASOF", "START", "CONNECT", "OUTER", "DIRECTED", "LIMIT", "OFFSET", "FETCH", "WINDOW", "FOR",
            "QUALIFY", "HAVING", "SEMANTIC_VIEW");

    /** Reserved, and also never an implicit alias of a select item. */
    static final Set<String> NOT_ITEM_ALIAS = Set.of("FOR", "LIMIT", "OFFSET", "FETCH", "BETWEEN", "COLLATE", "OVER", "WINDOW", "AT", "CONNECT", "START");

    /** Values without parentheses that are functions. */
    static final Set<String> BARE_FUNCTIONS = Set.of(
            "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_ROLE",
            "CURRENT_DATABASE", "CURRENT_SCHEMA", "CURRENT_WAREHOUSE", "CURRENT_ACCOUNT", "CURRENT_CATALOG");

    /** Type names; anything else after {@code ::} or in CAST is not understood. */
    static final Set<String> TYPES = Set.of(
            "NUMBER", "DECIMAL", "DEC", "NUMERIC", "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT", "FLOAT", "FLOAT4", "FLOAT8",
            "DOUBLE", "REAL", "DECFLOAT", "VARCHAR", "CHAR", "CHARACTER", "NCHAR", "STRING", "TEXT", "NVARCHAR", "NVARCHAR2", "VARCHAR2", "CHARVARYING",
            "BINARY", "VARBINARY", "BOOLEAN", "BOOL", "DATE", "DATETIME", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "TIMESTAMP_TZ",
            "TIMESTAMPLTZ", "TIMESTAMPNTZ", "TIMESTAMPTZ", "TIMESTAMPWITHTIMEZONE", "VARIANT", "OBJECT", "ARRAY", "MAP", "VECTOR", "GEOGRAPHY", "GEOMETRY",
            "FILE", "UUID", "INTERVAL", "LONG");

    private Words() {}

    static boolean reserved(String word) {
        return RESERVED.contains(word);
    }
}
