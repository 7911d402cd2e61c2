package dev.snowgate.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the recording with the console's role, as an auditor would; writes nothing. */
final class RecordingRead implements AutoCloseable {
    private final Connection connection;

    RecordingRead(DemoState state, Ports ports) throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + Postgres.DATABASE + "?currentSchema=snowgate",
                "snowgate_console",
                state.secret("database.console"));
    }

    /** How many statements of an agent ended in that state with that shape (a LIKE pattern on the text without its literals). */
    int statements(String agent, String stateName, String shapeLike) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select count(*) from statement where agent = ? and state = ? and shape ilike ?")) {
            query.setString(1, agent);
            query.setString(2, stateName);
            query.setString(3, shapeLike);
            return first(query);
        }
    }

    /** How many statements have no received event in the recording. */
    int unrecorded() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select count(*) from statement s where s.parent is null and not exists"
                        + " (select 1 from session_event e where e.statement_id = s.id and e.kind = 'RECEIVED')")) {
            return first(query);
        }
    }

    private static int first(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
