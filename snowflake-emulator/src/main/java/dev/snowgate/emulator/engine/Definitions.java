package dev.snowgate.emulator.engine;

import dev.snowgate.emulator.Refused;
import dev.snowgate.emulator.session.Session;
import dev.snowgate.emulator.sql.Calls;
import dev.snowgate.emulator.sql.Names;
import dev.snowgate.emulator.sql.Script;
import dev.snowgate.emulator.sql.Token;
import dev.snowgate.emulator.sql.Translator;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * CREATE, ALTER, DROP of tables, views, schemas and databases; every other definition (users, grants, stages,
 * procedures …) is answered as if it had been done, and stands in the log.
 */
final class Definitions {
    private static final Set<String> WORDS_BEFORE_TYPE = Set.of(
            "OR",
            "REPLACE",
            "TRANSIENT",
            "SECURE",
            "RECURSIVE",
            "LOCAL",
            "GLOBAL",
            "VOLATILE",
            "TEMPORARY",
            "TEMP",
            "ALTER");
    private static final Set<String> TYPES = Set.of("TABLE", "VIEW", "SCHEMA", "DATABASE");
    private final DuckDb duckDb;
    private final Connections connections;
    private final Governance governance;
    private final Stages stages;
    private final Moves moves;

    Definitions(DuckDb duckDb, Connections connections) {
        this.duckDb = duckDb;
        this.connections = connections;
        this.governance = new Governance(duckDb);
        this.stages = new Stages(duckDb);
        this.moves = new Moves(duckDb);
    }

    String run(Execution execution, Script script, Kind kind, SessionContext context) throws SQLException {
        Session session = execution.request().session();
        if (session.inTransaction()) {
            execute(execution, session, true, "COMMIT");
            session.transaction(false);
        }
        Script prepared = new Script(script.source(), new Translator(context).prepare(script.tokens()));
        int type = 1;
        while (prepared.at(type).type() == Token.Type.WORD
                && WORDS_BEFORE_TYPE.contains(prepared.at(type).text())) {
            type++;
        }
        String typeName = prepared.at(type).text();
        if (kind == Kind.CREATE) {
            governance.create(session, prepared, type);
        }
        if (kind == Kind.DROP && (typeName.equals("FUNCTION") || typeName.equals("PROCEDURE"))) {
            governance.drop(session, prepared, type, typeName);
        }
        if (prepared.starts("UNDROP", "TABLE")) {
            String restored = moves.undrop(session, prepared);
            governance.touched(
                    Names.read(prepared.tokens(), 2, session.database(), session.schema()), false, session.role());
            return restored;
        }
        if (typeName.equals("STAGE") && kind != Kind.OTHER) {
            boolean temporary =
                    prepared.tokens().subList(0, type).stream().anyMatch(t -> t.is("TEMPORARY") || t.is("TEMP"));
            return temporary ? other(prepared, kind, type) : stages.run(session, prepared, kind, type);
        }
        if (!TYPES.contains(typeName) || kind == Kind.OTHER) {
            return other(prepared, kind, type);
        }
        return switch (kind) {
            case CREATE -> create(execution, session, prepared, type, typeName, context);
            case DROP -> drop(execution, session, prepared, type, typeName);
            default -> alter(execution, session, prepared, type, typeName, context);
        };
    }

    private static String other(Script script, Kind kind, int type) {
        List<String> name = Names.parts(script.tokens(), script.at(type + 1).is("IF") ? type + 4 : type + 1);
        String what = script.at(type).text().isEmpty()
                ? "Statement"
                : title(script.at(type).text());
        return switch (kind) {
            case CREATE -> what + " " + String.join(".", name) + " successfully created.";
            case DROP -> String.join(".", name) + " successfully dropped.";
            default ->
                script.starts("UNDROP")
                        ? what + " " + String.join(".", name) + " successfully restored."
                        : SessionCommands.DONE;
        };
    }

