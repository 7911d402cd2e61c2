package dev.snowgate.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Creates the roles, and under a superuser the owner and its database, where they are missing. */
final class Roles {
    static final String GATEWAY = "snowgate_gateway";
    static final String CONSOLE = "snowgate_console";

    private Roles() {}

    /** Creates the owner, able to create the two programs' roles, and its database. */
    static void bootstrap(MigrationSettings settings, String admin, Secret password) throws SQLException {
        Properties parts = parts(settings.url());
        String database = parts.getProperty("PGDBNAME");
        String server =
                "jdbc:postgresql://" + parts.getProperty("PGHOST") + ":" + parts.getProperty("PGPORT") + "/postgres";
        try (Connection connection = DriverManager.getConnection(server, admin, password.value())) {
            ensureRole(connection, settings.owner(), Optional.of(settings.ownerPassword()), "createrole");
            if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
                run(connection, "select format('create database %I owner %I', ?, ?)", database, settings.owner());
            }
        }
    }

    /** Creates the programs' roles where missing, sets given passwords, and closes the database to everybody else. */
    static void ensurePrograms(Connection owner, MigrationSettings settings) throws SQLException {
        ensureRole(owner, GATEWAY, settings.gatewayPassword(), "nocreaterole");
        ensureRole(owner, CONSOLE, settings.consolePassword(), "nocreaterole");
        refusePowerful(owner, settings.owner());
        try (Statement statement = owner.createStatement()) {
            String database = one(owner, "select quote_ident(current_database())");
            statement.execute("revoke all on database " + database + " from public");
            statement.execute("grant connect on database " + database + " to " + GATEWAY + ", " + CONSOLE);
        }
    }

    private static void ensureRole(Connection connection, String role, Optional<Secret> password, String option)
            throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            if (password.isEmpty()) {
                throw new SQLException("the role " + role + " is missing and no password for it was given");
            }
            run(connection, "select format('create role %I login " + option + "', ?)", role);
        }
        if (password.isPresent()) {
            // Hashed by the driver, so that the password appears in no log of the server.
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(role, password.get().value().toCharArray(), null);
        }
    }

    /** A program's role with more rights than the migrations grant would make every grant meaningless. */
    private static void refusePowerful(Connection connection, String owner) throws SQLException {
        String query = """
                select 1 from pg_roles r where r.rolname in ('snowgate_gateway', 'snowgate_console')
                and (r.rolsuper or r.rolcreaterole or r.rolbypassrls or pg_has_role(r.oid, ?, 'MEMBER')
                     or exists (select from pg_auth_members m where m.member = r.oid))
                """;
        if (exists(connection, query, owner)) {
            throw new SQLException("the roles " + GATEWAY + " and " + CONSOLE
                    + " must be plain: no superuser, no CREATEROLE, no member of another role");
        }
    }

    private static Properties parts(String url) throws SQLException {
        @Nullable Properties parts = Driver.parseURL(url, new Properties());
        if (parts == null) {
            throw new SQLException("this is no JDBC URL of a PostgreSQL database");
        }
        return parts;
    }

    private static boolean exists(Connection connection, String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void run(Connection connection, String formatting, String... names) throws SQLException {
        String command = one(connection, formatting, names);
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String one(Connection connection, String query, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
