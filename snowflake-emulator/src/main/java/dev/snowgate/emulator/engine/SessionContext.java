package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Lexer;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Translator;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the translator may ask about a session. One object per statement. */
final class SessionContext implements Translator.Context {
    private final Session session;
    private final String account;
    private final Executions executions;
    private final Connections connections;
    private final DuckDb duckDb;
    private boolean scanned;

    SessionContext(Session session, String account, Executions executions, Connections connections, DuckDb duckDb) {
        this.session = session;
        this.account = account;
        this.executions = executions;
        this.connections = connections;
        this.duckDb = duckDb;
    }

    /** Whether an earlier result was made readable, which lives on the session's own connection. */
    boolean scanned() {
        return scanned;
    }

    @Override
    public @Nullable String database() {
        return session.database();
    }

    @Override
    public @Nullable String function(String name) {
        return switch (name) {
            case "CURRENT_USER" -> DuckDb.literal(session.user().name());
            case "CURRENT_ROLE" -> DuckDb.literal(session.role());
            case "CURRENT_DATABASE" -> DuckDb.literal(session.database());
            case "CURRENT_SCHEMA" -> DuckDb.literal(session.schema());
            case "CURRENT_WAREHOUSE" -> DuckDb.literal(session.warehouse());
            case "CURRENT_SESSION" -> DuckDb.literal(Long.toString(session.id()));
            case "CURRENT_ACCOUNT", "CURRENT_ACCOUNT_NAME" -> DuckDb.literal(account.toUpperCase(Locale.ROOT));
            case "CURRENT_ORGANIZATION_NAME" -> "'EMULATED'";
            case "CURRENT_VERSION" -> "'9.40.1'";
            case "CURRENT_REGION" -> "'LOCAL'";
            case "CURRENT_CLIENT" -> DuckDb.literal(session.clientApp());
            case "CURRENT_SECONDARY_ROLES" ->
                DuckDb.literal("{\"roles\":\"\",\"value\":\"" + session.secondaryRoles() + "\"}");
            case "CURRENT_AVAILABLE_ROLES" ->
                DuckDb.literal("[\"" + String.join("\",\"", session.user().roles()) + "\"]");
            case "CURRENT_TRANSACTION" -> session.inTransaction() ? "'1'" : "NULL";
            default -> null;
        };
    }

    @Override
    public @Nullable String variable(String name) {
        return session.variables().get(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String resultScan(String queryId) {
        Execution earlier = executions.find(session, queryId);
        if (earlier == null || !(earlier.outcomeNow() instanceof Outcome.Success success)) {
            throw new Refused("000709", "02000", "SQL compilation error:\nStatement " + queryId + " not found");
        }
        try {
            scanned = true;
            return ResultScans.load(connections, session, queryId, success.result());
        } catch (SQLException e) {
            throw Errors.translate(e);
        }
    }

    @Override
    public String ddl(String type, String name) {
        Names full = Names.read(Lexer.tokens(name), 0, session.database(), session.schema());
        String text =
                "SELECT coalesce((SELECT TEXT FROM \"_SF\".\"META\".\"VIEWS\" WHERE DB = d AND SCH = s AND NAME = n), sql)"
                        + " FROM (SELECT database_name d, schema_name s, view_name n, sql FROM duckdb_views() UNION ALL"
                        + " SELECT database_name, schema_name, table_name, sql FROM duckdb_tables()) WHERE d = "
                        + DuckDb.literal(full.database())
                        + " AND s = " + DuckDb.literal(full.schema()) + " AND n = " + DuckDb.literal(full.name());
        try {
            boolean hidden = !duckDb.strings("SELECT NAME FROM \"_SF\".\"META\".\"TOUCHED\" WHERE SECURE AND OWNER <> "
                            + DuckDb.literal(session.role()) + " AND DB = " + DuckDb.literal(full.database())
                            + " AND SCH = " + DuckDb.literal(full.schema()) + " AND NAME = "
                            + DuckDb.literal(full.name()))
                    .isEmpty();
            if (hidden) {
                throw new Refused(
                        "003001",
                        "42501",
                        "SQL access control error:\nInsufficient privileges to operate on " + type + ".");
            }
            List<String> found = duckDb.strings(text);
            if (found.isEmpty()) {
                throw new Refused(
                        "002003",
                        "02000",
                        "SQL compilation error:\n" + type + " '" + full.display()
                                + "' does not exist or not authorized.");
            }
            return found.getFirst();
        } catch (SQLException e) {
            throw Errors.translate(e);
        }
    }

    @Override
    public String tableFunction(String function, String database, String schema, String name) {
        return UsageViews.tableFunction(function, database, schema, name);
    }

    @Override
    public String lastQueryId(int offset) {
        List<String> ids = session.queryIds();
        int index = offset < 0 ? ids.size() + offset : offset - 1;
        return index >= 0 && index < ids.size() ? ids.get(index) : "";
    }
}
