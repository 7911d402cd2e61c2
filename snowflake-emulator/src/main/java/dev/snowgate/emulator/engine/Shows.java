package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE as DuckDB queries with Snowflake's columns, in the documented order. */
final class Shows {
    private static final String CREATED = "CAST('2026-01-05 08:00:00+00' AS TIMESTAMPTZ) AS \"created_on\"";
    private static final Map<String, String> EMPTY = Map.of(
            "PRIMARY",
                    "created_on,database_name,schema_name,table_name,column_name,key_sequence,constraint_name,rely,comment",
            "UNIQUE",
                    "created_on,database_name,schema_name,table_name,column_name,key_sequence,constraint_name,rely,comment",
            "IMPORTED",
                    "created_on,pk_database_name,pk_schema_name,pk_table_name,pk_column_name,fk_database_name,fk_schema_name,fk_table_name,fk_column_name,key_sequence,update_rule,delete_rule,fk_name,pk_name,deferrability,rely,comment",
            "EXPORTED",
                    "created_on,pk_database_name,pk_schema_name,pk_table_name,pk_column_name,fk_database_name,fk_schema_name,fk_table_name,fk_column_name,key_sequence,update_rule,delete_rule,fk_name,pk_name,deferrability,rely,comment",
            "FUNCTIONS",
                    "created_on,name,schema_name,is_builtin,is_aggregate,is_ansi,min_num_arguments,max_num_arguments,arguments,description,catalog_name,is_table_function,valid_for_clustering,is_secure,is_external_function,language,is_memoizable",
            "PROCEDURES",
                    "created_on,name,schema_name,is_builtin,is_aggregate,is_ansi,min_num_arguments,max_num_arguments,arguments,description,catalog_name,is_table_function,valid_for_clustering,is_secure",
            "VARIABLES", "session_id,created_on,updated_on,name,value,type,comment",
            "GRANTS", "created_on,privilege,granted_on,name,granted_to,grantee_name,grant_option,granted_by");
    private final DuckDb duckDb;

