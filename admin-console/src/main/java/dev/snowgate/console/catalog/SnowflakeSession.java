package dev.snowgate.console.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** A connection of the catalog's own user through Snowflake's JDBC driver; every query is bounded in time. */
final class SnowflakeSession implements AutoCloseable {
    private final Connection connection;
    private final int timeoutSeconds;

    private SnowflakeSession(Connection connection, int timeoutSeconds) {
        this.connection = connection;
        this.timeoutSeconds = timeoutSeconds;
    }

    static SnowflakeSession open(CatalogProperties properties) throws SQLException {
        return new SnowflakeSession(
                DriverManager.getConnection(properties.jdbcUrl(), driverProperties(properties)),
                Math.max(1, (int) properties.timeout().toSeconds()));
    }

    private static Properties driverProperties(CatalogProperties properties) {
        Properties driver = new Properties();
        driver.put("user", properties.user());
        driver.put("account", properties.account());
        if (properties.privateKeyFile() != null) {
            driver.put("private_key_file", properties.privateKeyFile().toString());
            driver.put("authenticator", "SNOWFLAKE_JWT");
        }
        put(driver, "role", properties.role());
        put(driver, "warehouse", properties.warehouse());
        driver.put("ssl", properties.isPlain() ? "off" : "on");
        driver.put("disablePlatformDetection", "true");
        driver.put("CLIENT_TELEMETRY_ENABLED", "false");
        driver.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
        driver.put("loginTimeout", "30");
        driver.put("networkTimeout", String.valueOf(properties.timeout().toMillis()));
        if (properties.disableOcspChecks()) {
            driver.put("disableOCSPChecks", "true");
        }
        return driver;
    }

    private static void put(Properties driver, String name, String value) {
        if (!value.isBlank()) {
            driver.put(name, value);
        }
    }

    /** Gives each row of a query to the consumer. */
    void each(String query, List<String> bound, Row consumer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setQueryTimeout(timeoutSeconds);
            for (int i = 0; i < bound.size(); i++) {
                statement.setString(i + 1, bound.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Takes one row. */
    interface Row {
        void accept(ResultSet row) throws SQLException;
    }
}
