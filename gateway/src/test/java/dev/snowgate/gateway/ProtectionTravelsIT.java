package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protected values that are moved, cloned, swapped, dropped and brought back stay protected where they arrive, on every replica, through the
 * vendor's JDBC driver. Each table holds one recognisable address, so that "masked or refused" can be told from "shown".
 */
class ProtectionTravelsIT {
    private static final String ADDRESS = "ann.lee@example.com";
    private static final String MASKED = "a***@example.com";
    private static final String REFUSED = "refused";
    private static final String POLICY = """
            apiVersion: snowgate.dev/v1
            kind: Policy
            name: everything-masked
            masks:
              - {name: mask-email, columns: {categories: [email]}, mask: email}
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
        gateway.query("insert into protection_mark (pattern, category, source) values"
                + " ('DEV.SANDBOX.\"SRC_*\".MAIL', 'email', 'test') returning id");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** A table whose column MAIL is protected by a mark on its name, and that holds one address. */
    private static String source(String name) throws SQLException {
        String table = "dev.sandbox.src_" + name;
        upstream(
                "create table " + table + " (id number, mail varchar, city varchar)",
                "insert into " + table + " values (1, '" + ADDRESS + "', 'Oslo')");
        assertThat(everywhere("select mail from " + table)).containsOnly(MASKED);
        return table;
    }

    /** A table of the same form without anything protected. */
    private static String plain(String name) throws SQLException {
        String table = "dev.sandbox.plain_" + name;
        upstream(
                "create table " + table + " (id number, mail varchar, city varchar)",
                "insert into " + table + " values (2, 'front desk', 'Rome')");
        assertThat(everywhere("select mail from " + table)).containsOnly("front desk");
        return table;
    }

    @Test
    void a_copy_and_a_copy_of_it() throws SQLException {
        String source = source("ctas");
        run(
                "create table dev.sandbox.copy1 as select mail as x, city from " + source,
                "create table dev.sandbox.copy2 as select upper(x) as y, city from dev.sandbox.copy1");

        assertThat(everywhere("select x from dev.sandbox.copy1")).containsOnly(MASKED);
        assertThat(everywhere("select y from dev.sandbox.copy2")).noneMatch(ProtectionTravelsIT::shows);
        assertThat(everywhere("select city from dev.sandbox.copy2")).containsOnly("Oslo");
    }

    @Test
    void a_view_and_a_view_of_it() throws SQLException {
        String source = source("view");
        run(
                "create view dev.sandbox.v1 as select mail as x, city from " + source,
                "create view dev.sandbox.v2 as select x as y, city from dev.sandbox.v1");

        assertThat(everywhere("select y from dev.sandbox.v2")).containsOnly(MASKED);
        assertThat(everywhere("select city from dev.sandbox.v2")).containsOnly("Oslo");
    }

    @Test
    void a_clone() throws SQLException {
        String source = source("clone");
        run("create table dev.sandbox.cloned clone " + source);

        assertThat(everywhere("select mail from dev.sandbox.cloned")).containsOnly(MASKED);
        assertThat(everywhere("select city from dev.sandbox.cloned")).containsOnly("Oslo");
    }

    @Test
    void a_rename_and_another_one() throws SQLException {
        String source = source("rename");
        run(
                "alter table " + source + " rename to dev.sandbox.renamed1",
                "alter table dev.sandbox.renamed1 rename to dev.sandbox.renamed2");

        assertThat(everywhere("select mail from dev.sandbox.renamed2")).containsOnly(MASKED);
        assertThat(everywhere("select city from dev.sandbox.renamed2")).containsOnly("Oslo");
        assertThat(everywhere("select mail from " + source)).containsOnly(REFUSED);
    }

    @Test
    void after_a_swap_both_names_are_protected_whatever_lies_under_which() throws SQLException {
        String source = source("swap");
        String plain = plain("swap");
        run("alter table " + plain + " swap with " + source);

        assertThat(everywhere("select mail from " + plain)).containsOnly(MASKED);
        assertThat(everywhere("select mail from " + source)).noneMatch("front desk"::equals);
        assertThat(everywhere("select city from " + plain)).containsOnly("Oslo");
        assertThat(everywhere("select city from " + source)).containsOnly("Rome");

        run("alter table " + plain + " swap with " + source);
        assertThat(everywhere("select mail from " + source)).containsOnly(MASKED);
        assertThat(everywhere("select mail from " + plain)).noneMatch(ProtectionTravelsIT::shows);
    }

    @Test
    void a_swap_with_a_table_of_other_columns() throws SQLException {
        String source = source("other");
        run(
                "create table dev.sandbox.narrow (note varchar)",
                "insert into dev.sandbox.narrow values ('hello')",
                "alter table dev.sandbox.narrow swap with " + source);

        assertThat(everywhere("select mail from dev.sandbox.narrow")).containsOnly(MASKED);
        assertThat(everywhere("select note from " + source)).containsOnly("hello");
    }

    @Test
    void what_is_dropped_and_comes_back() throws SQLException {
        String source = source("undrop");
        run(
                "create table dev.sandbox.back as select mail as x from " + source,
                "drop table dev.sandbox.back",
                "undrop table dev.sandbox.back");

        assertThat(everywhere("select x from dev.sandbox.back")).containsOnly(MASKED);
    }

    @Test
    void what_comes_back_after_another_table_had_its_name() throws SQLException {
        String source = source("again");
        run(
                "create table dev.sandbox.twice as select mail as x from " + source,
                "drop table dev.sandbox.twice",
                "create table dev.sandbox.twice (harmless varchar)");
        assertThat(everywhere("select harmless from dev.sandbox.twice")).containsOnly("");
        run("alter table dev.sandbox.twice rename to dev.sandbox.moved_away", "undrop table dev.sandbox.twice");

        assertThat(everywhere("select x from dev.sandbox.twice")).containsOnly(MASKED);
    }

    @Test
    void a_view_that_was_made_before_its_table_was_swapped() throws SQLException {
        String source = source("under");
        String plain = plain("under");
        run("create view dev.sandbox.window as select mail as x from " + plain);
        assertThat(everywhere("select x from dev.sandbox.window")).containsOnly("front desk");
        run("alter table " + plain + " swap with " + source);

        assertThat(everywhere("select x from dev.sandbox.window")).containsOnly(MASKED);
    }

    @Test
    void several_moves_one_after_the_other() throws SQLException {
        String source = source("chain");
        run(
                "create table dev.sandbox.c1 clone " + source,
                "alter table dev.sandbox.c1 rename to dev.sandbox.c2",
                "create table dev.sandbox.c3 (id number, mail varchar, city varchar)",
                "alter table dev.sandbox.c3 swap with dev.sandbox.c2",
                "drop table dev.sandbox.c3",
                "undrop table dev.sandbox.c3",
                "create view dev.sandbox.c4 as select mail as y from dev.sandbox.c3",
                "create table dev.sandbox.c5 as select y as z from dev.sandbox.c4");

        assertThat(everywhere("select mail from dev.sandbox.c3")).containsOnly(MASKED);
        assertThat(everywhere("select y from dev.sandbox.c4")).containsOnly(MASKED);
        assertThat(everywhere("select z from dev.sandbox.c5")).containsOnly(MASKED);
    }

    @Test
    void a_move_and_a_read_in_one_request() throws SQLException {
        String source = source("request");
        String plain = plain("request");
        for (String text : List.of(
                "create table dev.sandbox.r1 clone %s; select mail from dev.sandbox.r1",
                "alter table %s rename to dev.sandbox.r2; select mail from dev.sandbox.r2; alter table dev.sandbox.r2 rename to %1$s",
                "alter table " + plain + " swap with %s; select mail from " + plain + "; alter table " + plain
                        + " swap with %1$s")) {
            assertThat(several(text.formatted(source))).as(text).noneMatch(ProtectionTravelsIT::shows);
        }
    }

    private static boolean shows(String value) {
        return value.toLowerCase(Locale.ROOT).contains("ann.lee");
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

    private static void all(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first value as each replica gives it, or that it was refused. */
    private static List<String> everywhere(String sql) throws SQLException {
        try (Connection first = gateway.connect("forecast-agent");
                Connection other = gateway.connect("forecast-agent", new Properties(), second)) {
            return List.of(value(first, sql), value(other, sql));
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException refused) {
            assertThat(refused.getMessage()).doesNotContain("ann.lee");
            return REFUSED;
        }
    }

    /** All first values of a text of several statements. */
    private static List<String> several(String text) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = gateway.connect("forecast-agent");
                Statement statement = connection.createStatement()) {
            statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 0);
            boolean rows = statement.execute(text);
            while (rows || statement.getUpdateCount() >= 0) {
                try (ResultSet result = statement.getResultSet()) {
                    while (rows && result.next()) {
                        values.add(String.valueOf(result.getString(1)));
                    }
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException refused) {
            values.add(REFUSED);
        }
        return values;
    }
}
