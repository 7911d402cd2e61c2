package dev.snowgate.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs one statement as an agent on the vendor's JDBC driver through the demo that runs, and prints what the agent got. */
final class AgentShell {
    private static final int MOST_ROWS = 50;

    private AgentShell() {}

    static int run(DemoState state, List<String> arguments) {
        if (arguments.size() != 2) {
            System.err.println("Usage: ./snowgate sql AGENT \"STATEMENT\"");
            return 2;
        }
        Cast.Agent agent = Cast.agent(arguments.getFirst());
        try (Connection connection = AgentConnection.open(state, state.runningPorts(), agent);
                Statement statement = connection.createStatement()) {
            if (statement.execute(arguments.get(1))) {
                try (ResultSet rows = statement.getResultSet()) {
                    print(rows);
                }
            } else {
                System.out.println(rows(statement.getUpdateCount()) + " changed");
            }
            return 0;
        } catch (SQLException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void print(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.add(columns.getColumnName(i));
        }
        System.out.println(String.join("\t", cells));
        int count = 0;
        while (rows.next()) {
            count++;
            if (count <= MOST_ROWS) {
                cells.clear();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    cells.add(String.valueOf(rows.getString(i)));
                }
                System.out.println(String.join("\t", cells));
            }
        }
        System.out.println(rows(count) + (count > MOST_ROWS ? ", the first " + MOST_ROWS + " shown" : ""));
    }

    private static String rows(int count) {
        return count + (count == 1 ? " row" : " rows");
    }
}
