package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.snowflake.client.api.connection.SnowflakeConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified JDBC driver against the emulator. */
class JdbcDriverIT {
    private static EmulatorServer emulator;

    @BeforeAll
    static void start() {
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER", "AGENT_WRITER")
                        .withContext("PROD", "CRM"))
                .pollWait(Duration.ofMillis(700))
                .build());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static Connection connect(String... more) throws SQLException {
        return Drivers.password(emulator.url(), "SNOWGATE", "ada", "secret", more);
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "ARROW"})
    void reads_every_type(String format) throws Exception {
        try (Connection connection = connect("JDBC_QUERY_RESULT_FORMAT", format);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select 7::int i, 12.34::number(12,2) d, -5::number(38,0) big, 1.5::float f, 'tëxt' t,"
                                + " true b, '2020-01-02'::date dt, '10:11:12'::time tm, '2020-01-02 03:04:05.678'::timestamp_ntz ts,"
                                + " to_binary('DEADBEEF') bin, parse_json('{\"a\":[1,2]}') v, null::string n")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("I")).isEqualTo(7);
            assertThat(row.getBigDecimal("D")).isEqualByComparingTo(new BigDecimal("12.34"));
            assertThat(row.getLong("BIG")).isEqualTo(-5);
            assertThat(row.getDouble("F")).isEqualTo(1.5);
            assertThat(row.getString("T")).isEqualTo("tëxt");
            assertThat(row.getBoolean("B")).isTrue();
            assertThat(row.getDate("DT")).isEqualTo(Date.valueOf("2020-01-02"));
            assertThat(row.getString("TM")).startsWith("10:11:12");
            assertThat(row.getString("TS")).startsWith("2020-01-02 03:04:05.678");
            assertThat(row.getBytes("BIN")).containsExactly(0xDE, 0xAD, 0xBE, 0xEF);
            assertThat(row.getString("V")).contains("\"a\"");
            assertThat(row.getString("N")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "ARROW"})
    void reads_two_hundred_thousand_rows_in_chunks(String format) throws Exception {
        try (Connection connection = connect("JDBC_QUERY_RESULT_FORMAT", format);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select order_id, amount, status from orders order by order_id")) {
            long expected = 500_000;
            while (rows.next()) {
                assertThat(rows.getLong(1)).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(700_000);
        }
    }

    @Test
    void binds_values_and_batches_in_one_request() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create or replace table binds_t (id int, name string, amount number(10,2), at timestamp, d date)");
            emulator.clearLog();
            try (PreparedStatement insert = connection.prepareStatement("insert into binds_t values (?, ?, ?, ?, ?)")) {
                for (int i = 0; i < 1500; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "it's " + i);
                    insert.setBigDecimal(3, BigDecimal.valueOf(i, 2));
                    insert.setTimestamp(4, Timestamp.valueOf("2024-05-06 07:08:09"));
                    insert.setDate(5, Date.valueOf("2024-05-06"));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThat(emulator.log().stream().filter(e -> !e.describe()).toList())
                    .hasSize(1);
            try (PreparedStatement select =
                    connection.prepareStatement("select name, d, at from binds_t where id = ? and amount < ?")) {
                select.setInt(1, 42);
                select.setBigDecimal(2, BigDecimal.TEN);
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("it's 42");
                    assertThat(row.getDate(2)).isEqualTo(Date.valueOf("2024-05-06"));
                    assertThat(row.next()).isFalse();
                }
            }
            assertThat(strings(connection, "select count(*) from binds_t")).containsExactly("1500");
        }
    }

    @Test
    void never_runs_a_describe() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create or replace table described_t (id int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into described_t values (1)")) {
                insert.getParameterMetaData();
                insert.getMetaData();
            }
            assertThat(strings(connection, "select count(*) from described_t")).containsExactly("0");
            assertThat(emulator.log()).anyMatch(LogEntry::describe);
        }
    }

    @Test
    void answers_metadata_calls() throws Exception {
        try (Connection connection = connect()) {
            var metadata = connection.getMetaData();
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = metadata.getTables("PROD", "CRM", "%", null)) {
                while (rows.next()) {
                    tables.add(rows.getString("TABLE_NAME"));
                }
            }
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = metadata.getColumns("PROD", "CRM", "CUSTOMERS", "%")) {
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME") + ":" + rows.getString("TYPE_NAME"));
                }
            }
            assertThat(tables).contains("CUSTOMERS", "ORDERS");
            assertThat(columns)
                    .startsWith("CUSTOMER_ID:NUMBER", "FULL_NAME:VARCHAR")
                    .hasSize(10);
            try (ResultSet catalogs = metadata.getCatalogs();
                    ResultSet schemas = metadata.getSchemas();
                    ResultSet keys = metadata.getPrimaryKeys("PROD", "CRM", "CUSTOMERS");
                    ResultSet imported = metadata.getImportedKeys("PROD", "CRM", "CUSTOMERS");
                    ResultSet functions = metadata.getFunctions("PROD", "CRM", "%");
                    ResultSet procedures = metadata.getProcedures("PROD", "CRM", "%")) {
                assertThat(catalogs.next()).isTrue();
                assertThat(schemas.next()).isTrue();
                assertThat(keys.next() || imported.next() || functions.next() || procedures.next())
                        .isFalse();
            }
        }
    }

    @Test
    void runs_several_statements_only_when_declared() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select 1; select 2"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(8));
            statement
                    .unwrap(net.snowflake.client.api.statement.SnowflakeStatement.class)
                    .setParameter("MULTI_STATEMENT_COUNT", 2);
            assertThat(statement.execute("select 1; select 22")).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet second = statement.getResultSet()) {
                second.next();
                assertThat(second.getInt(1)).isEqualTo(22);
            }
        }
    }

    @Test
    void runs_async_and_finds_the_result_by_id() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            var async = statement.unwrap(net.snowflake.client.api.statement.SnowflakeStatement.class);
            try (ResultSet rows = async.executeAsyncQuery("select count(*) from orders")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(200_000);
            }
            assertThat(connection.unwrap(SnowflakeConnection.class).getSessionID())
                    .isNotBlank();
        }
    }

    @Test
    void polls_a_long_statement_and_cancels_one() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(strings(connection, "select system$wait(2)")).containsExactly("waited 2 seconds");
            statement.setQueryTimeout(1);
            long started = System.nanoTime();
            assertThatThrownBy(() -> statement.executeQuery("select system$wait(30)"))
                    .isInstanceOf(SQLException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void cancels_a_query_that_computes() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Thread canceller = Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(1000);
                    statement.cancel();
                } catch (InterruptedException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> statement.executeQuery(
                            "select count(*) from orders a, orders b, orders c where a.amount + b.amount > c.amount"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            canceller.join();
        }
    }

    @Test
    void renews_expired_tokens_without_running_twice() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create or replace table renewed_t (id int)");
            emulator.expireTokens();
            emulator.clearLog();
            assertThat(statement.executeUpdate("insert into renewed_t values (1)"))
                    .isEqualTo(1);
            assertThat(emulator.log()).hasSize(1);
        }
    }

    @Test
    void keeps_transactions_and_temporary_tables_to_the_session() throws Exception {
        try (Connection one = connect();
                Connection two = connect();
                Statement statement = one.createStatement()) {
            statement.execute("create or replace table tx_t (id int)");
            one.setAutoCommit(false);
            statement.executeUpdate("insert into tx_t values (1)");
            assertThat(strings(two, "select count(*) from tx_t")).containsExactly("0");
            one.rollback();
            assertThat(strings(one, "select count(*) from tx_t")).containsExactly("0");
            statement.executeUpdate("insert into tx_t values (2)");
            one.commit();
            assertThat(strings(two, "select count(*) from tx_t")).containsExactly("1");
            statement.execute("create temporary table only_here (id int)");
            assertThatThrownBy(() -> strings(two, "select * from only_here")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void rereads_results_of_its_own_user() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String id;
            try (ResultSet rows =
                    statement.executeQuery("select order_id, ordered_at, amount from orders limit 50000")) {
                id = rows.unwrap(net.snowflake.client.api.resultset.SnowflakeResultSet.class)
                        .getQueryID();
            }
            assertThat(strings(connection, "select count(*) from table(result_scan('" + id + "')) where amount >= 0"))
                    .containsExactly("50000");
            assertThatThrownBy(() -> strings(
                            connection, "select * from table(result_scan('01c00000-0000-0000-0000-000000000000'))"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(709));
        }
    }
}
