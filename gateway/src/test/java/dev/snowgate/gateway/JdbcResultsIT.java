package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.snowflake.client.api.connection.SnowflakeConnection;
import net.snowflake.client.api.resultset.QueryStatus;
import net.snowflake.client.api.resultset.SnowflakeAsyncResultSet;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the vendor's JDBC driver gets back: chunks, metadata, batches, several statements, results of before. */
class JdbcResultsIT {
    private static final int CUSTOMERS = 120_000;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(options -> options.seed(CUSTOMERS, 2_000, 200), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_hundred_thousand_rows_come_in_chunks_and_every_protected_cell_is_masked() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement();
                // When
                ResultSet rows = statement.executeQuery(
                        "select email as x, 'a' as email, customer_id, ssn, phone, birth_date, full_name, city from"
                                + " customers")) {
            // Then
            int count = 0;
            while (rows.next()) {
                count++;
                String email = rows.getString(1);
                if (!email.contains("*") || email.matches("[a-z]+\\.[a-z]+[0-9]+@.*")) {
                    throw new AssertionError("a raw address in row " + count);
                }
                if (!rows.getString(2).equals("a")) {
                    throw new AssertionError("column 1 was touched in row " + count);
                }
                if (rows.getString(4).matches("[0-9]{3}-[0-9]{2}-[0-9]{4}")
                        || rows.getString(5).startsWith("+1 555")) {
                    throw new AssertionError("a raw number in row " + count);
                }
                if (!rows.getString(6).endsWith("-01-01") || rows.getString(7).matches("[A-Z][a-z]+ [A-Z][a-z]+")) {
                    throw new AssertionError("a raw date or name in row " + count);
                }
            }
            assertThat(count).isEqualTo(CUSTOMERS);
        }
        assertThat(gateway.query("select count(*) from result_page p join statement s on s.id = p.statement_id"
                                + " where s.shape ilike '%birth_date, full_name, city%' and p.complete and p.page > 0")
                        .getFirst())
                .as("recorded pages")
                .isNotEqualTo("0");
        assertThat(gateway.query(
                        "select sum(p.rows)::bigint from result_page p join statement s on s.id = p.statement_id"
                                + " where s.shape ilike '%birth_date, full_name, city%' and p.complete"))
                .containsExactly(Integer.toString(CUSTOMERS));
    }

    @Test
    void stars_views_and_joins_are_masked_by_origin() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "select * from prod.crm.customers order by customer_id limit 3",
                    "select c.contact as email, c.full_name as ssn, o.order_id as c3 from"
                            + " prod.analytics.customer_contacts c join prod.crm.orders o on o.customer_id = c.customer_id"
                            + " limit 3",
                    "with q as (select lower(email) as e, full_name n from customers) select e as email, n as"
                            + " full_name from q limit 3")) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    int count = 0;
                    while (rows.next()) {
                        count++;
                        assertThat(rows.getString("EMAIL")).as(sql).matches("\\[redacted]|[^@]*\\*.*");
                    }
                    assertThat(count).as(sql).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void metadata_calls_find_databases_schemas_tables_and_columns() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot")) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).contains("PROD", "DEV");
            assertThat(column(metaData.getSchemas("PROD", "%"), "TABLE_SCHEM")).contains("CRM", "SUPPORT");
            assertThat(column(metaData.getTables("PROD", "CRM", "%", new String[] {"TABLE"}), "TABLE_NAME"))
                    .contains("CUSTOMERS", "ORDERS");
            assertThat(column(
                            metaData.getTables("PROD", "ANALYTICS", "%", new String[] {"TABLE", "VIEW"}), "TABLE_NAME"))
                    .contains("CUSTOMER_CONTACTS");
            assertThat(column(metaData.getColumns("PROD", "CRM", "CUSTOMERS", "%"), "COLUMN_NAME"))
                    .contains("CUSTOMER_ID", "EMAIL", "SSN");
        }
    }

    @Test
    void a_prepared_statement_tells_its_columns_before_it_runs() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                PreparedStatement statement =
                        connection.prepareStatement("select email as x, order_id from customers c join orders o"
                                + " on o.customer_id = c.customer_id where o.order_id = ?")) {
            assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
            assertThat(statement.getMetaData().getColumnName(1)).isEqualTo("X");
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
        }
        assertThat(gateway.executed("o.order_id = ?"))
                .as("a describe runs nothing")
                .isZero();
    }

    @Test
    void a_batch_is_one_array_bound_statement() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into dev.sandbox.experiments (experiment_id, name) values (?, ?)")) {
            for (int i = 0; i < 50; i++) {
                insert.setInt(1, 1_000 + i);
                insert.setString(2, i == 7 ? null : "n" + i);
                insert.addBatch();
            }
            // When
            int[] counts = insert.executeBatch();
            // Then
            assertThat(counts).hasSize(50);
        }
        assertThat(gateway.emulator().log().stream()
                        .filter(entry ->
                                !entry.describe() && entry.sqlText().contains("(experiment_id, name) values (?")))
                .as("one execution for the whole batch")
                .hasSize(1);
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*), count(name) from dev.sandbox.experiments where experiment_id >= 1000")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(50);
            assertThat(rows.getInt(2)).isEqualTo(49);
        }
    }

    @Test
    void several_statements_run_only_when_they_are_declared() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            // undeclared
            assertThatThrownBy(() -> statement.execute("select 11; select email from customers limit 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(8));
            assertThat(gateway.executed("select 11")).isZero();

            // declared
            statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 2);
            boolean first = statement.execute("select 12; select email as e from customers limit 2");
            assertThat(first).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(12);
            }
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).contains("*");
            }
            assertThat(statement.getMoreResults()).isFalse();
        }
    }

    @Test
    void one_refused_statement_of_several_refuses_all() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 2);
            assertThatThrownBy(() -> statement.execute("select 13; drop table prod.crm.orders"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(3001));
        }
        assertThat(gateway.executed("select 13")).isZero();
    }

    @Test
    void an_asynchronous_query_is_fetched_later_and_masked() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement();
                ResultSet later = statement
                        .unwrap(SnowflakeStatement.class)
                        .executeAsyncQuery(
                                "select email as x, customer_id from customers order by customer_id limit 4")) {
            String id = later.unwrap(SnowflakeResultSet.class).getQueryID();
            assertThat(id).isNotEmpty();
            int count = 0;
            while (later.next()) {
                count++;
                assertThat(later.getString(1)).contains("*");
            }
            assertThat(count).isEqualTo(4);
            try (ResultSet again = connection.unwrap(SnowflakeConnection.class).createResultSet(id)) {
                assertThat(again.next()).isTrue();
                assertThat(again.getString(1)).contains("*");
            }
        }
    }

    @Test
    void the_status_of_an_asynchronous_query_has_its_own_text_its_times_and_a_scrubbed_error() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            // Given
            String sql = "select /* mine */ count(*) as watched from customers where country <> 'XX'";
            String failing = "select cast(full_name as number(10,0)) as failing from customers";
            try (ResultSet later = statement.unwrap(SnowflakeStatement.class).executeAsyncQuery(sql);
                    ResultSet lost = statement.unwrap(SnowflakeStatement.class).executeAsyncQuery(failing)) {
                // When
                QueryStatus done = ended(later);
                QueryStatus failed = ended(lost);
                // Then
                assertThat(done.isSuccess()).isTrue();
                assertThat(done.getSqlText()).isEqualTo(sql);
                assertThat(done.getStartTime()).isPositive();
                assertThat(done.getEndTime()).isGreaterThanOrEqualTo(done.getStartTime());
                assertThat(done.getWarehouseName()).isEqualTo("COMPUTE_WH");
                assertThat(failed.isAnError()).isTrue();
                assertThat(failed.getSqlText()).isEqualTo(failing);
                assertThat(failed.getErrorMessage()).isNotBlank().doesNotContainIgnoringCase("aisha");
            }
        }
    }

    private static QueryStatus ended(ResultSet later) throws SQLException {
        SnowflakeAsyncResultSet asked = later.unwrap(SnowflakeAsyncResultSet.class);
        QueryStatus status = asked.getStatus();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (status.isStillRunning() && System.nanoTime() < deadline) {
            status = asked.getStatus();
        }
        return status;
    }

    @Test
    void results_of_before_keep_their_masks_and_belong_to_their_agent() throws SQLException {
        String id;
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select email as x, 'a' as email from customers order by customer_id limit 3")) {
                id = rows.unwrap(SnowflakeResultSet.class).getQueryID();
            }
            for (String sql : List.of(
                    "select * from table(result_scan(last_query_id()))",
                    "select x as y, email from table(result_scan('" + id + "'))")) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    int count = 0;
                    while (rows.next()) {
                        count++;
                        assertThat(rows.getString(1)).as(sql).contains("*");
                        assertThat(rows.getString(2)).as(sql).isEqualTo("a");
                    }
                    assertThat(count).as(sql).isEqualTo(3);
                }
            }
        }
        try (Connection other = gateway.connect("forecast-agent");
                Statement statement = other.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select * from table(result_scan('" + id + "'))"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(gateway.emulator().log().stream()
                        .filter(entry -> entry.user().equals("SVC_FORECAST"))
                        .filter(entry -> entry.sqlText().contains(id)))
                .isEmpty();
    }

    @Test
    void a_schema_in_force_gives_short_names_their_meaning() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.execute("use schema DEV.SANDBOX");
            try (ResultSet rows = statement.executeQuery("select count(*) from orders_sample")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1000);
            }
            assertThat(connection.getSchema()).isEqualTo("SANDBOX");
            assertThat(connection.getCatalog()).isEqualTo("DEV");
        }
    }

    @Test
    void a_hold_inside_a_transaction_is_refused_and_the_transaction_goes_on() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            statement.executeUpdate("insert into dev.sandbox.experiments (experiment_id, name) values (77, 'tx')");
            assertThatThrownBy(() ->
                            statement.executeUpdate("update prod.crm.orders set status = 'TX' where order_id = 500001"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(3001);
                        assertThat(e.getMessage()).containsIgnoringCase("transaction");
                    });
            statement.execute("rollback");
            try (ResultSet rows =
                    statement.executeQuery("select count(*) from dev.sandbox.experiments where experiment_id = 77")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
        assertThat(gateway.executed("status = 'TX'")).isZero();
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        try (rows) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(name));
            }
            return values;
        }
    }
}