    private static String title(String word) {
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    private String create(
            Execution execution, Session session, Script script, int type, String typeName, SessionContext context)
            throws SQLException {
        boolean ifNot = script.at(type + 1).is("IF");
        int nameAt = ifNot ? type + 4 : type + 1;
        String replace = script.contains("REPLACE") && script.at(2).is("REPLACE") ? "OR REPLACE " : "";
        List<Token> tokens = script.tokens();
        if (typeName.equals("DATABASE")) {
            if (!ifNot
                    && replace.isEmpty()
                    && duckDb.databases().contains(script.at(nameAt).text())) {
                throw exists(script.at(nameAt).text());
            }
            duckDb.createDatabase(script.at(nameAt).text());
            session.useSchema(script.at(nameAt).text(), "PUBLIC");
            return "Database " + script.at(nameAt).text() + " successfully created.";
        }
        if (typeName.equals("SCHEMA")) {
            Names schema = Names.read(tokens, nameAt, null, session.database());
            if (!ifNot && replace.isEmpty() && duckDb.hasSchema(String.valueOf(schema.schema()), schema.name())) {
                throw exists(schema.name());
            }
            execute(execution, session, false, "CREATE SCHEMA IF NOT EXISTS " + schema.render());
            session.useSchema(schema.schema(), schema.name());
            return "Schema " + schema.name() + " successfully created.";
        }
        boolean temporary =
                tokens.subList(0, type).stream().anyMatch(t -> t.is("TEMPORARY") || t.is("TEMP") || t.is("VOLATILE"));
        Names name = Names.read(tokens, nameAt, session.database(), session.schema());
        if (name.database() == null && !temporary) {
            throw new Refused(
                    "090105",
                    "22000",
                    "Cannot perform CREATE " + typeName
                            + ". This session does not have a current database. Call 'USE DATABASE', or use a qualified name.");
        }
        String target = temporary ? "temp.main." + Names.quote(name.name()) : name.render();
        String head = "CREATE " + replace + (temporary ? "TEMP " : "") + typeName + (ifNot ? " IF NOT EXISTS " : " ");
        Script rest = new Script(script.source(), tokens.subList(name.end(), tokens.size()));
        for (String sql : new TableText(head, target, rest, context, typeName, session).statements()) {
            execute(execution, session, temporary || context.scanned(), sql);
        }
        if (!temporary) {
            boolean secure = tokens.subList(0, type).stream().anyMatch(t -> t.is("SECURE"));
            governance.touched(name, secure, session.role());
        }
        if (temporary) {
            session.createdTemporaryObject();
        } else if (typeName.equals("VIEW")) {
            registerView(name, script.text());
        }
        return title(typeName) + " " + name.name() + " successfully created.";
    }

    /** Keeps the text of a view as it was written, which DuckDB does not. */
    void registerView(Names name, String text) throws SQLException {
        forgetView(name);
        duckDb.run("INSERT INTO \"_SF\".\"META\".\"VIEWS\" VALUES (" + DuckDb.literal(name.database()) + ", "
                + DuckDb.literal(name.schema()) + ", " + DuckDb.literal(name.name()) + ", " + DuckDb.literal(text)
                + ")");
    }

    private void forgetView(Names name) throws SQLException {
        duckDb.run("DELETE FROM \"_SF\".\"META\".\"VIEWS\" WHERE DB = " + DuckDb.literal(name.database())
                + " AND SCH = " + DuckDb.literal(name.schema()) + " AND NAME = " + DuckDb.literal(name.name()));
    }

    private String drop(Execution execution, Session session, Script script, int type, String typeName)
            throws SQLException {
        boolean ifExists = script.at(type + 1).is("IF");
        int nameAt = ifExists ? type + 3 : type + 1;
        if (typeName.equals("DATABASE")) {
            String name = script.at(nameAt).text();
            if (duckDb.databases().contains(name)) {
                duckDb.dropDatabase(name);
            } else if (!ifExists) {
                throw new Refused(
                        "002003",
                        "02000",
                        "SQL compilation error:\nDatabase '" + name + "' does not exist or not authorized.");
            }
            return name + " successfully dropped.";
        }
        boolean schema = typeName.equals("SCHEMA");
        Names name = schema
                ? Names.read(script.tokens(), nameAt, null, session.database())
                : Names.read(script.tokens(), nameAt, session.database(), session.schema());
        boolean unqualified = Names.parts(script.tokens(), nameAt).size() == 1 && session.temporaryObjects();
        String target = unqualified && !schema ? Names.quote(name.name()) : name.render();
        if (typeName.equals("TABLE") && !unqualified) {
            moves.keep(name);
        }
        execute(
                execution,
                session,
                false,
                "DROP " + typeName + (ifExists ? " IF EXISTS " : " ") + target + (schema ? " CASCADE" : ""));
        if (typeName.equals("VIEW")) {
            forgetView(name);
        }
        return name.name() + " successfully dropped.";
    }

    private String alter(
            Execution execution, Session session, Script script, int type, String typeName, SessionContext context)
            throws SQLException {
        int nameAt = script.at(type + 1).is("IF") ? type + 3 : type + 1;
        Names name = Names.read(script.tokens(), nameAt, session.database(), session.schema());
        List<Token> action = script.tokens().subList(name.end(), script.tokens().size());
        Script rest = new Script(script.source(), action);
        boolean table = typeName.equals("TABLE") || typeName.equals("VIEW");
        Names governed = switch (typeName) {
            case "SCHEMA" -> {
                Names schema = Names.read(script.tokens(), nameAt, null, session.database());
                yield new Names(schema.schema(), "", schema.name(), schema.end());
            }
            case "DATABASE" -> new Names("", "", script.at(nameAt).text(), nameAt + 1);
            default -> name;
        };
        if (governance.alter(session, governed, typeName, rest)) {
            return SessionCommands.DONE;
        }
        if (table) {
            governance.touched(name, false, session.role());
        }
        if (table && rest.starts("SWAP", "WITH")) {
            Names other = Names.read(action, 2, session.database(), session.schema());
            moves.swap(name, other);
            governance.touched(other, false, session.role());
        } else if (table && rest.starts("RENAME", "TO")) {
            List<String> parts = Names.parts(action, 2);
            execute(
                    execution,
                    session,
                    false,
                    "ALTER " + typeName + " " + name.render() + " RENAME TO " + Names.quote(parts.getLast()));
        } else if (table && rest.starts("ADD") && !rest.contains("POLICY") && !rest.contains("CONSTRAINT")) {
            String columns = rest.at(1).is("COLUMN") ? "" : "COLUMN ";
            String text = new Translator(context)
                    .translate(new Script(script.source(), concat(List.of(Token.word("ALTER")), action)));
            execute(
                    execution,
                    session,
                    false,
                    "ALTER TABLE " + name.render() + " ADD " + columns + text.substring("ALTER ADD ".length()));
        } else if (table && (rest.starts("DROP", "COLUMN") || rest.starts("RENAME", "COLUMN"))) {
            execute(execution, session, false, "ALTER TABLE " + name.render() + " " + Calls.render(action));
        }
        return SessionCommands.DONE;
    }

    private static List<Token> concat(List<Token> first, List<Token> second) {
        List<Token> all = new java.util.ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Refused exists(String name) {
        return new Refused("002002", "42710", "SQL compilation error:\nObject '" + name + "' already exists.");
    }

    private void execute(Execution execution, Session session, boolean own, String sql) throws SQLException {
        try (Connections.Lease lease = connections.lease(session, own);
                Statement statement = lease.connection().createStatement()) {
            execution.running(statement);
            statement.execute(sql);
        } finally {
            execution.running(null);
        }
    }
}
