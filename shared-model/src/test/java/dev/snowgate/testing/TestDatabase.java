package dev.snowgate.testing;

import dev.snowgate.db.Migrate;
import dev.snowgate.db.MigrationSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A migrated database of its own for one test class, in one embedded PostgreSQL per JVM. Roles belong to the server and
 * are the same for all; their passwords are not checked by the embedded server.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A fresh database with the newest schema; cheap, because it is copied from a template. */
    public static TestDatabase create() {
        String name = "snowgate_test_" + COUNT.incrementAndGet();
        administer("create database " + name + " template snowgate_template owner snowgate_owner");
        administer("revoke all on database " + name + " from public");
        administer("grant connect on database " + name + " to snowgate_gateway, snowgate_console");
        return new TestDatabase(name);
    }

    /** A fresh, empty database without schema, for tests of the migration itself. */
    public static TestDatabase empty() {
        String name = "snowgate_test_" + COUNT.incrementAndGet();
        administer("create database " + name + " owner snowgate_owner");
        return new TestDatabase(name);
    }

    /** The role that owns the schema. */
    public Access owner() {
        return access("snowgate_owner");
    }

    /** The gateway's role. */
    public Access gateway() {
        return access("snowgate_gateway");
    }

    /** The console's role. */
    public Access console() {
        return access("snowgate_console");
    }

    /** The server's superuser, for what only a DBA does. */
    public Access admin() {
        return access("postgres");
    }

    public String host() {
        return "localhost";
    }

    public int port() {
        return Server.POSTGRES.getPort();
    }

    public String database() {
        return name;
    }

    /** JDBC URL without user. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port() + "/" + name + "?currentSchema=snowgate";
    }

    /** Ends every connection to it, as a failing server would; new ones are accepted at once. */
    public void disconnectAll() {
        administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    @Override
    public void close() {
        administer("drop database if exists " + name + " with (force)");
    }

    private Access access(String user) {
        return new Access(
                user,
                user + "-password",
                jdbcUrl(),
                "r2dbc:postgresql://" + user + ":" + user + "-password@localhost:" + port() + "/" + name
                        + "?schema=snowgate");
    }

    private static void administer(String command) {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException failed) {
            throw new IllegalStateException("the test database refused: " + command, failed);
        }
    }

    /** How one role gets in. */
    public record Access(String user, String password, String jdbcUrl, String r2dbcUrl) {
        /** A new connection in the schema {@code snowgate}; the caller closes it. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /** Started on first use; the embedded server stops with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
                String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/snowgate_template";
                Migrate.run(MigrationSettings.of(
                                url,
                                "snowgate_owner",
                                "snowgate_owner-password",
                                "snowgate_gateway-password",
                                "snowgate_console-password")
                        .withAdmin("postgres", "postgres"));
                return postgres;
            } catch (IOException failed) {
                throw new UncheckedIOException("the embedded PostgreSQL did not start", failed);
            }
        }
    }
}
