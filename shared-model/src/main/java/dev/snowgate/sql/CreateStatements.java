package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** CREATE of every kind of object. Queries and data that come with it are read; the rest is judged by kind and name. */
final class CreateStatements {
    private static final Set<String> MODIFIERS =
            Set.of("LOCAL", "GLOBAL", "TEMP", "TEMPORARY", "VOLATILE", "TRANSIENT", "SECURE", "RECURSIVE");
    private static final Set<String> BIND_STAGES = Set.of("SYSTEM$BIND", "SYSTEMBIND", "SNOWPARK_TEMP_STAGE_BIND");

    private final Draft draft;
    private final Cursor c;
    private boolean temporary;
    private boolean replace;

    private CreateStatements(Draft draft) {
        this.draft = draft;
        this.c = draft.c;
    }

    static void read(Draft draft) {
        new CreateStatements(draft).read();
    }

    private void read() {
        boolean orAlter = false;
        if (c.accept("DEFINE")) {
            // as CREATE OR ALTER, in the files of a project
            orAlter = true;
            draft.facts.flag("define");
        } else {
            c.expect("CREATE");
        }
        if (c.accept("OR")) {
            replace = c.sees("REPLACE");
            orAlter = c.sees("ALTER");
            if (!c.acceptAny("REPLACE", "ALTER")) {
                throw c.unexpected("REPLACE or ALTER");
            }
        }
        while (MODIFIERS.contains(c.peek().word()) || c.sees("READ", "ONLY")) {
            if (c.accept("READ", "ONLY")) {
                continue;
            }
            String word = c.next().word();
            temporary |= word.startsWith("TEMP") || word.equals("VOLATILE");
        }
        Optional<ObjectTypes.Type> found = ObjectTypes.acceptOrClass(c);
        if (found.isEmpty()) {
            throw c.unsupported(
                    "CREATE " + c.peek().word(), "Create tables, views or other catalogued kinds of objects.");
        }
        ObjectTypes.Type type = found.get();
        boolean ifNotExists = c.accept("IF", "NOT", "EXISTS");
        draft.facts.effects.add(Effect.CREATE);
        if (replace) {
            draft.facts.flag("or-replace");
        }
        meaning(type);
        if ((type.isTable() || type.isView()) && (!c.peek().isName() || c.seesReserved())) {
            throw c.unexpected("a name");
        }
        if (!c.peek().isName() || type.words().equals("JOB SERVICE")) {
            nameless(type);
            return;
        }
        ObjectName name = type.name(new Targets(draft).name(), draft.names);
        boolean exists = draft.names.find(name).isPresent();
        draft.facts.object(name, type.kind(), replace && exists ? Effect.DROP : Effect.CREATE, exists);
        draft.facts.effects.add(Effect.CREATE);
        if (replace && exists) {
            draft.facts.object(name, type.kind(), Effect.CREATE, true);
        }
        draft.commits();
        draft.title = "Create " + type.words().toLowerCase(Locale.ROOT) + " " + name;
        body(type, name, new CreatedObject(draft, name, temporary, ifNotExists, orAlter));
    }

    private void meaning(ObjectTypes.Type type) {
        switch (type.meaning()) {
            case "privilege" -> draft.facts.effects.add(Effect.PRIVILEGE);
            case "code" -> draft.facts.effects.add(Effect.CODE);
            case "cost" -> draft.facts.effects.add(Effect.COST);
            case "external" -> draft.facts.effects.add(Effect.EXTERNAL_CALL);
            default -> {}
        }
    }

    private void nameless(ObjectTypes.Type type) {
        draft.kind = StatementKind.CREATE_OTHER;
        draft.title = "Create " + type.words().toLowerCase(Locale.ROOT);
        StatementReader.skipRest(c);
    }

    private void body(ObjectTypes.Type type, ObjectName name, CreatedObject created) {
        CreateTables tables = new CreateTables(draft, type, name, created);
        if (type.words().endsWith("DYNAMIC TABLE") || type.words().equals("DYNAMIC ICEBERG TABLE")) {
            tables.dynamic();
        } else if (type.isTable()) {
            tables.table();
        } else if (type.isView()) {
            tables.view();
        } else {
            other(type, name, tables);
        }
    }

