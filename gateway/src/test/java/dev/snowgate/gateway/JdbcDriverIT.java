package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vendor's JDBC driver, unmodified, through gateway and emulator. */
class JdbcDriverIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_read_is_masked_by_lineage_and_recorded() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement();
                // When
                ResultSet rows = statement.executeQuery(
                        "select email as x, 'a' as email, customer_id from customers order by customer_id limit 5")) {
            // Then
            int count = 0;
            while (rows.next()) {
                count++;
                assertThat(rows.getString(1)).as("column 0").contains("*").doesNotMatch("[a-z.]+@.*");
                assertThat(rows.getString(2)).as("column 1").isEqualTo("a");
            }
            assertThat(count).isEqualTo(5);
        }
        assertThat(gateway.events("select email as x%"))
                .startsWith("RECEIVED", "DECIDED")
                .contains("RETURNED");
    }

    @Test
    void a_destructive_statement_is_refused_with_its_reason_and_never_sent() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            // When / Then
            assertThatThrownBy(() -> statement.execute("DROP TABLE PROD.CRM.CUSTOMERS"))
                    .isInstanceOfSatisfying(SQLException.class, fault -> {
                        assertThat(fault.getErrorCode()).isEqualTo(3001);
                        assertThat(fault.getSQLState()).isEqualTo("42501");
                        assertThat(fault.getMessage())
                                .contains("Refused by Snowgate")
                                .contains("It did not run");
                    });
        }
        assertThat(gateway.executed("drop table")).isZero();
        assertThat(gateway.events("DROP TABLE%")).containsExactly("RECEIVED", "DECIDED", "REFUSED");
    }

    @Test
    void a_held_statement_waits_in_the_driver_and_runs_once_after_the_approval() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> changed = CompletableFuture.supplyAsync(() -> update(statement));
            long request = gateway.awaitRequest();
            assertThat(gateway.executed("update orders")).isZero();

            // When
            gateway.review(request, "APPROVE", "fine");

            // Then
            assertThat(changed.get()).isEqualTo(1);
            assertThat(gateway.executed("update orders")).isEqualTo(1);
        }
    }

    @Test
    void a_denied_statement_carries_the_reviewers_words() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> failed = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeUpdate("delete from orders where order_id = 500009");
                    return new AssertionError("it ran");
                } catch (SQLException e) {
                    return e;
                }
            });
            long request = gateway.awaitRequest();

            // When
            gateway.review(request, "DENY", "Not during the close");

            // Then
            assertThat(failed.get()).hasMessageContaining("Not during the close");
            assertThat(gateway.executed("delete from orders")).isZero();
        }
    }

    @Test
    void binds_reach_the_statement() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("support-copilot");
                PreparedStatement statement =
                        connection.prepareStatement("select order_id, amount from orders where order_id = ?")) {
            statement.setInt(1, 500007);

            // When
            try (ResultSet rows = statement.executeQuery()) {
                // Then
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(500007);
                assertThat(rows.getBigDecimal(2)).isNotNull();
                assertThat(rows.next()).isFalse();
            }
        }
    }

    private static int update(Statement statement) {
        try {
            return statement.executeUpdate("update orders set status = 'HELD' where order_id = 500003");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
