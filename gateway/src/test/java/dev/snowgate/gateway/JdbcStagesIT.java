package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unloads are judged by where their stage leads to at that moment, through the vendor's JDBC driver. */
class JdbcStagesIT {
    private static final String POLICY = """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: inside-only
            rules:
              - name: everything-else
                effect: allow
                objects: any
                statements:
                  effects: [read, write, create, alter, drop, metadata, session, transaction, privilege]
              - name: unloads-stay-inside
                effect: allow
                objects: any
                statements: {effects: [read, unload, session]}
                unload: [internal-stage]
            """;

    @TempDir
    private static Path folder;

    private static TestGateway gateway;
    private static int second;

    @BeforeAll
    static void start() throws IOException, SQLException {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        gateway = TestGateway.start(options -> options, Map.of(), folder);
        second = gateway.addReplica();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_stage_is_looked_up_and_only_an_internal_one_takes_data() throws SQLException {
        // Given
        upstream("create stage dev.sandbox.inside", "create stage dev.sandbox.outside url = 's3://elsewhere/x/'");

        // Then
        assertThatCode(() -> run("copy into @dev.sandbox.inside from prod.crm.orders"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> run("copy into @dev.sandbox.outside from prod.crm.orders"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run("copy into @dev.sandbox.nowhere from prod.crm.orders"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_stage_that_is_made_another_one_is_judged_as_what_it_is_now_on_every_replica() throws SQLException {
        // Given
        run("create stage dev.sandbox.turning", "copy into @dev.sandbox.turning from prod.crm.orders");
        onSecond("copy into @dev.sandbox.turning from prod.crm.orders");

        // When
        run("create or replace stage dev.sandbox.turning url = 's3://elsewhere/x/'");

        // Then
        assertThatThrownBy(() -> run("copy into @dev.sandbox.turning from prod.crm.orders"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> onSecond("copy into @dev.sandbox.turning from prod.crm.orders"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_temporary_stage_hides_the_internal_one() throws SQLException {
        // Given
        upstream("create stage dev.sandbox.hidden");
        run("copy into @dev.sandbox.hidden from prod.crm.orders");

        // Then
        assertThatThrownBy(() -> run(
                        "create temporary stage dev.sandbox.hidden url = 's3://elsewhere/x/'",
                        "copy into @dev.sandbox.hidden from prod.crm.orders"))
                .isInstanceOf(SQLException.class);
    }

    private static void upstream(String... statements) throws SQLException {
        try (Connection connection = gateway.connectUpstream("SVC_LEDGER")) {
            all(connection, statements);
        }
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent")) {
            all(connection, statements);
        }
    }

    private static void onSecond(String... statements) throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent", new Properties(), second)) {
            all(connection, statements);
        }
    }

    private static void all(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
