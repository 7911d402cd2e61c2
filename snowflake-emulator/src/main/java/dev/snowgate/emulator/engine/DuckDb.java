package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.sql.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The DuckDB instance: one attached DuckDB database per Snowflake database, and {@code _SF} for what belongs to the
 * emulator (information schema, text of views).
 */
public final class DuckDb implements AutoCloseable {
    private final DuckDBConnection root;
    private final @Nullable Path folder;

    public DuckDb(EmulatorOptions options) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", options.memoryLimit());
        root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        folder = options.dataDir();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        attach("_SF");
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"_SF\".\"META\"");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS \"_SF\".\"META\".\"VIEWS\" (DB VARCHAR, SCH VARCHAR, NAME VARCHAR, TEXT VARCHAR)");
            for (String usage : UsageViews.statements()) {
                statement.execute(usage);
            }
        }
    }

    /** A new connection to the instance; the caller closes it. */
    public Connection open() throws SQLException {
        Connection connection = root.duplicate();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
        }
        return connection;
    }

    /** Makes a database with its schema PUBLIC; one that exists stays as it is. */
    public void createDatabase(String name) throws SQLException {
        attach(name);
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Names.quote(name) + ".\"PUBLIC\"");
            for (String view : InfoViews.statements(name)) {
                statement.execute(view);
            }
            for (String view : UsageViews.routines("\"_SF\"." + Names.quote("INFO_" + name), name)) {
                statement.execute(view);
            }
        }
    }

    public void dropDatabase(String name) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS \"_SF\"." + Names.quote("INFO_" + name) + " CASCADE");
            statement.execute("DETACH " + Names.quote(name));
        }
        Path dir = folder;
        if (dir != null) {
            dir.resolve(name.toLowerCase(Locale.ROOT) + ".duckdb").toFile().delete();
        }
    }

    public List<String> databases() throws SQLException {
        return strings(
                "SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name NOT IN ('_SF', 'memory') ORDER BY 1");
    }

    public boolean hasSchema(String database, String schema) throws SQLException {
        return !strings("SELECT schema_name FROM duckdb_schemas() WHERE database_name = " + literal(database)
                        + " AND schema_name = " + literal(schema))
                .isEmpty();
    }

    /** The first column of a query, as text. */
    public List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    public void run(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The text of a literal, quoted. */
    public static String literal(@Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    private void attach(String name) throws SQLException {
        Path dir = folder;
        String where = dir == null
                ? ":memory:"
                : dir.resolve(name.toLowerCase(Locale.ROOT) + ".duckdb").toString();
        try (Statement statement = root.createStatement()) {
            statement.execute("ATTACH IF NOT EXISTS " + literal(where) + " AS " + Names.quote(name));
        }
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }
}
