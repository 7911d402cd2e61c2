package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads tables, columns and views of whole databases from Snowflake's INFORMATION_SCHEMA. */
@Component
class SnowflakeCatalogReader {
    private static final String TABLES =
            "select table_schema, table_name, table_type from \"%s\".information_schema.tables where table_schema <> 'INFORMATION_SCHEMA'";
    private static final String COLUMNS = """
            select table_schema, table_name, column_name, data_type, is_nullable from "%s".information_schema.columns
            where table_schema <> 'INFORMATION_SCHEMA' order by table_schema, table_name, ordinal_position
            """;
    private static final String VIEWS =
            "select table_schema, table_name, view_definition from \"%s\".information_schema.views where table_schema <> 'INFORMATION_SCHEMA'";
    private final CatalogProperties properties;
    private final Clock clock;

    SnowflakeCatalogReader(CatalogProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** All objects of the configured databases, in one connection. */
    List<CatalogObject> read() throws SQLException {
        List<CatalogObject> objects = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(properties.jdbcUrl(), driverProperties())) {
            for (String database : properties.databases()) {
                if (database.indexOf('"') >= 0) {
                    throw new IllegalStateException("a database of snowgate.catalog.databases has a quote in its name");
                }
                objects.addAll(read(connection, database));
            }
        }
        return objects;
    }

    private Properties driverProperties() {
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

    private List<CatalogObject> read(Connection connection, String database) throws SQLException {
        Instant at = clock.instant();
        Map<ObjectName, List<CatalogColumn>> columns = new HashMap<>();
        each(
                connection,
                COLUMNS.formatted(database),
                row -> columns.computeIfAbsent(name(database, row), name -> new ArrayList<>())
                        .add(new CatalogColumn(
                                row.getString(3),
                                row.getString(4).toUpperCase(Locale.ROOT),
                                !"NO".equalsIgnoreCase(row.getString(5)),
                                Optional.empty())));
        Map<ObjectName, String> definitions = new HashMap<>();
        each(connection, VIEWS.formatted(database), row -> {
            String definition = row.getString(3);
            if (definition != null && !definition.isBlank()) {
                definitions.put(name(database, row), definition);
            }
        });
        List<CatalogObject> objects = new ArrayList<>();
        each(connection, TABLES.formatted(database), row -> {
            ObjectName name = name(database, row);
            objects.add(new CatalogObject(
                    name,
                    kind(row.getString(3)),
                    columns.getOrDefault(name, List.of()),
                    Optional.ofNullable(definitions.get(name)).map(ViewQuery::of),
                    java.util.Set.of(),
                    at));
        });
        return objects;
    }

    private void each(Connection connection, String query, Row consumer) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) properties.timeout().toSeconds());
            try (ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        }
    }

    private static ObjectName name(String database, ResultSet row) throws SQLException {
        return new ObjectName(database, row.getString(1), row.getString(2));
    }

    static ObjectKind kind(@Nullable String tableType) {
        return switch (tableType == null ? "" : tableType.toUpperCase(Locale.ROOT)) {
            case "BASE TABLE", "TABLE", "TRANSIENT", "TEMPORARY TABLE", "LOCAL TEMPORARY" -> ObjectKind.TABLE;
            case "VIEW" -> ObjectKind.VIEW;
            case "MATERIALIZED VIEW" -> ObjectKind.MATERIALIZED_VIEW;
            case "EXTERNAL TABLE" -> ObjectKind.EXTERNAL_TABLE;
            case "DYNAMIC TABLE" -> ObjectKind.DYNAMIC_TABLE;
            default -> ObjectKind.OTHER;
        };
    }

    private interface Row {
        void accept(ResultSet row) throws SQLException;
    }
}
