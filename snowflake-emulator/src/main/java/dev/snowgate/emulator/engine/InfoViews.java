package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.sql.Names;
import java.util.List;

/** INFORMATION_SCHEMA of one database, as views over DuckDB's catalog with Snowflake's column names. */
final class InfoViews {
    /** DuckDB's type as Snowflake's DATA_TYPE. */
    static final String DATA_TYPE = """
            CASE WHEN data_type LIKE 'DECIMAL%' OR data_type IN ('TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT','UBIGINT','UINTEGER') THEN 'NUMBER'
             WHEN data_type IN ('DOUBLE','FLOAT') THEN 'FLOAT' WHEN data_type = 'BLOB' THEN 'BINARY'
             WHEN data_type IN ('BOOLEAN','DATE','TIME') THEN data_type WHEN data_type LIKE 'TIMESTAMP%ZONE' THEN 'TIMESTAMP_LTZ'
             WHEN data_type LIKE 'TIMESTAMP%' THEN 'TIMESTAMP_NTZ' WHEN data_type = 'JSON' THEN 'VARIANT'
             WHEN data_type LIKE '%[]' THEN 'ARRAY' WHEN data_type LIKE 'STRUCT%' OR data_type LIKE 'MAP%' THEN 'OBJECT' ELSE 'TEXT' END""";
    /** Precision and scale of a NUMBER column. */
    static final String PRECISION =
            "CASE WHEN data_type LIKE 'DECIMAL%' THEN numeric_precision WHEN data_type IN ('TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT') THEN 38 END";

    static final String SCALE =
            "CASE WHEN data_type LIKE 'DECIMAL%' THEN numeric_scale WHEN data_type IN ('TINYINT','SMALLINT','INTEGER','BIGINT','HUGEINT') THEN 0 END";

    private InfoViews() {}

    static List<String> statements(String database) {
        String schema = "\"_SF\"." + Names.quote("INFO_" + database);
        String only =
                " WHERE database_name = " + DuckDb.literal(database) + " AND NOT internal AND schema_name <> 'main'";
        String altered = "coalesce(u.CHANGED, CAST('2026-01-05 08:00:00+00' AS TIMESTAMPTZ))";
        String touched =
                " LEFT JOIN \"_SF\".\"META\".\"TOUCHED\" u ON u.DB = database_name AND u.SCH = schema_name AND u.NAME = ";
        String created = "CAST('2026-01-05 08:00:00+00' AS TIMESTAMPTZ)";
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS " + schema,
                "CREATE OR REPLACE VIEW " + schema
                        + ".TABLES AS SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " table_name AS TABLE_NAME, 'SYSADMIN' AS TABLE_OWNER, 'BASE TABLE' AS TABLE_TYPE, 'NO' AS IS_TRANSIENT,"
                        + " CAST(NULL AS VARCHAR) AS CLUSTERING_KEY, estimated_size AS ROW_COUNT, estimated_size * 64 AS BYTES,"
                        + " 1 AS RETENTION_TIME, " + created + " AS CREATED, " + altered + " AS LAST_ALTERED, "
                        + altered
                        + " AS LAST_DDL, 'NO' AS IS_DYNAMIC, 'NO' AS IS_TEMPORARY, CAST(comment AS VARCHAR) AS COMMENT"
                        + " FROM duckdb_tables()" + touched + "table_name" + only
                        + " UNION ALL SELECT database_name, schema_name, view_name, 'SYSADMIN', 'VIEW', 'NO', NULL, NULL, NULL, NULL, "
                        + created + ", " + altered + ", " + altered
                        + ", 'NO', 'NO', CAST(comment AS VARCHAR) FROM duckdb_views()"
                        + touched + "view_name" + only,
                "CREATE OR REPLACE VIEW " + schema
                        + ".COLUMNS AS SELECT database_name AS TABLE_CATALOG, schema_name AS TABLE_SCHEMA,"
                        + " table_name AS TABLE_NAME, column_name AS COLUMN_NAME, column_index AS ORDINAL_POSITION,"
                        + " column_default AS COLUMN_DEFAULT, CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE, "
                        + DATA_TYPE
                        + " AS DATA_TYPE, CASE WHEN data_type = 'VARCHAR' THEN 16777216 END AS CHARACTER_MAXIMUM_LENGTH,"
                        + " CASE WHEN data_type = 'VARCHAR' THEN 16777216 END AS CHARACTER_OCTET_LENGTH, " + PRECISION
                        + " AS NUMERIC_PRECISION, CASE WHEN " + PRECISION
                        + " IS NOT NULL THEN 10 END AS NUMERIC_PRECISION_RADIX, "
                        + SCALE
                        + " AS NUMERIC_SCALE, CASE WHEN data_type LIKE 'TIME%' THEN 9 END AS DATETIME_PRECISION,"
                        + " 'NO' AS IS_IDENTITY, CAST(comment AS VARCHAR) AS COMMENT FROM duckdb_columns()" + only,
                "CREATE OR REPLACE VIEW " + schema
                        + ".VIEWS AS SELECT v.database_name AS TABLE_CATALOG, v.schema_name AS TABLE_SCHEMA,"
                        + " v.view_name AS TABLE_NAME, 'SYSADMIN' AS TABLE_OWNER, CASE WHEN coalesce(u.SECURE, false) THEN '' ELSE coalesce(t.TEXT, v.sql) END AS VIEW_DEFINITION,"
                        + " 'NONE' AS CHECK_OPTION, 'NO' AS IS_UPDATABLE, 'NO' AS INSERTABLE_INTO, CASE WHEN coalesce(u.SECURE, false) THEN 'YES' ELSE 'NO' END AS IS_SECURE, "
                        + created
                        + " AS CREATED, " + created
                        + " AS LAST_ALTERED, CAST(v.comment AS VARCHAR) AS COMMENT FROM duckdb_views() v"
                        + " LEFT JOIN \"_SF\".\"META\".\"VIEWS\" t ON t.DB = v.database_name AND t.SCH = v.schema_name AND t.NAME = v.view_name"
                        + touched.replace("database_name", "v.database_name").replace("schema_name", "v.schema_name")
                        + "v.view_name"
                        + only.replace("database_name", "v.database_name").replace("schema_name", "v.schema_name"),
                "CREATE OR REPLACE VIEW " + schema
                        + ".SCHEMATA AS SELECT database_name AS CATALOG_NAME, schema_name AS SCHEMA_NAME,"
                        + " 'SYSADMIN' AS SCHEMA_OWNER, 'NO' AS IS_TRANSIENT, 1 AS RETENTION_TIME, " + created
                        + " AS CREATED, "
                        + created + " AS LAST_ALTERED, CAST(NULL AS VARCHAR) AS COMMENT FROM duckdb_schemas()" + only,
                "CREATE OR REPLACE VIEW " + schema
                        + ".DATABASES AS SELECT database_name AS DATABASE_NAME, 'SYSADMIN' AS DATABASE_OWNER,"
                        + " 'NO' AS IS_TRANSIENT, " + created
                        + " AS CREATED, 'STANDARD' AS TYPE FROM duckdb_databases()"
                        + " WHERE NOT internal AND database_name NOT IN ('_SF', 'memory')");
    }
}
