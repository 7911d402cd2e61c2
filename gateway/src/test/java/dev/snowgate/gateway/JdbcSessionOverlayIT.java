package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary objects and session variables over several requests, through the vendor's JDBC driver. */
class JdbcSessionOverlayIT {
    private static final String POLICY = """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: everything-masked
            masks:
              - {name: mask-email, columns: {categories: [email]}, mask: email}
              - {name: mask-ssn, columns: {categories: [ssn]}, mask: redact}
            rules:
              - name: everything
                effect: allow
                objects: any
                statements:
                  effects: [read, write, create, alter, drop, metadata, session, transaction]
                protected-write: allow
                cardinality-use: allow
            """;

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        gateway = TestGateway.start(options -> options, Map.of(), folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_temporary_table_is_masked_by_lineage_in_later_requests() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            // Given
            statement.execute("create temporary table t as select email as x, city from customers");

            // When
            List<List<String>> rows = rows(statement, "select x, city from t order by city limit 3");

            // Then
            assertThat(rows).hasSize(3).allSatisfy(row -> {
                assertThat(row.getFirst()).contains("***");
                assertThat(row.get(1)).doesNotContain("*");
            });
            assertThat(rows(statement, "select count(*) from t").getFirst().getFirst())
                    .isEqualTo("500");
        }
    }

    @Test
    void what_is_inserted_later_is_masked_too() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            // Given
            statement.execute("create temporary table notes (a number, b varchar)");
            assertThat(rows(statement, "select b from notes")).isEmpty();
            statement.execute("insert into notes select customer_id, ssn from customers limit 2");

            // Then
            assertThat(rows(statement, "select a, b from notes"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.get(1)).doesNotMatch("\\d{3}-\\d{2}-\\d{4}"));
        }
    }

    @Test
    void it_hides_the_permanent_table_only_in_its_session_and_only_until_it_is_dropped() throws SQLException {
        try (Connection one = gateway.connect("forecast-agent");
                Connection two = gateway.connect("forecast-agent");
                Statement first = one.createStatement();
                Statement second = two.createStatement()) {
            // Given
            first.execute("create temporary table orders as select ssn as status from customers limit 1");

            // Then
            assertThat(rows(first, "select status from orders").getFirst().getFirst())
                    .doesNotMatch("\\d{3}-\\d{2}-\\d{4}");
            assertThat(rows(second, "select distinct status from orders")).hasSize(5);
            assertThat(gateway.query("select name from catalog_object where name = 'ORDERS' and gone"))
                    .isEmpty();

            // When
            first.execute("drop table orders");

            // Then
            assertThat(rows(first, "select distinct status from orders")).hasSize(5);
        }
    }

    @Test
    void another_session_and_one_after_the_log_out_do_not_see_it() throws SQLException {
        // Given
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table mine as select city from customers");
            assertThat(rows(statement, "select city from mine limit 1")).hasSize(1);
            try (Connection other = gateway.connect("forecast-agent");
                    Statement elsewhere = other.createStatement()) {
                // Then
                assertThatThrownBy(() -> elsewhere.executeQuery("select city from mine"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("MINE");
            }
        }
        try (Connection later = gateway.connect("forecast-agent");
                Statement statement = later.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select city from mine"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("MINE");
        }
    }

    @Test
    void a_variable_set_from_a_query_is_masked_in_later_requests() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            // Given
            statement.execute("set secret = (select max(email) from customers)");
            statement.execute("set harmless = 'berlin'");

            // Then: how it was computed is not remembered, so it might be NULL for some values only
            assertThat(rows(statement, "select $secret as city").getFirst().getFirst())
                    .isEqualTo("null");
            assertThat(rows(statement, "select $harmless as email").getFirst().getFirst())
                    .isEqualTo("berlin");
        }
    }

    @Test
    void several_statements_and_then_another_request() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            // Given
            statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 2);
            statement.execute(
                    "create temporary table a1 as select email from customers limit 2; create temporary view a2 as select email as e from a1");
            try (Statement next = connection.createStatement()) {
                // Then
                assertThat(rows(next, "select e from a2"))
                        .hasSize(2)
                        .allSatisfy(row -> assertThat(row.getFirst()).contains("***"));
            }
        }
    }

    private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
