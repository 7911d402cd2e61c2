package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Named stages: only that they are there, and where they lead to. No file is ever kept in one. */
final class Stages {
    private static final String TABLE = "\"_SF\".\"META\".\"STAGES\"";
    private final DuckDb duckDb;

    Stages(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** The answer to a CREATE, ALTER or DROP of a stage. */
    String run(Session session, Script script, Kind kind, int type) throws SQLException {
        List<Token> tokens = script.tokens();
        boolean conditional = script.at(type + 1).is("IF");
        int nameAt = !conditional ? type + 1 : kind == Kind.CREATE ? type + 4 : type + 3;
        Names name = Names.read(tokens, nameAt, session.database(), session.schema());
        boolean exists =
                !duckDb.strings("SELECT NAME FROM " + TABLE + where(name)).isEmpty();
        return switch (kind) {
            case CREATE -> {
                boolean replace = script.at(1).is("OR") && script.at(2).is("REPLACE");
                if (exists && !replace && !conditional) {
                    throw new Refused(
                            "002002", "42710", "SQL compilation error:\nObject '" + name.name() + "' already exists.");
                }
                if (!exists || replace) {
                    put(name, value(script, "URL"), value(script, "STORAGE_INTEGRATION"));
                }
                yield "Stage area " + name.name() + " successfully created.";
            }
            case DROP -> {
                require(exists || conditional, name);
                duckDb.run("DELETE FROM " + TABLE + where(name));
                yield name.name() + " successfully dropped.";
            }
            default -> {
                require(exists || conditional, name);
                List<Token> action = tokens.subList(name.end(), tokens.size());
                Script rest = new Script(script.source(), action);
                if (rest.starts("RENAME", "TO")) {
                    Names other = Names.read(action, 2, name.database(), name.schema());
                    duckDb.run("UPDATE " + TABLE + " SET DB = " + DuckDb.literal(other.database()) + ", SCH = "
                            + DuckDb.literal(other.schema()) + ", NAME = " + DuckDb.literal(other.name())
                            + ", CHANGED = now()" + where(name));
                } else if (rest.starts("SET") && value(rest, "URL") != null) {
                    duckDb.run("UPDATE " + TABLE + " SET URL = " + DuckDb.literal(value(rest, "URL"))
                            + ", CHANGED = now()" + where(name));
                }
                yield SessionCommands.DONE;
            }
        };
    }

    private void put(Names name, @Nullable String url, @Nullable String integration) throws SQLException {
        duckDb.run("DELETE FROM " + TABLE + where(name));
        duckDb.run("INSERT INTO " + TABLE + " VALUES (" + DuckDb.literal(name.database()) + ", "
                + DuckDb.literal(name.schema()) + ", " + DuckDb.literal(name.name()) + ", " + DuckDb.literal(url)
                + ", " + DuckDb.literal(integration) + ", now())");
    }

    private static void require(boolean exists, Names name) {
        if (!exists) {
            throw new Refused(
                    "002003",
                    "02000",
                    "SQL compilation error:\nStage '" + name.display() + "' does not exist or not authorized.");
        }
    }

    private static @Nullable String value(Script script, String option) {
        for (int i = 0; i + 2 < script.tokens().size(); i++) {
            if (script.at(i).is(option) && script.at(i + 1).is("=")) {
                return script.at(i + 2).text();
            }
        }
        return null;
    }

    private static String where(Names name) {
        return " WHERE DB = " + DuckDb.literal(name.database()) + " AND SCH = " + DuckDb.literal(name.schema())
                + " AND NAME = " + DuckDb.literal(name.name());
    }

    /** The table that keeps them. */
    static String table() {
        return "CREATE TABLE IF NOT EXISTS " + TABLE
                + " (DB VARCHAR, SCH VARCHAR, NAME VARCHAR, URL VARCHAR, INTEGRATION VARCHAR, CHANGED TIMESTAMPTZ)";
    }

    /** STAGES of one database's INFORMATION_SCHEMA. */
    static String view(String schema, String database) {
        return "CREATE OR REPLACE VIEW " + schema + ".STAGES AS SELECT DB AS STAGE_CATALOG, SCH AS STAGE_SCHEMA,"
                + " NAME AS STAGE_NAME, coalesce(URL, '') AS STAGE_URL, CAST(NULL AS VARCHAR) AS STAGE_REGION,"
                + " CASE WHEN URL IS NULL THEN 'Internal Named' ELSE 'External Named' END AS STAGE_TYPE,"
                + " 'SYSADMIN' AS STAGE_OWNER, CAST(NULL AS VARCHAR) AS COMMENT, CHANGED AS CREATED,"
                + " CHANGED AS LAST_ALTERED FROM " + TABLE + " WHERE DB = " + DuckDb.literal(database);
    }

    /** What SHOW STAGES gives. */
    static String show(String where) {
        return "SELECT CHANGED AS \"created_on\", NAME AS \"name\", DB AS \"database_name\", SCH AS \"schema_name\","
                + " coalesce(URL, '') AS \"url\", 'N' AS \"has_credentials\", 'N' AS \"has_encryption_key\","
                + " 'SYSADMIN' AS \"owner\", '' AS \"comment\", CAST(NULL AS VARCHAR) AS \"region\","
                + " CASE WHEN URL IS NULL THEN 'INTERNAL' ELSE 'EXTERNAL' END AS \"type\", CAST(NULL AS VARCHAR) AS \"cloud\","
                + " CAST(NULL AS VARCHAR) AS \"notification_channel\", INTEGRATION AS \"storage_integration\""
                + " FROM (SELECT *, DB AS database_name, SCH AS schema_name, NAME AS stage_name, false AS internal FROM "
                + TABLE
                + ")" + where;
    }
}
