package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.result.Column;
import dev.snowgate.emulator.result.ResultWriter;
import dev.snowgate.emulator.result.RowSource;
import dev.snowgate.emulator.result.StoredResult;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one statement in its session. */
final class StatementRunner {
    private final DuckDb duckDb;
    private final Connections connections;
    private final ResultWriter results;
    private final Executions executions;
    private final String account;
    private final SessionCommands sessionCommands;
    private final Definitions definitions;
    private final Changes changes;
    private final Shows shows;
    private final Procedures procedures;

    StatementRunner(
            DuckDb duckDb, Connections connections, ResultWriter results, Executions executions, String account) {
        this.duckDb = duckDb;
        this.connections = connections;
        this.results = results;
        this.executions = executions;
        this.account = account;
        this.sessionCommands = new SessionCommands(duckDb, connections);
        this.definitions = new Definitions(duckDb, connections);
        this.changes = new Changes(connections);
        this.shows = new Shows(duckDb);
        this.procedures = new Procedures(this, connections);
    }

    Outcome.Success run(Execution execution, Script script) throws SQLException {
        Request request = execution.request();
        Kind kind = Kind.of(script);
        SessionContext context = new SessionContext(request.session(), account, executions, connections, duckDb);
        if (request.describeOnly()) {
            return describe(execution, script, kind, context);
        }
        if (script.contains("SYSTEM$WAIT")) {
            sleep(execution, script);
        }
        return switch (kind) {
            case QUERY -> query(execution, script, context);
            case INSERT, UPDATE, DELETE, MERGE, TRUNCATE -> changes.run(execution, script, kind, context, this);
            case USE, ALTER_SESSION, SET, TRANSACTION ->
                status(execution, kind, sessionCommands.run(execution, script, kind, context));
            case SHOW, DESCRIBE -> rows(execution, shows.sql(script, kind, request.session(), context), kind);
            case CREATE, ALTER, DROP, OTHER -> defined(execution, script, kind, context);
            case EXPLAIN -> explain(execution, script, context);
            case COPY, UNLOAD, LIST, PUT, GET -> Transfers.reply(this, execution, kind);
        };
    }

    private Outcome.Success defined(Execution execution, Script script, Kind kind, SessionContext context)
            throws SQLException {
        if (script.starts("CALL") && script.at(1).is("SYSTEM$WAIT")) {
            return text(execution, kind, "SYSTEM$WAIT", "waited");
        }
        Outcome.Success called = script.starts("CALL") ? procedures.call(execution, script, context) : null;
        if (called != null) {
            return called;
        }
        if (script.starts("EXECUTE", "IMMEDIATE") && script.at(2).type() == Token.Type.STRING) {
            return run(execution, Script.split(script.at(2).text()).getFirst());
        }
        return status(execution, kind, definitions.run(execution, script, kind, context));
    }

