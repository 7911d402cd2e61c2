package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.SyntaxProblem;
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
    private boolean orAlter;
    private boolean ifNotExists;

    private CreateStatements(Draft draft) {
        this.draft = draft;
        this.c = draft.c;
    }

    static void read(Draft draft) {
        new CreateStatements(draft).read();
    }

    private void read() {
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
        ifNotExists = c.accept("IF", "NOT", "EXISTS");
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
        body(type, name);
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

    private void body(ObjectTypes.Type type, ObjectName name) {
        if (type.words().endsWith("DYNAMIC TABLE") || type.words().equals("DYNAMIC ICEBERG TABLE")) {
            if (find("AS") < 0 && find("CLONE") >= 0) {
                draft.kind = StatementKind.CREATE_TABLE;
                clone(type, name);
                return;
            }
            draft.kind = StatementKind.CREATE_TABLE_AS;
            asQuery(type, name, List.of(), true);
        } else if (type.isTable()) {
            table(type, name);
        } else if (type.isView()) {
            draft.kind = StatementKind.CREATE_VIEW;
            List<String> columns = c.sees("(") ? ColumnDefinitions.names(draft) : List.of();
            asQuery(type, name, columns, true);
        } else {
            other(type, name);
        }
    }

    private void table(ObjectTypes.Type type, ObjectName name) {
        draft.kind = StatementKind.CREATE_TABLE;
        List<String> columns = List.of();
        boolean listed = c.sees("(");
        if (listed) {
            columns = ColumnDefinitions.names(draft);
        }
        if (listed || !c.seesAny("CLONE", "LIKE", "BACKUP")) {
            int as = find("AS");
            if (as >= 0) {
                draft.kind = StatementKind.CREATE_TABLE_AS;
                asQuery(type, name, columns, false);
                return;
            }
        }
        if (c.seesAny("CLONE") || find("CLONE") >= 0) {
            clone(type, name);
            return;
        }
        if (c.accept("LIKE")) {
            ObjectName source = draft.names.lookup(new Targets(draft).name());
            draft.facts.object(
                    source,
                    ObjectKind.TABLE,
                    Effect.METADATA,
                    draft.names.find(source).isPresent());
            draft.names
                    .find(source)
                    .ifPresentOrElse(o -> made(copy(o, name), own(name, o.columns())), () -> madeUnknown(name));
            StatementReader.skipRest(c);
            return;
        }
        if (c.sees("USING", "TEMPLATE") || find("TEMPLATE") >= 0) {
            template(name);
            return;
        }
        if (!listed && find("FROM") >= 0) {
            TableSources.read(draft, type, name, find("FROM"));
            draft.mayBeCreated(name, temporary);
            return;
        }
        refuseQueries();
        List<CatalogColumn> plain = plain(columns);
        made(
                new CatalogObject(name, type.kind(), plain, Optional.empty(), tags(), java.time.Instant.EPOCH),
                own(name, plain));
    }

    /**
     * What the name means after the statement. With IF NOT EXISTS nothing is made where the name is taken; whether a hidden object
     * counts as taken is not said.
     */
    private void made(CatalogObject object, List<Rows.Column> columns) {
        boolean exists = draft.names.find(object.name()).isPresent();
        if (ifNotExists && draft.isTemporary(object.name())) {
            return;
        }
        boolean certain = !ifNotExists && !orAlter || ifNotExists && temporary && !exists;
        if (certain) {
            draft.created(object, columns, temporary);
        } else if (exists && orAlter) {
            draft.facts.flag("columns-may-change");
            draft.altered(object.name());
        } else if (!exists || temporary) {
            draft.mayBeCreated(object.name(), temporary);
        }
    }

    private void madeUnknown(ObjectName name) {
        if (temporary) {
            draft.blind(name);
        }
    }

    /** The columns of the table are the answer of a query, mostly of the columns that files have. */
    private void template(ObjectName name) {
        while (!c.accept("TEMPLATE")) {
            c.next();
        }
        c.expect("(");
        Query query = QueryParser.at(c).query();
        c.expect(")");
        StatementReader.skipRest(c);
        List<Rows.Column> columns = draft.queries.query(query, null, CommonTables.NONE);
        for (Rows.Column column : columns) {
            if (draft.facts.touchesProtected(column.taint())) {
                throw new SyntaxProblem(
                        "CREATE TABLE with a template of protected values",
                        "Protected values would become the names of columns.",
                        "Make the template of INFER_SCHEMA only.",
                        query.at());
            }
        }
        draft.facts.flag("template");
        draft.mayBeCreated(name, temporary);
    }

    private Set<String> tags() {
        return temporary ? Set.of("temporary") : Set.of();
    }

    private static List<CatalogColumn> plain(List<String> names) {
        return names.stream()
                .map(n -> new CatalogColumn(n, "VARIANT", true, Optional.empty()))
                .toList();
    }

    private static List<Rows.Column> own(ObjectName name, List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> FromLineage.bare(new ColumnName(name, column.name())))
                .toList();
    }

    private CatalogObject copy(CatalogObject source, ObjectName name) {
        return new CatalogObject(name, source.kind(), source.columns(), source.definition(), tags(), source.seenAt());
    }

    /** The rest of the statement may hold no query that nobody read. */
    private void refuseQueries() {
        while (!c.atEnd()) {
            if (c.seesAny("SELECT", "FROM", "CLONE", "TEMPLATE")) {
                throw c.unsupported(
                        "CREATE with " + c.peek().word(), "Use CREATE TABLE … AS SELECT or a list of columns.");
            }
            c.next();
        }
    }

    private int find(String word) {
        for (int i = 0; c.peek(i).type() != Token.Type.END; i++) {
            if (c.peek(i).is("(")) {
                i = c.partnerOf(i);
            } else if (c.peek(i).is(word)
                    && (!word.equals("AS")
                            || c.peek(i + 1).is("SELECT")
                            || c.peek(i + 1).is("WITH")
                            || c.peek(i + 1).is("("))) {
                return i;
            }
        }
        return -1;
    }

    private void asQuery(ObjectTypes.Type type, ObjectName name, List<String> listed, boolean stored) {
        int as = find("AS");
        if (as < 0) {
            throw c.unexpected("AS and a query");
        }
        for (int i = 0; i < as; i++) {
            if (c.peek().is("SELECT") || c.peek().is("CLONE")) {
                throw c.unexpected("AS and a query");
            }
            c.next();
        }
        c.expect("AS");
        List<Rows.Column> columns = QueryStatements.columns(draft);
        if (c.sees("WITH") && c.peek(1).is("NO")) {
            StatementReader.skipRest(c);
        }
        StatementReader.end(c);
        if (!stored) {
            draft.facts.effects.add(Effect.WRITE);
        }
        if (Rows.hasRest(columns)) {
            new Targets(draft).writesUnknown(name, listed, columns);
            draft.mayBeCreated(name, temporary);
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            String column = i < listed.size()
                    ? listed.get(i)
                    : columns.get(i).name().isEmpty()
                            ? "$" + (i + 1)
                            : columns.get(i).name();
            new Targets(draft).write(name, column, columns.get(i).taint());
        }
        // the overlay keeps what the query revealed, as a table whose columns carry the protection of their origins
        made(
                new Targets(draft).made(name, ObjectKind.TABLE, columns, listed, Optional.empty(), temporary),
                Rows.of(columns).renamed(listed).columns());
    }

    private void clone(ObjectTypes.Type type, ObjectName name) {
        while (!c.sees("CLONE")) {
            c.next();
        }
        c.expect("CLONE");
        draft.facts.flag("clone");
        ObjectName source = type.name(new Targets(draft).name(), draft.names);
        Optional<CatalogObject> object = draft.names.find(source);
        draft.facts.object(
                source,
                type.kind(),
                Effect.READ,
                object.isPresent() || source.name().isEmpty());
        draft.facts.effects.add(Effect.WRITE);
        object.ifPresentOrElse(o -> cloned(o, name), () -> madeUnknown(name));
        if (type.isNamespace()) {
            MovedNamespace.write(draft, source, name);
            draft.namespaceChanged();
        }
        if (c.seesAny("AT", "BEFORE")) {
            draft.facts.flag("time-travel");
        }
        StatementReader.skipRest(c);
    }

    private void cloned(CatalogObject source, ObjectName name) {
        Rows made = draft.overlay.get(source.name());
        List<Rows.Column> columns = made != null ? made.columns() : own(source.name(), source.columns());
        columns.forEach(column -> new Targets(draft).write(name, column.name(), column.taint()));
        made(copy(source, name), columns);
    }

    private void other(ObjectTypes.Type type, ObjectName name) {
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
        if (type.words().startsWith("SNOWFLAKE.")) {
            StoredStatements.instance(draft, type);
            return;
        }
        if (type.words().equals("PROCEDURE") || type.words().equals("FUNCTION")) {
            Routines.create(draft, name, type.words().equals("FUNCTION"));
            return;
        }
        if (find("CLONE") >= 0) {
            clone(type, name);
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
