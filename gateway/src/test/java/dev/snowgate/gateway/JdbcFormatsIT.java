package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same queries in both result formats, by the vendor's driver: it must see the same values, masked alike. */
class JdbcFormatsIT {
    private static final int CUSTOMERS = 30_000;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(options -> options.seed(CUSTOMERS, 2_000, 200), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from prod.crm.customers order by customer_id limit 500",
                "select email as x, 'a' as email, ssn, phone, birth_date, full_name, customer_id from customers order by customer_id",
                "select 7::int i, 12.34::number(12,2) d, -5::number(38,0) big, 1.5::float f, 'tëxt' t, true b,"
                        + " '2020-01-02'::date dt, '10:11:12'::time tm, '2020-01-02 03:04:05.678'::timestamp_ntz ts,"
                        + " to_binary('DEADBEEF') bin, parse_json('{\"a\":[1,2]}') v, null::string n",
                "select c.contact as email, o.order_id, o.amount from prod.analytics.customer_contacts c"
                        + " join prod.crm.orders o on o.customer_id = c.customer_id order by o.order_id limit 50",
                "select email, birth_date from customers where 1 = 0",
                "select count(*) from customers"
            })
    void both_formats_show_the_driver_the_same_values_and_columns(String sql) throws SQLException {
        // Given
        List<String> json = read(sql, "JSON");

        // When
        List<String> arrow = read(sql, "");

        // Then
        assertThat(arrow).isEqualTo(json);
        assertThat(formats(sql)).as("what was asked for upstream").contains("arrow", "json");
        assertThat(String.join("\n", arrow)).doesNotContainPattern("[a-z]+\\.[a-z]+[0-9]+@");
    }

    @Test
    void recorded_pages_show_the_rows_as_rows_in_either_format() throws SQLException {
        // Given
        String sql =
                "select customer_id, email, birth_date as recorded_both from customers order by customer_id limit 20";

        // When
        read(sql, "JSON");
        read(sql, "ARROW");

        // Then
        List<String> pages = gateway.query(
                "select p.rows || ' ' || p.bytes || ' ' || p.masked_cells from result_page p join statement s on s.id = p.statement_id"
                        + " where s.shape ilike '%recorded_both%' and p.page = 0");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).isEqualTo(pages.get(1));
    }

    @Test
    void a_result_of_before_is_read_again_in_arrow_with_its_masks() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            String id;
            try (ResultSet rows = statement.executeQuery("select email as x, customer_id from customers limit 300")) {
                id = rows.unwrap(SnowflakeResultSet.class).getQueryID();
            }
            try (ResultSet rows = statement.executeQuery("select * from table(result_scan('" + id + "'))")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                    assertThat(rows.getString(1)).contains("*");
                }
                assertThat(count).isEqualTo(300);
            }
        }
    }

    @Test
    void a_session_may_change_its_wish() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            statement.execute("alter session set JDBC_QUERY_RESULT_FORMAT = 'JSON'");
            try (ResultSet rows = statement.executeQuery("select email as wish_changed from customers limit 3")) {
                assertThat(format(rows)).isEqualTo("json");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).contains("*");
            }
        }
    }

    private final List<String> formats = new ArrayList<>();

    private List<String> formats(String sql) {
        return formats;
    }

    private List<String> read(String sql, String format) throws SQLException {
        Properties properties = new Properties();
        if (!format.isEmpty()) {
            properties.setProperty("JDBC_QUERY_RESULT_FORMAT", format);
        }
        try (Connection connection = gateway.connect("support-copilot", properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            formats.add(format(rows));
            List<String> seen = new ArrayList<>();
            ResultSetMetaData metadata = rows.getMetaData();
            StringBuilder head = new StringBuilder();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                head.append(metadata.getColumnName(i))
                        .append(' ')
                        .append(metadata.getColumnTypeName(i))
                        .append(' ')
                        .append(metadata.getPrecision(i))
                        .append(' ')
                        .append(metadata.isNullable(i))
                        .append('|');
            }
            seen.add(head.toString());
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= metadata.getColumnCount(); i++) {
                    row.append(rows.getString(i)).append('|');
                }
                seen.add(row.toString());
            }
            return seen;
        }
    }

    /** The driver has one class of results per format. */
    private static String format(ResultSet rows) throws SQLException {
        return FORMATS.of(rows);
    }

    private static final class FORMATS {
        static String of(ResultSet rows) throws SQLException {
            try {
                java.lang.reflect.Field base = null;
                for (Class<?> type = rows.getClass(); type != null && base == null; type = type.getSuperclass()) {
                    for (java.lang.reflect.Field field : type.getDeclaredFields()) {
                        if (field.getName().equals("sfBaseResultSet")) {
                            base = field;
                        }
                    }
                }
                base.setAccessible(true);
                return base.get(rows).getClass().getSimpleName().contains("Arrow") ? "arrow" : "json";
            } catch (ReflectiveOperationException e) {
                throw new SQLException(e);
            }
        }
    }
}
