package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tags, masking policies, functions and procedures as metadata: they are kept and shown in INFORMATION_SCHEMA and
 * ACCOUNT_USAGE, but masking policies mask nothing and functions compute nothing. Procedures run: {@link Procedures}.
 */
final class Governance {
    private final DuckDb duckDb;

    Governance(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** Keeps what a CREATE of one of these kinds says; false for every other kind. */
    boolean create(Session session, Script script, int type) throws SQLException {
        String word = script.at(type).text();
        return switch (word) {
            case "FUNCTION", "PROCEDURE" -> {
                routine(session, script, type, word);
                yield true;
            }
            case "MASKING" -> {
                named(session, script, type + 2);
                yield true;
            }
            case "TAG" -> {
                named(session, script, type + 1);
                yield true;
            }
            default -> false;
        };
    }

    private static Names named(Session session, Script script, int at) {
        return Names.read(script.tokens(), script.at(at).is("IF") ? at + 3 : at, session.database(), session.schema());
    }

    private void routine(Session session, Script script, int type, String word) throws SQLException {
        Names name = named(session, script, type + 1);
        List<Token> tokens = script.tokens();
        int open = name.end();
        int close = Calls.close(tokens, open);
        String language = "SQL";
        String body = "";
        String returns = "";
        String integrations = null;
        for (int i = close; i < tokens.size(); i++) {
            if (tokens.get(i).is("RETURNS") && returns.isEmpty()) {
                int end = script.at(i + 2).is("(") ? Calls.close(tokens, i + 2) : i + 1;
                returns = script.source()
                        .substring(tokens.get(i + 1).start(), tokens.get(end).end())
                        .toUpperCase(Locale.ROOT);
            } else if (tokens.get(i).is("EXTERNAL_ACCESS_INTEGRATIONS")) {
                integrations = Calls.render(tokens.subList(i + 2, Calls.close(tokens, i + 2) + 1));
            } else if (tokens.get(i).is("LANGUAGE")) {
                language = script.at(i + 1).text();
            } else if (tokens.get(i).is("AS") && script.at(i + 1).type() == Token.Type.STRING) {
                body = script.at(i + 1).text();
            }
        }
        boolean secure = tokens.subList(0, type).stream().anyMatch(token -> token.is("SECURE"));
        // Snowflake shows types in upper case, however they were written
        String arguments = script.source()
                .substring(tokens.get(open).start(), tokens.get(close).end())
                .toUpperCase(Locale.ROOT);
        duckDb.run("DELETE FROM \"_SF\".\"META\".\"ROUTINES\" WHERE KIND = " + DuckDb.literal(word) + at(name)
                + " AND ARGS = " + DuckDb.literal(arguments));
        duckDb.run("INSERT INTO \"_SF\".\"META\".\"ROUTINES\" VALUES (" + DuckDb.literal(word) + ", " + values(name)
                + ", " + DuckDb.literal(arguments) + ", " + DuckDb.literal(language) + ", "
                + (secure ? "NULL" : DuckDb.literal(body)) + ", now(), "
                + DuckDb.literal(returns) + ", " + DuckDb.literal(integrations) + ")");
    }

    /** Forgets a routine with as many arguments as the list of types has. */
    void drop(Session session, Script script, int type, String word) throws SQLException {
        Names name = named(session, script, type + 1);
        int types = Calls.split(script.tokens().subList(name.end() + 1, Calls.close(script.tokens(), name.end())))
                .size();
        // arguments are kept as they were written: a comma between two of them
        duckDb.run("DELETE FROM \"_SF\".\"META\".\"ROUTINES\" WHERE KIND = " + DuckDb.literal(word) + at(name)
                + " AND CASE WHEN ARGS LIKE '(%)' AND trim(ARGS) = '()' THEN 0 ELSE 1 + length(ARGS)"
                + " - length(replace(ARGS, ',', '')) END = " + types);
    }

    /** {@code SET TAG}, {@code SET MASKING POLICY} and their opposites, on an object or one of its columns; false for others. */
    boolean alter(Session session, Names object, String domain, Script action) throws SQLException {
        int at = 0;
        String column = null;
        if (action.at(0).is("MODIFY") || action.at(0).is("ALTER")) {
            at = action.at(1).is("COLUMN") ? 2 : 1;
            column = action.at(at).text();
            at++;
        }
        boolean set = action.at(at).is("SET");
        if (!set && !action.at(at).is("UNSET")) {
            return false;
        }
        if (action.at(at + 1).is("TAG")) {
            tags(session, object, domain, column, set, action, at + 2);
            return true;
        }
        if (column != null
                && action.at(at + 1).is("MASKING")
                && action.at(at + 2).is("POLICY")) {
            duckDb.run("DELETE FROM \"_SF\".\"META\".\"POLICY_REFS\" WHERE true" + at(object) + " AND COL = "
                    + DuckDb.literal(column));
            if (set) {
                Names policy = named(session, action, at + 3);
                duckDb.run("INSERT INTO \"_SF\".\"META\".\"POLICY_REFS\" VALUES (" + values(policy) + ", "
                        + values(object) + ", " + DuckDb.literal(column) + ")");
            }
            return true;
        }
        return false;
    }

    private void tags(
            Session session,
            Names object,
            String domain,
            @Nullable String column,
            boolean set,
            Script action,
            int first)
            throws SQLException {
        int at = first;
        while (action.at(at).isName()) {
            Names tag = named(session, action, at);
            at = tag.end();
            String where = " WHERE TNAME = " + DuckDb.literal(tag.name()) + at(object)
                    + (column == null ? " AND COL IS NULL" : " AND COL = " + DuckDb.literal(column));
            duckDb.run("DELETE FROM \"_SF\".\"META\".\"TAG_REFS\"" + where);
            if (set) {
                if (!action.at(at).is("=") || action.at(at + 1).type() != Token.Type.STRING) {
                    throw new Refused("001003", "42000", "SQL compilation error:\nsyntax error: a tag needs a value.");
                }
                duckDb.run("INSERT INTO \"_SF\".\"META\".\"TAG_REFS\" VALUES (" + values(tag) + ", "
                        + DuckDb.literal(action.at(at + 1).text()) + ", "
                        + DuckDb.literal(column == null ? domain : "COLUMN") + ", " + values(object) + ", "
                        + DuckDb.literal(column) + ")");
                at += 2;
            }
            if (action.at(at).is(",")) {
                at++;
            }
        }
    }

    /** Notes that the object was changed by DDL now. */
    void touched(Names name, boolean secure, String role) throws SQLException {
        duckDb.run("DELETE FROM \"_SF\".\"META\".\"TOUCHED\" WHERE true" + at(name));
        duckDb.run("INSERT INTO \"_SF\".\"META\".\"TOUCHED\" VALUES (" + values(name) + ", now(), " + secure + ", "
                + DuckDb.literal(role) + ")");
    }

    private static String at(Names name) {
        return " AND DB = " + DuckDb.literal(name.database()) + " AND SCH = " + DuckDb.literal(name.schema())
                + " AND NAME = " + DuckDb.literal(name.name());
    }

    private static String values(Names name) {
        return DuckDb.literal(name.database()) + ", " + DuckDb.literal(name.schema()) + ", "
                + DuckDb.literal(name.name());
    }
}
