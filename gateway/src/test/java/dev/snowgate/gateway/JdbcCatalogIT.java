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
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that pass through the gateway change its catalog at once, on every replica, through the vendor's JDBC driver. */
class JdbcCatalogIT {
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
                  effects: [read, write, create, alter, drop, metadata, session, transaction, privilege]
                protected-write: allow
                cardinality-use: allow
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
        gateway.query(
                "insert into protection_mark (kind, pattern, value, category, source) values"
                        + " ('TAG', 'PII', 'email', 'email', 'test'), ('NAME', '(?i)^social', '*', 'ssn', 'test') returning id");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void columns_of_a_new_table_are_known_and_those_of_copied_values_protected_on_every_replica() throws SQLException {
        // When
        run(
                "create table dev.sandbox.fresh (id number, note varchar)",
                "create table dev.sandbox.copies as select email as plain, city from prod.crm.customers");

        // Then
        assertThat(first("select note from dev.sandbox.fresh")).isEmpty();
        assertThat(first("select plain from dev.sandbox.copies")).contains("***");
        assertThat(onSecond("select plain from dev.sandbox.copies")).contains("***");
        assertThat(onSecond("select city from dev.sandbox.copies")).doesNotContain("*");
    }

    @Test
    void a_view_that_is_replaced_shows_its_new_lineage() throws SQLException {
        // Given
        run("create view dev.sandbox.shown as select city as x from prod.crm.customers");
        assertThat(first("select x from dev.sandbox.shown")).doesNotContain("*");

        // When
        run("create or replace view dev.sandbox.shown as select email as x from prod.crm.customers");

        // Then
        assertThat(first("select x from dev.sandbox.shown")).contains("***");
        assertThat(onSecond("select x from dev.sandbox.shown")).contains("***");
    }

    @Test
    void altered_columns_are_followed() throws SQLException {
        // Given
        run(
                "create table dev.sandbox.changing as select email as mail, city from prod.crm.customers",
                "alter table dev.sandbox.changing add column extra varchar");
        assertThat(first("select mail from dev.sandbox.changing")).contains("***");

        // When
        run("alter table dev.sandbox.changing drop column city");

        // Then
        assertThatThrownBy(() -> first("select city from dev.sandbox.changing")).isInstanceOf(SQLException.class);
        assertThat(onSecond("select mail from dev.sandbox.changing")).contains("***");
    }

    @Test
    void a_type_that_was_changed_behind_the_gateway_withholds_the_result_and_one_changed_through_it_does_not()
            throws SQLException {
        // Given
        run("create table dev.sandbox.typed (a number)", "insert into dev.sandbox.typed values (1)");
        assertThat(first("select a as shown from dev.sandbox.typed")).isEqualTo("1");

        // When
        try (Connection direct = gateway.connectUpstream("SVC_LEDGER");
                Statement statement = direct.createStatement()) {
            statement.execute("create or replace table dev.sandbox.typed (a varchar)");
            statement.execute("insert into dev.sandbox.typed values ('somebody@example.com')");
        }

        // Then
        assertThatThrownBy(() -> first("select a as shown from dev.sandbox.typed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another type than the catalog knows")
                .hasMessageNotContaining("somebody");
        run("create or replace table dev.sandbox.typed (a boolean)", "insert into dev.sandbox.typed values (true)");
        assertThat(first("select a as shown from dev.sandbox.typed")).isEqualToIgnoringCase("true");
    }

    @Test
    void a_renamed_table_keeps_its_protection() throws SQLException {
        // When
        run(
                "create table dev.sandbox.before as select ssn as digits from prod.crm.customers",
                "alter table dev.sandbox.before rename to dev.sandbox.after");

        // Then
        assertThat(first("select digits from dev.sandbox.after")).isEqualTo("[redacted]");
        assertThat(onSecond("select digits from dev.sandbox.after")).isEqualTo("[redacted]");
        assertThatThrownBy(() -> first("select digits from dev.sandbox.before")).isInstanceOf(SQLException.class);
    }

    @Test
    void a_dropped_table_is_unknown_on_every_replica() throws SQLException {
        // Given
        run("create table dev.sandbox.brief (a number)");
        assertThat(onSecond("select a from dev.sandbox.brief")).isEmpty();

        // When
        run("drop table dev.sandbox.brief");

        // Then
        assertThatThrownBy(() -> first("select a from dev.sandbox.brief")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> onSecond("select a from dev.sandbox.brief")).isInstanceOf(SQLException.class);
    }

    @Test
    void a_tag_and_a_catalogued_name_protect_a_table_that_is_met_for_the_first_time() throws SQLException {
        // Given
        try (Connection direct = gateway.connectUpstream("SVC_LEDGER");
                Statement statement = direct.createStatement()) {
            statement.execute("create table dev.sandbox.tagged as select"
                    + " 'ann@example.com' as contact, '123-45-6789' as social_no, 'x' as city");
            statement.execute("alter table dev.sandbox.tagged modify column contact set tag dev.sandbox.pii = 'email'");
        }

        // Then
        assertThat(first("select contact from dev.sandbox.tagged")).contains("***");
        assertThat(first("select social_no as city from dev.sandbox.tagged")).isEqualTo("[redacted]");
        assertThat(first("select city as social_no from dev.sandbox.tagged")).isEqualTo("x");
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first value, asked of the first replica; empty text where there is no row. */
    private static String first(String sql) throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent")) {
            return first(connection, sql);
        }
    }

    private static String onSecond(String sql) throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent", new Properties(), second)) {
            return first(connection, sql);
        }
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