    Shows(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    String sql(Script script, Kind kind, Session session, SessionContext context) throws SQLException {
        Script prepared = new Script(script.source(), new Translator(context).prepare(script.tokens()));
        return kind == Kind.DESCRIBE ? describe(prepared, session) : show(prepared, session);
    }

    private String show(Script script, Session session) {
        int at = script.at(1).is("TERSE")
                        || script.at(1).is("USER")
                        || script.at(1).is("EXTERNAL")
                ? 2
                : 1;
        String what = script.at(at).text();
        Scope scope = scope(script, session);
        return switch (what) {
            case "TABLES" -> objects("duckdb_tables()", "table_name", "'TABLE'", scope, "estimated_size");
            case "VIEWS" -> views(scope);
            case "OBJECTS" ->
                objects("duckdb_tables()", "table_name", "'TABLE'", scope, "estimated_size") + " UNION ALL "
                        + objects("duckdb_views()", "view_name", "'VIEW'", scope, "NULL");
            case "STAGES" -> Stages.show(scope.where("stage_name"));
            case "COLUMNS" -> columns(scope);
            case "SCHEMAS" -> schemas(scope, session);
            case "DATABASES" -> databases(scope, session);
            case "WAREHOUSES" ->
                "SELECT " + named("COMPUTE_WH", "STARTED", "STANDARD", "X-Small")
                        + ", CAST(1 AS INTEGER) AS \"min_cluster_count\", 'Y' AS \"is_default\", 'Y' AS \"is_current\"";
            case "ROLES" ->
                session.user().roles().stream()
                        .map(role -> "SELECT " + CREATED + ", " + DuckDb.literal(role)
                                + " AS \"name\", 'N' AS \"is_default\", "
                                + (role.equalsIgnoreCase(session.role()) ? "'Y'" : "'N'")
                                + " AS \"is_current\", '' AS \"comment\"")
                        .collect(Collectors.joining(" UNION ALL "));
            case "PARAMETERS" -> parameters(session, scope);
            default -> empty(EMPTY.getOrDefault(what, "created_on,name,database_name,schema_name,owner,comment"));
        };
    }

    private static String named(String name, String state, String type, String size) {
        return DuckDb.literal(name) + " AS \"name\", " + DuckDb.literal(state) + " AS \"state\", "
                + DuckDb.literal(type) + " AS \"type\", " + DuckDb.literal(size) + " AS \"size\"";
    }

    private static String empty(String columns) {
        return List.of(columns.split(",")).stream()
                .map(name -> "CAST(NULL AS VARCHAR) AS \"" + name + "\"")
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    private static String objects(String source, String name, String kind, Scope scope, String rows) {
        return "SELECT " + CREATED + ", " + name
                + " AS \"name\", database_name AS \"database_name\", schema_name AS \"schema_name\", "
                + kind + " AS \"kind\", coalesce(CAST(comment AS VARCHAR), '') AS \"comment\", '' AS \"cluster_by\", "
                + rows
                + " AS \"rows\", " + rows
                + " * 64 AS \"bytes\", 'SYSADMIN' AS \"owner\", '1' AS \"retention_time\" FROM " + source
                + scope.where(name);
    }

    private static String views(Scope scope) {
        return "SELECT " + CREATED + ", view_name AS \"name\", '' AS \"reserved\", database_name AS \"database_name\","
                + " schema_name AS \"schema_name\", 'SYSADMIN' AS \"owner\", coalesce(CAST(comment AS VARCHAR), '') AS \"comment\","
                + " coalesce((SELECT t.TEXT FROM \"_SF\".\"META\".\"VIEWS\" t WHERE t.DB = database_name AND t.SCH = schema_name"
                + " AND t.NAME = view_name), sql) AS \"text\", 'false' AS \"is_secure\", 'false' AS \"is_materialized\" FROM duckdb_views()"
                + scope.where("view_name");
    }

    private static String columns(Scope scope) {
        String json = "CASE " + InfoViews.DATA_TYPE + " WHEN 'NUMBER' THEN '{\"type\":\"FIXED\",\"precision\":' || "
                + InfoViews.PRECISION
                + " || ',\"scale\":' || " + InfoViews.SCALE
                + " || ',\"nullable\":' || lower(CAST(is_nullable AS VARCHAR)) || '}'"
                + " WHEN 'TEXT' THEN '{\"type\":\"TEXT\",\"length\":16777216,\"byteLength\":16777216,\"nullable\":' || lower(CAST(is_nullable AS VARCHAR)) || ',\"fixed\":false}'"
                + " WHEN 'FLOAT' THEN '{\"type\":\"REAL\",\"nullable\":' || lower(CAST(is_nullable AS VARCHAR)) || '}'"
                + " ELSE '{\"type\":\"' || " + InfoViews.DATA_TYPE
                + " || '\",\"precision\":0,\"scale\":9,\"nullable\":' || lower(CAST(is_nullable AS VARCHAR)) || '}' END";
        return "SELECT table_name AS \"table_name\", schema_name AS \"schema_name\", column_name AS \"column_name\", "
                + json
                + " AS \"data_type\", CASE WHEN is_nullable THEN 'true' ELSE 'NOT_NULL' END AS \"null?\", coalesce(column_default, '') AS \"default\","
                + " 'COLUMN' AS \"kind\", '' AS \"expression\", coalesce(CAST(comment AS VARCHAR), '') AS \"comment\", database_name AS \"database_name\","
                + " '' AS \"autoincrement\", CAST(NULL AS VARCHAR) AS \"schema_evolution_record\" FROM duckdb_columns()"
                + scope.where("column_name") + " ORDER BY database_name, schema_name, table_name, column_index";
    }

    private static String schemas(Scope scope, Session session) {
        return "SELECT " + CREATED + ", schema_name AS \"name\", 'N' AS \"is_default\", CASE WHEN schema_name = "
                + DuckDb.literal(session.schema())
                + " THEN 'Y' ELSE 'N' END AS \"is_current\", database_name AS \"database_name\","
                + " 'SYSADMIN' AS \"owner\", '' AS \"comment\", '' AS \"options\", '1' AS \"retention_time\" FROM duckdb_schemas()"
                + scope.where("schema_name");
    }

    private static String databases(Scope scope, Session session) {
        return "SELECT " + CREATED + ", database_name AS \"name\", 'N' AS \"is_default\", CASE WHEN database_name = "
                + DuckDb.literal(session.database())
                + " THEN 'Y' ELSE 'N' END AS \"is_current\", '' AS \"origin\", 'SYSADMIN' AS \"owner\","
                + " '' AS \"comment\", '' AS \"options\", '1' AS \"retention_time\", 'STANDARD' AS \"kind\" FROM duckdb_databases()"
                + " WHERE NOT internal AND database_name NOT IN ('_SF', 'memory')" + scope.like("database_name");
    }

    private static String parameters(Session session, Scope scope) {
        String rows = session.parameters(Map.of("TIMEZONE", "UTC", "AUTOCOMMIT", "true")).entrySet().stream()
                .map(e -> "(" + DuckDb.literal(e.getKey()) + ", " + DuckDb.literal(e.getValue())
                        + ", '', 'SESSION', '', 'STRING')")
                .collect(Collectors.joining(", "));
        return "SELECT * FROM (VALUES " + rows
                + ") p(\"key\", \"value\", \"default\", \"level\", \"description\", \"type\") WHERE true"
                + scope.like("key");
    }

    private String describe(Script script, Session session) throws SQLException {
        int at = script.at(1).is("TABLE") || script.at(1).is("VIEW") ? 2 : 1;
        Names name = Names.read(script.tokens(), at, session.database(), session.schema());
        String where = " FROM duckdb_columns() WHERE database_name = " + DuckDb.literal(name.database())
                + " AND schema_name = " + DuckDb.literal(name.schema()) + " AND table_name = "
                + DuckDb.literal(name.name());
        if (duckDb.strings("SELECT column_name" + where + " LIMIT 1").isEmpty()) {
            throw new Refused(
                    "002003",
                    "42S02",
                    "SQL compilation error:\nTable '" + name.display() + "' does not exist or not authorized.");
        }
        String type = "CASE " + InfoViews.DATA_TYPE + " WHEN 'NUMBER' THEN 'NUMBER(' || " + InfoViews.PRECISION
                + " || ',' || " + InfoViews.SCALE + " || ')' WHEN 'TEXT' THEN 'VARCHAR(16777216)' ELSE "
                + InfoViews.DATA_TYPE + " END";
        return "SELECT column_name AS \"name\", " + type
                + " AS \"type\", 'COLUMN' AS \"kind\", CASE WHEN is_nullable THEN 'Y' ELSE 'N' END AS \"null?\","
                + " column_default AS \"default\", 'N' AS \"primary key\", 'N' AS \"unique key\", CAST(NULL AS VARCHAR) AS \"check\","
                + " CAST(NULL AS VARCHAR) AS \"expression\", CAST(comment AS VARCHAR) AS \"comment\", CAST(NULL AS VARCHAR) AS \"policy name\""
                + where + " ORDER BY column_index";
    }

    private static Scope scope(Script script, Session session) {
        String like = null;
        String database = session.database();
        String schema = session.database() == null ? null : session.schema();
        String table = null;
        for (int i = 1; i < script.tokens().size(); i++) {
            Token token = script.at(i);
            if (token.is("LIKE")) {
                like = script.at(i + 1).text();
            } else if (token.is("IN") && i + 1 < script.tokens().size()) {
                String level = script.at(i + 1).text();
                boolean named = script.at(i + 2).isName();
                List<String> parts = Names.parts(script.tokens(), i + 2);
                switch (level) {
                    case "ACCOUNT" -> {
                        database = null;
                        schema = null;
                    }
                    case "DATABASE" -> {
                        database = named ? parts.getFirst() : session.database();
                        schema = null;
                    }
                    case "SCHEMA" -> {
                        database = parts.size() > 1 ? parts.getFirst() : session.database();
                        schema = named ? parts.getLast() : session.schema();
                    }
                    case "TABLE", "VIEW" -> {
                        Names name = Names.read(script.tokens(), i + 2, session.database(), session.schema());
                        database = name.database();
                        schema = name.schema();
                        table = name.name();
                    }
                    default -> {
                        List<String> plain = Names.parts(script.tokens(), i + 1);
                        database =
                                plain.size() > 1 || session.database() == null ? plain.getFirst() : session.database();
                        schema = plain.size() > 1 || session.database() != null ? plain.getLast() : null;
                    }
                }
                break;
            }
        }
        return new Scope(like, database, schema, table);
    }

    private record Scope(
            @Nullable String like,
            @Nullable String database,
            @Nullable String schema,
            @Nullable String table) {
        String where(String nameColumn) {
            return " WHERE NOT internal AND schema_name <> 'main' AND database_name NOT IN ('_SF', 'memory', 'temp')"
                    + (database == null ? "" : " AND database_name = " + DuckDb.literal(database))
                    + (schema == null || nameColumn.equals("schema_name")
                            ? ""
                            : " AND schema_name = " + DuckDb.literal(schema))
                    + (table == null ? "" : " AND table_name = " + DuckDb.literal(table))
                    + like(nameColumn);
        }

        String like(String nameColumn) {
            return like == null ? "" : " AND " + nameColumn + " ILIKE " + DuckDb.literal(like) + " ESCAPE '\\'";
        }
    }
}
