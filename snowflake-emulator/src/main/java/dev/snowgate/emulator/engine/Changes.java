package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.RowSource;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE, with Snowflake's counts. */
final class Changes {
    private static final int ROWS_PER_INSERT = 500;
    private final Connections connections;

    Changes(Connections connections) {
        this.connections = connections;
    }

    /** The columns of the reply, exactly as drivers expect them. */
    static List<Column> columns(Kind kind) {
        List<String> names = switch (kind) {
            case INSERT -> List.of("number of rows inserted");
            case UPDATE -> List.of("number of rows updated", "number of multi-joined rows updated");
            case DELETE -> List.of("number of rows deleted");
            default -> List.of("number of rows inserted", "number of rows updated", "number of rows deleted");
        };
        return names.stream().map(name -> Column.fixed(name, 19, 0, 8)).toList();
    }

    Outcome.Success run(Execution execution, Script script, Kind kind, SessionContext context, StatementRunner runner)
            throws SQLException {
        Session session = execution.request().session();
        Translator translator = new Translator(context);
        boolean begin = !session.autocommit() && !session.inTransaction() && kind != Kind.TRUNCATE;
        try (Connections.Lease lease =
                        connections.lease(session, begin || session.inTransaction() || script.contains("RESULT_SCAN"));
                Statement statement = lease.connection().createStatement()) {
            if (begin) {
                statement.execute("BEGIN TRANSACTION");
                session.transaction(true);
            }
            execution.running(statement);
            try {
                if (kind == Kind.TRUNCATE) {
                    return truncate(execution, script, session, statement, runner);
                }
                if (kind == Kind.MERGE) {
                    return merge(
                            execution,
                            translator.translate(StatementRunner.bound(
                                    script, execution.request().bindings(), 0)),
                            statement,
                            runner);
                }
                long count = change(execution, script, kind, translator, lease.connection(), statement);
                List<@Nullable Object[]> row = Collections.singletonList(
                        kind == Kind.UPDATE ? new @Nullable Object[] {count, 0L} : new @Nullable Object[] {count});
                String stat = kind == Kind.INSERT
                        ? "numRowsInserted"
                        : kind == Kind.UPDATE ? "numRowsUpdated" : "numRowsDeleted";
                return runner.stored(execution, kind, RowSource.of(columns(kind), row), Map.of(stat, count));
            } finally {
                execution.running(null);
            }
        }
    }

    private static long change(
            Execution execution,
            Script script,
            Kind kind,
            Translator translator,
            Connection connection,
            Statement statement)
            throws SQLException {
        List<Binding> bindings = execution.request().bindings();
        Script plain = script;
        if (script.starts("INSERT", "OVERWRITE")) {
            List<Token> tokens = new ArrayList<>(script.tokens());
            tokens.remove(1);
            plain = new Script(script.source(), tokens);
            Names table = Names.read(tokens, 2, null, null);
            statement.execute("DELETE FROM " + table.render());
        }
        if (!Binds.isArray(bindings)) {
            return statement.executeUpdate(translator.translate(StatementRunner.bound(plain, bindings, 0)));
        }
        int rows = bindings.getFirst().values().size();
        long count = 0;
        int values = kind == Kind.INSERT ? indexOf(plain, "VALUES") : -1;
        for (int row = 0; row < rows; ) {
            execution.checkStopped();
            if (values < 0) {
                count += statement.executeUpdate(translator.translate(StatementRunner.bound(plain, bindings, row)));
                row++;
                continue;
            }
            String head = translator.translate(
                    new Script(plain.source(), plain.tokens().subList(0, values + 1)));
            StringBuilder sql = new StringBuilder(head);
            int end = Math.min(rows, row + ROWS_PER_INSERT);
            Script group = new Script(
                    plain.source(), plain.tokens().subList(values + 1, Calls.close(plain.tokens(), values + 1) + 1));
            for (; row < end; row++) {
                sql.append(row % ROWS_PER_INSERT == 0 ? " " : ", ")
                        .append(translator.translate(StatementRunner.bound(group, bindings, row)));
            }
            count += statement.executeUpdate(sql.toString());
        }
        return count;
    }

    private static int indexOf(Script script, String word) {
        for (int i = 0; i < script.tokens().size(); i++) {
            if (script.at(i).is(word)) {
                return i;
            }
        }
        return -1;
    }

    private static Outcome.Success merge(Execution execution, String sql, Statement statement, StatementRunner runner)
            throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(sql + " RETURNING merge_action")) {
            while (rows.next()) {
                counts.merge(rows.getString(1), 1L, Long::sum);
            }
        }
        long inserted = counts.getOrDefault("INSERT", 0L);
        long updated = counts.getOrDefault("UPDATE", 0L);
        long deleted = counts.getOrDefault("DELETE", 0L);
        List<@Nullable Object[]> row = Collections.singletonList(new @Nullable Object[] {inserted, updated, deleted});
        Map<String, Long> stats =
                Map.of("numRowsInserted", inserted, "numRowsUpdated", updated, "numRowsDeleted", deleted);
        return runner.stored(execution, Kind.MERGE, RowSource.of(columns(Kind.MERGE), row), stats);
    }

    private static Outcome.Success truncate(
            Execution execution, Script script, Session session, Statement statement, StatementRunner runner)
            throws SQLException {
        int at = script.at(1).is("TABLE") ? 2 : 1;
        if (script.at(at).is("IF")) {
            at += 2;
        }
        Names table = Names.read(script.tokens(), at, session.database(), session.schema());
        statement.execute("DELETE FROM "
                + (session.temporaryObjects()
                        ? Calls.render(
                                script.tokens().subList(at, script.tokens().size()))
                        : table.render()));
        return runner.status(execution, Kind.TRUNCATE, SessionCommands.DONE);
    }
}
