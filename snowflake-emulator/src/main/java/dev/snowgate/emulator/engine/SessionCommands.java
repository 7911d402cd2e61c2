package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** USE, ALTER SESSION, SET, UNSET and the commands of a transaction. */
final class SessionCommands {
    static final String DONE = "Statement executed successfully.";
    private final DuckDb duckDb;
    private final Connections connections;

    SessionCommands(DuckDb duckDb, Connections connections) {
        this.duckDb = duckDb;
        this.connections = connections;
    }

    String run(Execution execution, Script script, Kind kind, SessionContext context) throws SQLException {
        Session session = execution.request().session();
        switch (kind) {
            case USE -> use(session, new Script(script.source(), new Translator(context).prepare(script.tokens())));
            case ALTER_SESSION -> alter(session, script);
            case SET -> set(session, script, context);
            default -> transaction(session, script);
        }
        return DONE;
    }

    private void use(Session session, Script script) throws SQLException {
        List<Token> tokens = script.tokens();
        if (script.starts("USE", "SECONDARY", "ROLES")) {
            session.useSecondaryRoles(Calls.render(tokens.subList(3, tokens.size())));
        } else if (script.starts("USE", "ROLE")) {
            String role = script.at(2).text();
            if (session.user().roles().stream().noneMatch(role::equalsIgnoreCase)) {
                throw new Refused(
                        "003013",
                        "42501",
                        "SQL access control error:\nRequested role '" + role
                                + "' is not assigned to the executing user. Specify another role to activate.");
            }
            session.useRole(role);
        } else if (script.starts("USE", "WAREHOUSE")) {
            session.useWarehouse(script.at(2).text());
        } else if (script.starts("USE", "SCHEMA")) {
            List<String> parts = Names.parts(tokens, 2);
            schema(session, parts.size() > 1 ? parts.getFirst() : String.valueOf(session.database()), parts.getLast());
        } else {
            List<String> parts = Names.parts(tokens, script.at(1).is("DATABASE") ? 2 : 1);
            if (parts.size() == 2) {
                schema(session, parts.getFirst(), parts.getLast());
            } else {
                database(session, parts.getFirst());
            }
        }
    }

    private void database(Session session, String name) throws SQLException {
        if (!duckDb.databases().contains(name)) {
            throw missing("Database", name);
        }
        session.useSchema(name, duckDb.hasSchema(name, "PUBLIC") ? "PUBLIC" : null);
    }

    private void schema(Session session, String database, String schema) throws SQLException {
        if (!duckDb.hasSchema(database, schema)) {
            throw missing("Schema", database + "." + schema);
        }
        session.useSchema(database, schema);
    }

    private static Refused missing(String what, String name) {
        return new Refused(
                "002043",
                "02000",
                "SQL compilation error:\n" + what + " '" + name
                        + "' does not exist or not authorized, or operation cannot be performed.");
    }

    private static void alter(Session session, Script script) {
        List<Token> tokens = script.tokens();
        boolean set = script.at(2).is("SET");
        for (int i = 3; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (set && script.at(i + 1).is("=")) {
                String sign = script.at(i + 2).is("-") ? "-" : "";
                session.parameter(
                        token.text(), sign + script.at(i + 2 + sign.length()).text());
                i += 2 + sign.length();
            } else if (!set && token.isName()) {
                session.unsetParameter(token.text());
            }
        }
    }

    private void set(Session session, Script script, SessionContext context) throws SQLException {
        List<Token> tokens = script.tokens();
        if (script.starts("UNSET")) {
            tokens.stream()
                    .skip(1)
                    .filter(Token::isName)
                    .forEach(t -> session.variables().remove(t.text()));
            return;
        }
        List<Token> value = tokens.subList(3, tokens.size());
        Translator translator = new Translator(context);
        String expression = translator.translate(new Script(script.source(), value));
        try (Connections.Lease lease = connections.lease(session, false);
                Statement statement = lease.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + expression)) {
            rows.next();
            Object found = rows.getObject(1);
            session.variables()
                    .put(
                            script.at(1).text().toUpperCase(Locale.ROOT),
                            found instanceof Number ? found.toString() : DuckDb.literal(rows.getString(1)));
        }
    }

    private void transaction(Session session, Script script) throws SQLException {
        if (script.starts("BEGIN") || script.starts("START")) {
            if (!session.inTransaction()) {
                execute(session, "BEGIN TRANSACTION");
                session.transaction(true);
            }
        } else if (session.inTransaction()) {
            execute(session, script.at(0).text());
            session.transaction(false);
        }
    }

    private void execute(Session session, String sql) throws SQLException {
        try (Connections.Lease lease = connections.lease(session, true);
                Statement statement = lease.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
