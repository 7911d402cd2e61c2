package dev.snowgate.gateway.snowflake.client;

/**
 * Every SQL text that we send for ourselves. Nothing of an agent's text is in any of them; the one parameter is a database name,
 * written as a quoted identifier; other values are bound.
 */
enum GatewayStatement {
    /** Right after log-in: the field of the log-in alone is not trusted. */
    USE_SECONDARY_ROLES_NONE("USE SECONDARY ROLES NONE"),
    /** Columns of all objects of a database, in order. */
    COLUMNS_OF_DATABASE("""
            SELECT c.TABLE_SCHEMA, c.TABLE_NAME, t.TABLE_TYPE, c.COLUMN_NAME, c.DATA_TYPE, c.IS_NULLABLE
            FROM {database}.INFORMATION_SCHEMA.COLUMNS c JOIN {database}.INFORMATION_SCHEMA.TABLES t
            ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
            WHERE c.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
            ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION"""),
    /** Columns of one object, in order; bound: schema, name. */
    COLUMNS_OF_OBJECT("""
            SELECT c.TABLE_SCHEMA, c.TABLE_NAME, t.TABLE_TYPE, c.COLUMN_NAME, c.DATA_TYPE, c.IS_NULLABLE
            FROM {database}.INFORMATION_SCHEMA.COLUMNS c JOIN {database}.INFORMATION_SCHEMA.TABLES t
            ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
            WHERE c.TABLE_SCHEMA = ? AND c.TABLE_NAME = ?
            ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION"""),
    /** Texts of all views of a database. */
    VIEWS_OF_DATABASE("""
            SELECT v.TABLE_SCHEMA, v.TABLE_NAME, v.VIEW_DEFINITION FROM {database}.INFORMATION_SCHEMA.VIEWS v
            WHERE v.TABLE_SCHEMA <> 'INFORMATION_SCHEMA'"""),
    /** Text of one view; bound: schema, name. */
    VIEW_OF_OBJECT("""
            SELECT v.TABLE_SCHEMA, v.TABLE_NAME, v.VIEW_DEFINITION FROM {database}.INFORMATION_SCHEMA.VIEWS v
            WHERE v.TABLE_SCHEMA = ? AND v.TABLE_NAME = ?"""),
    /** Functions and procedures of one name; bound: schema and name, twice. */
    ROUTINES_OF_NAME("""
            SELECT 'FUNCTION', f.FUNCTION_SCHEMA, f.FUNCTION_NAME, f.ARGUMENT_SIGNATURE, f.FUNCTION_LANGUAGE,
            f.FUNCTION_DEFINITION, f.DATA_TYPE, f.IS_SECURE, f.IS_EXTERNAL, f.EXTERNAL_ACCESS_INTEGRATIONS
            FROM {database}.INFORMATION_SCHEMA.FUNCTIONS f WHERE f.FUNCTION_SCHEMA = ? AND f.FUNCTION_NAME = ?
            UNION ALL
            SELECT 'PROCEDURE', p.PROCEDURE_SCHEMA, p.PROCEDURE_NAME, p.ARGUMENT_SIGNATURE, p.PROCEDURE_LANGUAGE,
            p.PROCEDURE_DEFINITION, p.DATA_TYPE, 'NO', 'NO', p.EXTERNAL_ACCESS_INTEGRATIONS
            FROM {database}.INFORMATION_SCHEMA.PROCEDURES p WHERE p.PROCEDURE_SCHEMA = ? AND p.PROCEDURE_NAME = ?"""),
    /** Where one named stage leads to; bound: schema, name. */
    STAGE_OF_OBJECT("""
            SELECT s.STAGE_SCHEMA, s.STAGE_NAME, s.STAGE_TYPE, s.STAGE_URL FROM {database}.INFORMATION_SCHEMA.STAGES s
            WHERE s.STAGE_SCHEMA = ? AND s.STAGE_NAME = ?"""),
    /** Tags of the columns of one object, inherited ones included; bound: its quoted full name. */
    TAGS_OF_OBJECT("""
            SELECT COLUMN_NAME, TAG_NAME, TAG_VALUE
            FROM TABLE({database}.INFORMATION_SCHEMA.TAG_REFERENCES_ALL_COLUMNS(?, 'table'))"""),
    /** Masking policies of the columns of one object; bound: its quoted full name, {@code table} or {@code view}. */
    POLICIES_OF_OBJECT("""
            SELECT REF_COLUMN_NAME, POLICY_DB, POLICY_SCHEMA, POLICY_NAME
            FROM TABLE({database}.INFORMATION_SCHEMA.POLICY_REFERENCES(REF_ENTITY_NAME => ?, REF_ENTITY_DOMAIN => ?))
            WHERE POLICY_KIND = 'MASKING_POLICY' AND REF_COLUMN_NAME IS NOT NULL""");

    private final String text;

    GatewayStatement(String text) {
        this.text = text;
    }

    /** The text of one without a parameter. */
    String text() {
        if (text.contains("{")) {
            throw new IllegalStateException(this + " needs a database");
        }
        return text;
    }

    /** The text for a database, given its stored name. */
    String in(String database) {
        return text.replace("{database}", identifier(database));
    }

    private static String identifier(String name) {
        if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("not a valid identifier");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
