package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.ResultReader;
import dev.snowgate.emulator.result.StoredResult;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Names;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Makes an earlier result a temporary table of the session. */
final class ResultScans {
    private ResultScans() {}

    static String load(Connections connections, Session session, String queryId, StoredResult result)
            throws SQLException {
        String name = "temp.main." + Names.quote("RESULT_" + queryId);
        String raw = "temp.main." + Names.quote("RAW_" + queryId);
        List<Column> columns = result.columns();
        String names = IntStream.range(0, columns.size())
                .mapToObj(i -> "C" + i + " VARCHAR")
                .collect(Collectors.joining(", "));
        String typed = IntStream.range(0, columns.size())
                .mapToObj(i -> typed(columns.get(i), "C" + i) + " AS "
                        + Names.quote(columns.get(i).name()))
                .collect(Collectors.joining(", "));
        try (Connections.Lease lease = connections.lease(session, true);
                Statement statement = lease.connection().createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE " + raw + " (" + names + ")");
            append(lease.connection().unwrap(DuckDBConnection.class), "RAW_" + queryId, result);
            statement.execute("CREATE OR REPLACE TEMP TABLE " + name + " AS SELECT " + typed + " FROM " + raw);
            statement.execute("DROP TABLE " + raw);
        }
        return name;
    }

    /** Not by statements: DuckDB takes seconds to read the literals of fifty thousand rows. */
    private static void append(DuckDBConnection connection, String table, StoredResult result) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("temp", "main", table)) {
            ResultReader.read(result, row -> {
                rows.beginRow();
                for (String cell : row) {
                    if (cell == null) {
                        rows.appendNull();
                    } else {
                        rows.append(cell);
                    }
                }
                rows.endRow();
            });
        }
    }

    private static String typed(Column column, String cell) {
        return switch (column.kind()) {
            case FIXED ->
                "CAST(" + cell + " AS "
                        + (column.scale() == 0 && column.width() <= 8 ? "BIGINT" : "DECIMAL(38," + column.scale() + ")")
                        + ")";
            case REAL -> "CAST(" + cell + " AS DOUBLE)";
            case TEXT -> cell;
            case BOOLEAN -> "(" + cell + " IN ('1', 'true'))";
            case DATE -> "(DATE '1970-01-01' + CAST(" + cell + " AS INTEGER))";
            case TIME -> "CAST(make_timestamp(CAST(CAST(" + cell + " AS DECIMAL(38,9)) * 1000000 AS BIGINT)) AS TIME)";
            case TIMESTAMP_NTZ -> "make_timestamp(CAST(CAST(" + cell + " AS DECIMAL(38,9)) * 1000000 AS BIGINT))";
            case TIMESTAMP_LTZ, TIMESTAMP_TZ ->
                "(make_timestamp(CAST(CAST(split_part(" + cell
                        + ", ' ', 1) AS DECIMAL(38,9)) * 1000000 AS BIGINT)) AT TIME ZONE 'UTC')";
            case BINARY -> "unhex(" + cell + ")";
            case VARIANT, OBJECT, ARRAY -> "CAST(" + cell + " AS JSON)";
        };
    }
}
