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
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored procedures are called through the vendor's JDBC driver and judged by the bodies that Snowflake shows. */
class JdbcRoutinesIT {
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
                  effects: [read, write, create, alter, drop, metadata, session, transaction, code]
                cardinality-use: allow
              - name: may-keep-copies
                effect: allow
                principals: {agents: [ledger-agent]}
                objects: any
                statements:
                  effects: [read, create, drop, code]
                protected-write: allow
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
        try (Connection direct = gateway.connectUpstream("SVC_LEDGER");
                Statement statement = direct.createStatement()) {
            statement.execute("""
                    create procedure prod.crm.people(town varchar) returns table (mail varchar, city varchar) language sql as
                    $$ declare r resultset default (select email as mail, city from customers where city <> :town);
                    begin return table(r); end $$""");
            statement.execute("""
                    create procedure prod.crm.cities() returns number language sql as
                    $$ begin return (select count(distinct city) from customers); end $$""");
            statement.execute("""
                    create procedure prod.crm.keep_ssn() returns varchar language sql as
                    $$ begin insert into dev.sandbox.kept select ssn from customers; return 'done'; end $$""");
            statement.execute("""
                    create procedure prod.crm.any_text(q varchar) returns varchar language sql as
                    $$ begin execute immediate :q; return 'done'; end $$""");
            statement.execute("create function dev.sandbox.has_ssn(s varchar) returns number as"
                    + " $$ select count(*) from prod.crm.customers where ssn = s $$");
            statement.execute("create table dev.sandbox.kept (a varchar)");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void the_rows_of_a_procedure_are_masked_by_what_its_body_reads() throws SQLException {
        // When
        List<List<String>> rows = rows(0, "call people('nowhere')");

        // Then
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(row.getFirst()).contains("***");
            assertThat(row.get(1)).doesNotContain("*");
        });
        assertThat(rows(1, "call prod.crm.people(town => 'nowhere')").getFirst().getFirst())
                .contains("***");
    }

    @Test
    void a_value_of_unprotected_columns_is_shown_and_the_session_goes_on() throws SQLException {
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            // When
            String count = rows(statement, "call cities()").getFirst().getFirst();

            // Then
            assertThat(Integer.parseInt(count)).isPositive();
            assertThat(rows(statement, "select distinct city from customers")).hasSize(Integer.parseInt(count));
        }
    }

    @Test
    void a_procedure_that_copies_protected_values_is_refused_by_the_rule_for_copies() {
        assertThatThrownBy(() -> rows(0, "call keep_ssn()"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("protected-write")
                .hasMessageContaining("SSN");
        assertThat(gateway.executed("call keep_ssn")).isZero();
    }

    @Test
    void a_procedure_whose_body_cannot_be_told_is_refused() {
        assertThatThrownBy(() -> rows(0, "call any_text('select 1')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("unknown-function");
        assertThat(gateway.executed("call any_text")).isZero();
    }

    @Test
    void a_procedure_that_is_replaced_is_judged_by_its_new_body_on_every_replica() throws SQLException {
        // Given
        run("create procedure dev.sandbox.shown() returns varchar language sql as"
                + " $$ begin return (select max(city) from prod.crm.customers); end $$");
        assertThat(rows(0, "call dev.sandbox.shown()").getFirst().getFirst()).doesNotContain("*");
        assertThat(rows(1, "call dev.sandbox.shown()").getFirst().getFirst()).doesNotContain("*");

        // When
        run("create or replace procedure dev.sandbox.shown() returns table (mail varchar) language sql as"
                + " $$ declare r resultset default (select email as mail from prod.crm.customers);"
                + " begin return table(r); end $$");

        // Then
        assertThat(rows(0, "call dev.sandbox.shown()").getFirst().getFirst()).contains("***");
        assertThat(rows(1, "call dev.sandbox.shown()").getFirst().getFirst()).contains("***");
    }

    @Test
    void a_function_is_judged_by_its_body_before_it_runs() throws SQLException {
        assertThatThrownBy(() -> rows(0, "select dev.sandbox.has_ssn('123-45-6789')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("protected-predicate");
        assertThatThrownBy(() -> rows(0, "select dev.sandbox.nobody('123-45-6789')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("unknown-function");
        assertThat(gateway.executed("select dev.sandbox.")).isZero();
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = gateway.connect("ledger-agent");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<List<String>> rows(int replica, String sql) throws SQLException {
        int port = replica == 0 ? gateway.port() : second;
        try (Connection connection = gateway.connect("forecast-agent", new Properties(), port);
                Statement statement = connection.createStatement()) {
            return rows(statement, sql);
        }
    }

    private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        }
    }
}
