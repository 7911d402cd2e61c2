package dev.snowgate.emulator.engine;

import java.util.ArrayList;
import java.util.List;

/** What tags, masking policies and routines look like: SNOWFLAKE.ACCOUNT_USAGE, and what it is made from. */
final class UsageViews {
    private UsageViews() {}

    static List<String> statements() {
        String meta = "CREATE TABLE IF NOT EXISTS \"_SF\".\"META\".";
        String usage = "CREATE OR REPLACE VIEW \"_SF\".\"ACCOUNT_USAGE\".";
        List<String> all = new ArrayList<>(Moves.tables());
        all.addAll(List.of(
                meta + "\"TAG_REFS\" (TDB VARCHAR, TSCH VARCHAR, TNAME VARCHAR, TVALUE VARCHAR, DOMAIN VARCHAR,"
                        + " DB VARCHAR, SCH VARCHAR, NAME VARCHAR, COL VARCHAR)",
                meta
                        + "\"POLICY_REFS\" (PDB VARCHAR, PSCH VARCHAR, PNAME VARCHAR, DB VARCHAR, SCH VARCHAR, NAME VARCHAR,"
                        + " COL VARCHAR)",
                meta + "\"ROUTINES\" (KIND VARCHAR, DB VARCHAR, SCH VARCHAR, NAME VARCHAR, ARGS VARCHAR, LANG VARCHAR,"
                        + " BODY VARCHAR, CHANGED TIMESTAMPTZ, RETURNS VARCHAR, INTEGRATIONS VARCHAR)",
                meta
                        + "\"TOUCHED\" (DB VARCHAR, SCH VARCHAR, NAME VARCHAR, CHANGED TIMESTAMPTZ, SECURE BOOLEAN, OWNER VARCHAR)",
                Stages.table(),
                "CREATE SCHEMA IF NOT EXISTS \"_SF\".\"ACCOUNT_USAGE\"",
                usage
                        + "\"TAG_REFERENCES\" AS SELECT TDB AS TAG_DATABASE, TSCH AS TAG_SCHEMA, 1 AS TAG_ID, TNAME AS TAG_NAME,"
                        + " TVALUE AS TAG_VALUE, CASE WHEN DOMAIN = 'DATABASE' THEN NULL ELSE DB END AS OBJECT_DATABASE,"
                        + " CASE WHEN DOMAIN IN ('DATABASE', 'SCHEMA') THEN NULL ELSE SCH END AS OBJECT_SCHEMA, 1 AS OBJECT_ID,"
                        + " NAME AS OBJECT_NAME, CAST(NULL AS TIMESTAMPTZ) AS OBJECT_DELETED, DOMAIN, 1 AS COLUMN_ID,"
                        + " COL AS COLUMN_NAME, 'MANUAL' AS APPLY_METHOD FROM \"_SF\".\"META\".\"TAG_REFS\"",
                usage + "\"POLICY_REFERENCES\" AS SELECT PDB AS POLICY_DB, PSCH AS POLICY_SCHEMA, 1 AS POLICY_ID,"
                        + " PNAME AS POLICY_NAME, 'MASKING_POLICY' AS POLICY_KIND, DB AS REF_DATABASE_NAME, SCH AS REF_SCHEMA_NAME,"
                        + " NAME AS REF_ENTITY_NAME, 'TABLE' AS REF_ENTITY_DOMAIN, COL AS REF_COLUMN_NAME,"
                        + " CAST(NULL AS VARCHAR) AS REF_ARG_COLUMN_NAMES, CAST(NULL AS VARCHAR) AS TAG_DATABASE,"
                        + " CAST(NULL AS VARCHAR) AS TAG_SCHEMA, CAST(NULL AS VARCHAR) AS TAG_NAME, 'ACTIVE' AS POLICY_STATUS"
                        + " FROM \"_SF\".\"META\".\"POLICY_REFS\""));
        return all;
    }

    /** FUNCTIONS, PROCEDURES and STAGES of one database's INFORMATION_SCHEMA. */
    static List<String> routines(String schema, String database) {
        return List.of(
                routine(schema, database, "FUNCTION"),
                routine(schema, database, "PROCEDURE"),
                Stages.view(schema, database));
    }

    private static String routine(String schema, String database, String kind) {
        return "CREATE OR REPLACE VIEW " + schema + "." + kind + "S AS SELECT DB AS " + kind + "_CATALOG, SCH AS "
                + kind
                + "_SCHEMA, NAME AS " + kind + "_NAME, 'SYSADMIN' AS " + kind
                + "_OWNER, ARGS AS ARGUMENT_SIGNATURE, RETURNS AS DATA_TYPE, LANG AS " + kind + "_LANGUAGE, BODY AS "
                + kind
                + "_DEFINITION, "
                // PROCEDURES does not tell
                + (kind.equals("FUNCTION")
                        ? "CASE WHEN BODY IS NULL THEN 'YES' ELSE 'NO' END AS IS_SECURE,"
                                + " CASE WHEN LANG = 'EXTERNAL' THEN 'YES' ELSE 'NO' END AS IS_EXTERNAL, "
                        : "")
                + "INTEGRATIONS AS EXTERNAL_ACCESS_INTEGRATIONS, CHANGED AS CREATED, CHANGED AS LAST_ALTERED FROM \"_SF\".\"META\".\"ROUTINES\" WHERE KIND = "
                + DuckDb.literal(kind)
                + " AND DB = " + DuckDb.literal(database);
    }

    /** {@code TABLE(INFORMATION_SCHEMA.function(…))} for one object, or null if there is no such function. */
    static String tableFunction(String function, String database, String schema, String name) {
        String where = " WHERE DB = " + DuckDb.literal(database) + " AND SCH = " + DuckDb.literal(schema)
                + " AND NAME = " + DuckDb.literal(name) + ")";
        return switch (function) {
            case "POLICY_REFERENCES" ->
                "(SELECT PDB AS POLICY_DB, PSCH AS POLICY_SCHEMA, PNAME AS POLICY_NAME, 'MASKING_POLICY' AS POLICY_KIND,"
                        + " DB AS REF_DATABASE_NAME, SCH AS REF_SCHEMA_NAME, NAME AS REF_ENTITY_NAME, 'TABLE' AS REF_ENTITY_DOMAIN,"
                        + " COL AS REF_COLUMN_NAME, 'ACTIVE' AS POLICY_STATUS FROM \"_SF\".\"META\".\"POLICY_REFS\""
                        + where;
            default ->
                "(SELECT TDB AS TAG_DATABASE, TSCH AS TAG_SCHEMA, TNAME AS TAG_NAME, TVALUE AS TAG_VALUE, DOMAIN AS LEVEL,"
                        + " DB AS OBJECT_DATABASE, SCH AS OBJECT_SCHEMA, NAME AS OBJECT_NAME, DOMAIN, COL AS COLUMN_NAME"
                        + " FROM \"_SF\".\"META\".\"TAG_REFS\"" + where;
        };
    }
}