    private static void sleep(Execution execution, Script script) {
        List<Token> tokens = script.tokens();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).is("SYSTEM$WAIT") && tokens.get(i + 2).type() == Token.Type.NUMBER) {
                execution.sleep(new BigDecimal(tokens.get(i + 2).text())
                        .movePointRight(3)
                        .longValue());
            }
        }
    }

    Outcome.Success query(Execution execution, Script script, SessionContext context) throws SQLException {
        StoredResult again = wholeResultScan(script, execution.request());
        if (again != null) {
            return new Outcome.Success(again, Kind.QUERY.typeId(), Map.of(), 0, false, null);
        }
        String sql = new Translator(context)
                .translate(bound(script, execution.request().bindings(), 0));
        Session session = execution.request().session();
        try (Connections.Lease lease = connections.lease(session, context.scanned());
                Statement statement = lease.connection().createStatement()) {
            execution.running(statement);
            try (ResultSet rows = statement.executeQuery(sql)) {
                List<Column> columns = Origins.fill(
                        script, session, DuckRows.columns(rows.getMetaData(), script.contains("TIMESTAMP_TZ")));
                StoredResult result = results.write(
                        execution.queryId(),
                        new DuckRows(rows, columns),
                        Formats.of(execution.request()),
                        execution.request().number("ROWS_PER_RESULTSET"));
                return new Outcome.Success(result, Kind.QUERY.typeId(), Map.of(), script.binds(), false, null);
            } finally {
                execution.running(null);
            }
        }
    }

    /** {@code SELECT * FROM TABLE(RESULT_SCAN('id'))} is the stored result itself, when its form is the wanted one. */
    private @Nullable StoredResult wholeResultScan(Script script, Request request) {
        List<Token> t = script.tokens();
        boolean whole = t.size() == 10
                && script.starts("SELECT", "*", "FROM", "TABLE", "(", "RESULT_SCAN", "(")
                && t.get(7).type() == Token.Type.STRING;
        Execution earlier = whole ? executions.find(request.session(), t.get(7).text()) : null;
        if (earlier != null && earlier.outcomeNow() instanceof Outcome.Success success && success.transfer() == null) {
            return success.result().format() == Formats.of(request) ? success.result() : null;
        }
        return null;
    }

    /** Rows of a query that the emulator wrote itself, in JSON. */
    private Outcome.Success rows(Execution execution, String sql, Kind kind) throws SQLException {
        try (Connections.Lease lease = connections.lease(execution.request().session(), false);
                Statement statement = lease.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Column> columns = DuckRows.columns(rows.getMetaData(), false);
            return stored(execution, kind, new DuckRows(rows, columns), Map.of());
        }
    }

    Outcome.Success stored(Execution execution, Kind kind, RowSource rows, Map<String, Long> stats) {
        StoredResult result = results.write(execution.queryId(), rows, Formats.json(execution.request()), 0);
        return new Outcome.Success(result, kind.typeId(), stats, 0, false, null);
    }

    Outcome.Success status(Execution execution, Kind kind, String message) {
        return text(execution, kind, "status", message);
    }

    private Outcome.Success text(Execution execution, Kind kind, String column, String value) {
        List<@Nullable Object[]> rows = Collections.singletonList(new @Nullable Object[] {value});
        return stored(execution, kind, RowSource.of(List.of(Column.text(column)), rows), Map.of());
    }

    static Script bound(Script script, List<Binding> bindings, int row) {
        return bindings.isEmpty() && script.binds() == 0
                ? script
                : new Script(script.source(), Translator.bind(script.tokens(), Binds.row(bindings, row)));
    }

    /** Compiles only: DuckDB prepares the statement and never runs it. */
    private Outcome.Success describe(Execution execution, Script script, Kind kind, SessionContext context)
            throws SQLException {
        boolean known = kind == Kind.QUERY || kind.changesRows() || kind == Kind.SHOW || kind == Kind.DESCRIBE;
        if (!known) {
            throw new Refused("000007", "0A000", "SQL compilation error: this kind of statement can't be prepared.");
        }
        int binds = script.binds();
        Script nulls =
                new Script(script.source(), Translator.bind(script.tokens(), Collections.nCopies(binds, "NULL")));
        List<Column> columns;
        if (kind == Kind.SHOW || kind == Kind.DESCRIBE) {
            columns = prepared(
                    execution, shows.sql(script, kind, execution.request().session(), context), script);
        } else if (kind == Kind.QUERY) {
            columns = Origins.fill(
                    script,
                    execution.request().session(),
                    prepared(execution, new Translator(context).translate(nulls), script));
        } else {
            prepared(execution, new Translator(context).translate(nulls), script);
            columns = Changes.columns(kind);
        }
        StoredResult result = results.write(
                execution.queryId(), RowSource.of(columns, List.of()), Formats.json(execution.request()), 0);
        boolean arrays = binds > 0 && kind == Kind.INSERT && script.contains("VALUES");
        return new Outcome.Success(result, kind.typeId(), Map.of(), binds, arrays, null);
    }

    private List<Column> prepared(Execution execution, String sql, Script script) throws SQLException {
        try (Connections.Lease lease = connections.lease(execution.request().session(), false);
                PreparedStatement statement = lease.connection().prepareStatement(sql)) {
            ResultSetMetaData metadata = statement.getMetaData();
            return metadata == null ? List.of() : DuckRows.columns(metadata, script.contains("TIMESTAMP_TZ"));
        }
    }

    private Outcome.Success explain(Execution execution, Script script, SessionContext context) throws SQLException {
        int from = script.at(1).is("USING") ? 3 : 1;
        Script inner = new Script(
                script.source(), script.tokens().subList(from, script.tokens().size()));
        Kind kind = Kind.of(inner);
        if (kind == Kind.QUERY || kind.changesRows()) {
            prepared(execution, new Translator(context).translate(inner), inner);
        }
        return rows(execution, Explains.sql(inner, execution.request().session()), Kind.EXPLAIN);
    }

    static String render(Script script) {
        return Calls.render(script.tokens());
    }
}
