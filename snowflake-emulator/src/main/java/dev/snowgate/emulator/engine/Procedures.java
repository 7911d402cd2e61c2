package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Lexer;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs procedures in SQL with straight bodies: result sets by DECLARE or LET, statements, and RETURN of a value or a table. Arguments are put
 * in where {@code :name} stands. Names that are not qualified mean what they mean in the session.
 */
final class Procedures {
    private final StatementRunner runner;
    private final Connections connections;

    Procedures(StatementRunner runner, Connections connections) {
        this.runner = runner;
        this.connections = connections;
    }

    /** Runs {@code CALL name(…)}; nothing if there is no such procedure in SQL. */
    Outcome.@Nullable Success call(Execution execution, Script script, SessionContext context) throws SQLException {
        Session session = execution.request().session();
        Names name = Names.read(script.tokens(), 1, session.database(), session.schema());
        int close = Calls.close(script.tokens(), name.end());
        List<List<Token>> given = Calls.split(script.tokens().subList(name.end() + 1, close));
        Found found = find(session, name, given.size());
        if (found == null) {
            return null;
        }
        Map<String, List<Token>> arguments = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            List<Token> value = given.get(i);
            boolean named = value.size() > 2 && value.get(1).is("=>");
            arguments.put(
                    named ? value.getFirst().text() : found.arguments().get(i),
                    named ? value.subList(2, value.size()) : value);
        }
        return run(execution, context, name.name(), found.body(), arguments);
    }

    private record Found(List<String> arguments, String body) {}

    private @Nullable Found find(Session session, Names name, int given) throws SQLException {
        String query =
                "SELECT ARGS, BODY FROM \"_SF\".\"META\".\"ROUTINES\" WHERE KIND = 'PROCEDURE' AND LANG = 'SQL' AND DB = "
                        + DuckDb.literal(name.database()) + " AND SCH = " + DuckDb.literal(name.schema())
                        + " AND NAME = "
                        + DuckDb.literal(name.name());
        try (Connections.Lease lease = connections.lease(session, false);
                Statement statement = lease.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<Token> tokens = Lexer.tokens(rows.getString(1));
                List<String> names = Calls.split(tokens.subList(1, tokens.size() - 1)).stream()
                        .map(argument -> argument.getFirst().text())
                        .toList();
                if (names.size() == given) {
                    return new Found(names, rows.getString(2));
                }
            }
            return null;
        }
    }

    private Outcome.@Nullable Success run(
            Execution execution,
            SessionContext context,
            String procedure,
            String body,
            Map<String, List<Token>> arguments)
            throws SQLException {
        Map<String, Script> results = new HashMap<>();
        for (Script whole : Script.split(body)) {
            Script step = step(whole, arguments);
            if (step.tokens().isEmpty() || step.at(0).is("END")) {
                continue;
            }
            if (step.at(1).is("RESULTSET")) {
                int open = indexOf(step, "(");
                results.put(step.at(0).text(), part(step, open + 1, Calls.close(step.tokens(), open)));
            } else if (step.starts("RETURN", "TABLE")) {
                Script query = results.get(step.at(3).text());
                if (query == null) {
                    throw new Refused("002043", "02000", "The result set does not exist.");
                }
                return runner.query(execution, query, context);
            } else if (step.at(0).is("RETURN")) {
                return runner.query(execution, value(step, procedure, arguments), context);
            } else {
                runner.run(execution, step);
            }
        }
        return null;
    }

    /** The statement without what frames it, with the arguments in their places. */
    private static Script step(Script whole, Map<String, List<Token>> arguments) {
        int from = 0;
        while (whole.at(from).is("DECLARE")
                || whole.at(from).is("BEGIN")
                || whole.at(from).is("LET")) {
            from++;
        }
        List<Token> tokens = new ArrayList<>();
        for (int i = from; i < whole.tokens().size(); i++) {
            List<Token> value =
                    whole.at(i).is(":") ? arguments.get(whole.at(i + 1).text()) : null;
            if (value == null) {
                tokens.add(whole.at(i));
            } else {
                tokens.addAll(value);
                i++;
            }
        }
        return new Script(whole.source(), tokens);
    }

    private static Script value(Script step, String procedure, Map<String, List<Token>> arguments) {
        List<Token> tokens = new ArrayList<>(List.of(Token.word("SELECT")));
        for (Token token : step.tokens().subList(1, step.tokens().size())) {
            List<Token> value = token.isName() ? arguments.get(token.text().toUpperCase(Locale.ROOT)) : null;
            tokens.addAll(value == null ? List.of(token) : value);
        }
        tokens.add(Token.word("AS"));
        tokens.add(new Token(Token.Type.QUOTED, procedure, procedure, -1, -1));
        return new Script(step.source(), tokens);
    }

    private static Script part(Script script, int from, int to) {
        return new Script(script.source(), script.tokens().subList(from, to));
    }

    private static int indexOf(Script script, String operator) {
        int i = 0;
        while (i < script.tokens().size() - 1 && !script.at(i).is(operator)) {
            i++;
        }
        return i;
    }
}