    private void other(ObjectTypes.Type type, ObjectName name, CreateTables tables) {
        if (temporary && type.kind() == ObjectKind.STAGE) {
            draft.blind(Draft.temporaryStage(name));
        }
        if (replace && type.isNamespace()) {
            draft.namespaceChanged();
        }
        draft.kind = type.kind() == ObjectKind.STAGE
                ? StatementKind.CREATE_STAGE
                : type.kind() == ObjectKind.USER || type.kind() == ObjectKind.ROLE
                        ? StatementKind.CREATE_USER_OR_ROLE
                        : StatementKind.CREATE_OTHER;
        if (type.kind() == ObjectKind.STAGE && BIND_STAGES.contains(name.name().toUpperCase(Locale.ROOT))) {
            draft.facts.flag("bind-stage");
        }
        namespace(type, name);
        if (type.isRoutine()) {
            draft.routineChanged(name, type.kind(), temporary);
        }
        if (type.words().startsWith("SNOWFLAKE.")) {
            StoredStatements.instance(draft, type);
            return;
        }
        if (type.words().equals("PROCEDURE") || type.words().equals("FUNCTION")) {
            Routines.create(draft, name, type.words().equals("FUNCTION"));
            return;
        }
        if (CreateTables.find(c, "CLONE") >= 0) {
            tables.cloned();
            return;
        }
        while (!c.atEnd()) {
            Token token = c.next();
            boolean source = token.is("ON")
                    && (c.seesAny("TABLE", "VIEW", "DYNAMIC", "EXTERNAL", "STREAM")
                            || type.kind() == ObjectKind.STREAM);
            if (source) {
                Optional<ObjectTypes.Type> of = ObjectTypes.accept(c);
                if (c.peek().isName()) {
                    List<Name> parts = c.dotted();
                    ObjectName on = draft.names.object(parts);
                    draft.facts.object(
                            on,
                            of.map(ObjectTypes.Type::kind).orElse(ObjectKind.TABLE),
                            Effect.READ,
                            draft.names.find(on).isPresent());
                }
            } else if (token.is("AS") && (c.sees("(", "SELECT") || c.sees("(", "WITH"))) {
                // the query of a search service
                StoredStatements.embedded(draft);
            } else if ((token.is("AS") || type.words().equals("ALERT") && token.is("THEN"))
                    && StoredStatements.starts(c)) {
                StoredStatements.embedded(draft);
            } else if (token.is("AS") && type.words().equals("TASK") && c.peek().isText()) {
                StoredStatements.literal(draft);
            } else if (token.is("(") && c.seesAny("SELECT", "WITH")) {
                StoredStatements.query(draft, type, name);
            } else if (token.is("FROM") && c.acceptAny("BACKUP", "SNAPSHOT") && c.accept("SET")) {
                TableSources.backup(draft, name);
            } else if (token.is("FOR") && type.words().endsWith(" SET") && c.seesAny("TABLE", "SCHEMA", "DATABASE")) {
                TableSources.backedUp(draft);
            } else if (type.words().equals("SEMANTIC VIEW") && token.is("TABLES") && c.sees("(")) {
                SemanticTables.read(draft);
            } else if (type.words().equals("INDEX") && token.is("ON")) {
                ObjectName table = draft.names.object(c.dotted());
                draft.facts.object(
                        table,
                        ObjectKind.TABLE,
                        Effect.ALTER,
                        draft.names.find(table).isPresent());
            } else if (type.words().equals("ALERT") && token.is("IF") && c.sees("(", "EXISTS", "(")) {
                StoredStatements.condition(draft);
            } else if (token.is("AS")
                    && type.words().equals("TASK")
                    && !c.peek().isText()
                    && !c.seesAny("EXECUTE", "ALTER", "DROP", "BEGIN", "DECLARE", "USER", "OWNER", "CALLER")) {
                throw c.unexpected("the statement of the task");
            }
        }
    }

    /** CREATE DATABASE and SCHEMA change the current namespace. */
    private void namespace(ObjectTypes.Type type, ObjectName name) {
        if (type.words().equals("DATABASE")) {
            draft.after = draft.after.withNamespace(Optional.of(name.database()), Optional.of("PUBLIC"));
            draft.facts.effects.add(Effect.SESSION);
        } else if (type.words().equals("SCHEMA")) {
            draft.after = draft.after.withNamespace(Optional.of(name.database()), Optional.of(name.schema()));
            draft.facts.effects.add(Effect.SESSION);
        }
    }
}
