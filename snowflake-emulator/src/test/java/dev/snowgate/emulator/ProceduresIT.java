package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Procedures in SQL by the unmodified JDBC driver, and what the information schema shows of routines. */
class ProceduresIT {
    private static EmulatorServer emulator;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_WRITER").withContext("DEV", "SANDBOX"))
                .seed(20, 20, 20)
                .build());
        connection = Drivers.password(emulator.url(), "SNOWGATE", "ada", "secret");
        run("create table notes (a number, b varchar)");
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        emulator.close();
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(rows.getString(i));
                }
                all.add(String.join("|", row));
            }
            return all;
        }
    }

    @Test
    void statements_run_in_order_and_a_value_or_rows_come_back() throws SQLException {
        // Given
        run(
                "create procedure fill(n number, word varchar) returns varchar language sql as"
                        + " $$ begin insert into notes values (:n, :word); insert into notes values (:n + 1, 'x'); return word; end $$");
        run(
                "create procedure above(n number) returns table (a number, b varchar) language sql as"
                        + " $$ declare r resultset default (select a, b from notes where a >= :n order by a); begin return table(r); end $$");

        // Then
        assertThat(rows("call fill(1, 'w')")).containsExactly("w");
        assertThat(rows("call above(n => 1)")).containsExactly("1|w", "2|x");
        assertThat(rows("call above(2)")).containsExactly("2|x");
    }

    @Test
    void the_information_schema_shows_how_routines_are_called() throws SQLException {
        // Given
        run("create function plus(a number, b number default 1) returns number as 'a + b'");
        run("create procedure gone() returns table (x varchar) language sql as 'begin return 1; end'");

        // Then
        assertThat(rows("select function_name, argument_signature, data_type, function_language, is_secure, is_external"
                        + " from dev.information_schema.functions where function_name = 'PLUS'"))
                .containsExactly("PLUS|(A NUMBER, B NUMBER DEFAULT 1)|NUMBER|SQL|NO|NO");
        assertThat(rows(
                        "select argument_signature, data_type, procedure_definition from dev.information_schema.procedures"
                                + " where procedure_name = 'GONE'"))
                .containsExactly("()|TABLE (X VARCHAR)|begin return 1; end");

        // When
        run("drop procedure gone()");

        // Then
        assertThat(rows("select 1 from dev.information_schema.procedures where procedure_name = 'GONE'"))
                .isEmpty();
    }
}
