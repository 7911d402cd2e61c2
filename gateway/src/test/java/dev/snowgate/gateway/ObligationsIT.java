package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a policy demands of a statement holds on the way of a real driver: sizes, warehouses, addresses, what a session has read. */
class ObligationsIT {
    private static final String POLICY = """
        apiVersion: snowgate.dev/v1
        kind: Policy
        name: obligations
        masks:
          - {name: redact-email, columns: {categories: [email]}, mask: redact}
        rules:
          - name: here
            effect: allow
            objects: any
            principals: {networks: [127.0.0.0/8, "::1"]}
            statements: {effects: [read, write, metadata, session, transaction, code, cost]}
            cardinality-use: allow
          - name: small
            effect: limit
            obligations: {result-size-limit: 20KB, warehouses: [COMPUTE_WH]}
          - name: no-writes-after-email
            effect: deny
            statements: {effects: [write]}
            session: {read-protected: [email]}
            reason: The session has read addresses.
        """;
    private static TestGateway gateway;
    private static int port;

    @BeforeAll
    static void start() throws SQLException {
        gateway = TestGateway.start(options -> options.seed(120_000, 2_000, 200), Map.of());
        try (Connection owner = gateway.database().owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("insert into policy_version (version, created_by) values (900, 'test')");
            try (PreparedStatement file =
                    owner.prepareStatement("insert into policy_file (version, path, text) values (900, 'p.yaml', ?)")) {
                file.setString(1, POLICY);
                file.execute();
            }
            statement.execute(
                    "update policy_version set published_at = now(), published_by = 'test' where version = 900");
            statement.execute("update policy_active set version = 900");
        }
        port = gateway.addReplica();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Connection connect(int replica) throws SQLException {
        return gateway.connect("ledger-agent", new Properties(), replica);
    }

    private static void refused(ThrowingCallable call, GatewayErrorCode code, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class, fault -> {
            assertThat(fault.getMessage()).contains(text);
            assertThat(fault.getErrorCode()).isEqualTo(Integer.parseInt(code.wireCode()));
        });
    }

    @Test
    void a_result_larger_than_its_limit_ends_in_a_clean_error_and_a_smaller_one_comes() throws SQLException {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            refused(
                    () -> statement.executeQuery("select customer_id, city from customers"),
                    GatewayErrorCode.RESULT_TOO_LARGE,
                    "20480 bytes");
            try (ResultSet rows = statement.executeQuery("select customer_id, city from customers limit 10")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void another_warehouse_is_refused_and_may_be_left() throws SQLException {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            refused(
                    () -> statement.execute("use warehouse other_wh"),
                    GatewayErrorCode.POLICY_DENIED,
                    "USE WAREHOUSE one of: COMPUTE_WH");
        }
    }

    @Test
    void a_session_that_has_read_protected_columns_is_marked_for_every_replica_and_no_other_session_is()
            throws SQLException {
        String write = "insert into dev.sandbox.experiments (experiment_id, name) values (1, 'x')";
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(write);
            // When
            try (ResultSet rows = statement.executeQuery("select email from customers limit 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("[redacted]");
            }
            // Then
            refused(() -> statement.executeUpdate(write), GatewayErrorCode.POLICY_DENIED, "no-writes-after-email");
            assertThat(gateway.query("select category from session_read")).containsExactly("email");
        }
        try (Connection fresh = connect(port);
                Statement statement = fresh.createStatement()) {
            assertThat(statement.executeUpdate(write)).isEqualTo(1);
        }
    }

    @Test
    void a_masked_value_is_not_written_back_by_a_binding() throws SQLException {
        String insert = "insert into dev.sandbox.experiments (experiment_id, name) values (?, ?)";
        try (Connection connection = connect(port);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setInt(1, 2);
            statement.setString(2, "[redacted]");
            refused(statement::executeUpdate, GatewayErrorCode.POLICY_DENIED, "masked-value");
            statement.setString(2, "honest");
            assertThat(statement.executeUpdate()).isEqualTo(1);
            for (String value : new String[] {"honest", "****6789"}) {
                statement.setInt(1, 3);
                statement.setString(2, value);
                statement.addBatch();
            }
            refused(statement::executeBatch, GatewayErrorCode.POLICY_DENIED, "masked-value");
        }
    }
}
