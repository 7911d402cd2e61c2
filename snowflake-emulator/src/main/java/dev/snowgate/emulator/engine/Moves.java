package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables that change their names or come back: SWAP WITH and UNDROP. What is dropped is kept aside, the latest of a name first, as long
 * as it is small; tags and policies do not come back with it.
 */
final class Moves {
    private static final String ASIDE = "\"_SF\".\"DROPPED\"";
    private static final String LIST = ASIDE + ".\"DROPPED_TABLES\"";
    private static final int MOST_ROWS = 100_000;
    private final DuckDb duckDb;

    Moves(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** The schema and table that keep what was dropped. */
    static List<String> tables() {
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS " + ASIDE,
                "CREATE TABLE IF NOT EXISTS " + LIST + " (NUM BIGINT, DB VARCHAR, SCH VARCHAR, NAME VARCHAR)");
    }

    /** Each of both names has the other one's columns and rows afterwards. */
    void swap(Names one, Names other) throws SQLException {
        require(one);
        require(other);
        Names first = beside(one);
        Names second = beside(other);
        duckDb.run("CREATE TABLE " + first.render() + " AS SELECT * FROM " + other.render());
        duckDb.run("CREATE TABLE " + second.render() + " AS SELECT * FROM " + one.render());
        duckDb.run("DROP TABLE " + one.render());
        duckDb.run("DROP TABLE " + other.render());
        duckDb.run("ALTER TABLE " + first.render() + " RENAME TO " + Names.quote(one.name()));
        duckDb.run("ALTER TABLE " + second.render() + " RENAME TO " + Names.quote(other.name()));
    }

    private static Names beside(Names name) {
        return new Names(name.database(), name.schema(), name.name() + " being swapped", name.end());
    }

    /** Keeps a table that is about to be dropped. */
    void keep(Names name) throws SQLException {
        if (!exists(name)
                || Long.parseLong(duckDb.strings("SELECT CAST(count(*) AS VARCHAR) FROM " + name.render())
                                .getFirst())
                        > MOST_ROWS) {
            return;
        }
        String number = duckDb.strings("SELECT CAST(coalesce(max(NUM), 0) + 1 AS VARCHAR) FROM " + LIST)
                .getFirst();
        duckDb.run("CREATE TABLE " + ASIDE + ".\"T" + number + "\" AS SELECT * FROM " + name.render());
        duckDb.run("INSERT INTO " + LIST + " VALUES (" + number + ", " + DuckDb.literal(name.database()) + ", "
                + DuckDb.literal(name.schema()) + ", " + DuckDb.literal(name.name()) + ")");
    }

    /** Brings the table back that was dropped last under that name. */
    String undrop(Session session, Script script) throws SQLException {
        Names name = Names.read(script.tokens(), 2, session.database(), session.schema());
        if (exists(name)) {
            throw new Refused(
                    "002002", "42710", "SQL compilation error:\nObject '" + name.name() + "' already exists.");
        }
        List<String> kept = duckDb.strings("SELECT CAST(NUM AS VARCHAR) FROM " + LIST + " WHERE DB = "
                + DuckDb.literal(name.database()) + " AND SCH = " + DuckDb.literal(name.schema()) + " AND NAME = "
                + DuckDb.literal(name.name()) + " ORDER BY NUM DESC LIMIT 1");
        if (kept.isEmpty()) {
            throw missing(name);
        }
        String table = ASIDE + ".\"T" + kept.getFirst() + '"';
        duckDb.run("CREATE TABLE " + name.render() + " AS SELECT * FROM " + table);
        duckDb.run("DROP TABLE " + table);
        duckDb.run("DELETE FROM " + LIST + " WHERE NUM = " + kept.getFirst());
        return "Table " + name.name() + " successfully restored.";
    }

    private void require(Names name) throws SQLException {
        if (!exists(name)) {
            throw missing(name);
        }
    }

    private boolean exists(Names name) throws SQLException {
        return !duckDb.strings("SELECT table_name FROM duckdb_tables() WHERE database_name = "
                        + DuckDb.literal(name.database()) + " AND schema_name = " + DuckDb.literal(name.schema())
                        + " AND table_name = " + DuckDb.literal(name.name()))
                .isEmpty();
    }

    private static Refused missing(Names name) {
        return new Refused(
                "002003",
                "42S02",
                "SQL compilation error:\nTable '" + name.display() + "' does not exist or not authorized.");
    }
}
