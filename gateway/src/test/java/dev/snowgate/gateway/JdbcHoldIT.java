package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements that wait or run long, as the vendor's JDBC driver sees them: approved, denied, cancelled, timed out. */
class JdbcHoldIT {
    /** Runs for hours if nobody ends it. */
    private static final String ENDLESS =
            "select sum(a.amount * b.amount * c.amount) as %s from dev.sandbox.orders_sample a,"
                    + " dev.sandbox.orders_sample b, dev.sandbox.orders_sample c, dev.sandbox.orders_sample d";

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
    void the_same_read_that_one_group_may_do_waits_for_another() throws Exception {
        // Given
        try (Connection connection = gateway.connect("ledger-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> read = CompletableFuture.supplyAsync(
                    () -> first(statement, "select email as held_read from customers order by customer_id limit 1"));
            long request = gateway.awaitRequest();
            assertThat(gateway.executed("held_read")).isZero();

            // When
            gateway.review(request, "APPROVE", "for the audit");

            // Then
            assertThat(read.get()).contains("*");
            assertThat(gateway.executed("held_read")).isEqualTo(1);
            assertThat(gateway.events("select email as held_read%"))
                    .containsSubsequence("RECEIVED", "DECIDED", "HELD", "RELEASED", "SENT", "EXECUTED", "RETURNED");
        }
    }

    @Test
    void a_denial_carries_code_state_query_id_and_the_reviewers_words() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> failed =
                    failing(() -> statement.executeUpdate("delete from prod.crm.orders where order_id = 500009"));

            // When
            gateway.review(gateway.awaitRequest(), "DENY", "Not during the close");

            // Then
            assertThat(failed.get()).isInstanceOfSatisfying(SQLException.class, fault -> {
                assertThat(fault.getErrorCode()).isEqualTo(3001);
                assertThat(fault.getSQLState()).isEqualTo("42501");
                assertThat(fault.getMessage()).contains("Not during the close");
            });
            assertThat(gateway.executed("delete from prod.crm.orders")).isZero();
            assertThat(gateway.events("delete from prod.crm.orders%"))
                    .containsSubsequence("RECEIVED", "DECIDED", "HELD", "DENIED");
        }
    }

    @Test
    void cancelling_a_hold_ends_it_and_a_later_approval_runs_nothing() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> failed = failing(
                    () -> statement.executeUpdate("update prod.crm.orders set status = 'CXL' where order_id = 500002"));
            long request = gateway.awaitRequest();

            // When
            statement.cancel();

            // Then
            assertThat(failed.get()).isInstanceOf(SQLException.class).hasMessageContaining("cancel");
            assertThatThrownBy(() -> gateway.review(request, "APPROVE", "too late"))
                    .isInstanceOf(SQLException.class);
            assertThat(gateway.executed("status = 'CXL'")).isZero();
            assertThat(gateway.events("update prod.crm.orders set status%")).contains("CANCELLED");
        }
    }

    @Test
    void a_query_timeout_ends_a_hold() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(3);
            Instant began = Instant.now();

            // When / Then
            assertThatThrownBy(() -> statement.executeUpdate(
                            "update prod.crm.orders set status = 'TMO' where order_id = 500004"))
                    .isInstanceOf(SQLException.class);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(gateway.executed("status = 'TMO'")).isZero();
            TestGateway.await(() -> pending() == 0);
        }
    }

    @Test
    void cancelling_a_running_statement_aborts_it_at_snowflake() throws Exception {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> failed =
                    failing(() -> statement.executeQuery(ENDLESS.formatted("cancelled_run")));
            TestGateway.await(() -> gateway.executed("cancelled_run") == 1);

            // When
            statement.cancel();

            // Then
            assertThat(failed.get())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            fault -> assertThat(fault.getErrorCode()).isEqualTo(604));
            TestGateway.await(() -> outcome("cancelled_run").startsWith("FAILED"));
        }
    }

    @Test
    void a_query_timeout_ends_a_running_statement() throws Exception {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            assertThatThrownBy(() -> statement.executeQuery(ENDLESS.formatted("timed_run")))
                    .isInstanceOf(SQLException.class);
            TestGateway.await(() -> outcome("timed_run").startsWith("FAILED"));
        }
    }

    @Test
    void an_asynchronous_hold_is_released_without_anybody_waiting() throws Exception {
        // Given
        try (Connection connection = gateway.connect("ledger-agent");
                Statement statement = connection.createStatement();
                ResultSet later = statement
                        .unwrap(SnowflakeStatement.class)
                        .executeAsyncQuery("select count(*) as async_held from prod.crm.orders")) {
            String id = later.unwrap(SnowflakeResultSet.class).getQueryID();
            assertThat(id).startsWith("5e");
            long request = gateway.awaitRequest();

            // When
            gateway.review(request, "APPROVE", "go");

            // Then: it runs by itself
            TestGateway.await(() -> gateway.executed("async_held") == 1);
            assertThat(later.next()).isTrue();
            assertThat(later.getInt(1)).isEqualTo(2_000);
        }
    }

    private static long pending() {
        try {
            return Long.parseLong(gateway.query("select count(*) from approval_request where state = 'PENDING'")
                    .getFirst());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String outcome(String part) {
        return gateway.emulator().log().stream()
                .filter(entry -> !entry.describe() && entry.sqlText().contains(part))
                .map(dev.snowgate.emulator.LogEntry::outcome)
                .findFirst()
                .orElse("");
    }

    private static String first(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        Object run() throws SQLException;
    }

    private static CompletableFuture<Throwable> failing(Work work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                work.run();
                return new AssertionError("it ran");
            } catch (SQLException e) {
                return e;
            }
        });
    }
}
