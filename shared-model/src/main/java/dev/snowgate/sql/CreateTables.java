package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What follows the name in CREATE TABLE, VIEW and DYNAMIC TABLE: columns, a query, a template, or another object to copy. */
final class CreateTables {
    private final Draft draft;
    private final Cursor c;
    private final ObjectTypes.Type type;
    private final ObjectName name;
    private final CreatedObject created;

    CreateTables(Draft draft, ObjectTypes.Type type, ObjectName name, CreatedObject created) {
        this.draft = draft;
        this.c = draft.c;
        this.type = type;
        this.name = name;
        this.created = created;
    }

    void dynamic() {
        if (find(c, "AS") < 0 && find(c, "CLONE") >= 0) {
            draft.kind = StatementKind.CREATE_TABLE;
            cloned();
            return;
        }
        draft.kind = StatementKind.CREATE_TABLE_AS;
        asQuery(List.of(), true);
    }

    void view() {
        draft.kind = StatementKind.CREATE_VIEW;
        asQuery(c.sees("(") ? ColumnDefinitions.names(draft) : List.of(), true);
    }

    void table() {
        draft.kind = StatementKind.CREATE_TABLE;
        boolean listed = c.sees("(");
        List<String> columns = !listed
                ? List.of()
                : type.words().contains("EXTERNAL") ? ColumnDefinitions.names(draft) : ColumnDefinitions.stored(draft);
        if ((listed || !c.seesAny("CLONE", "LIKE", "BACKUP")) && find(c, "AS") >= 0) {
            draft.kind = StatementKind.CREATE_TABLE_AS;
            asQuery(columns, false);
        } else if (find(c, "CLONE") >= 0) {
            cloned();
        } else if (c.accept("LIKE")) {
            like();
        } else if (find(c, "TEMPLATE") >= 0) {
            template();
        } else if (!listed && find(c, "FROM") >= 0) {
            TableSources.read(draft, type, name, find(c, "FROM"));
            created.mayBeMade();
        } else {
            refuseQueries();
            List<CatalogColumn> plain = columns.stream()
                    .map(column -> new CatalogColumn(column, "VARIANT", true, Optional.empty()))
                    .toList();
            created.made(
                    new CatalogObject(name, type.kind(), plain, Optional.empty(), created.tags(), Instant.EPOCH),
                    CreatedObject.own(name, plain));
        }
    }

    /** {@code CLONE other}, of any kind of object. */
    void cloned() {
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
        object.ifPresentOrElse(this::clonedFrom, created::madeUnknown);
        if (type.isNamespace()) {
            MovedNamespace.write(draft, source, name);
            draft.namespaceChanged();
        }
        if (c.seesAny("AT", "BEFORE")) {
            draft.facts.flag("time-travel");
            // it has the columns that the source had then, which need not be those of today
            created.mayBeMade();
        }
        StatementReader.skipRest(c);
    }

    private void clonedFrom(CatalogObject source) {
        Rows made = draft.overlay.get(source.name());
        List<Rows.Column> columns = made != null ? made.columns() : CreatedObject.own(source.name(), source.columns());
        columns.forEach(column -> new Targets(draft).write(name, column.name(), column.taint()));
        created.made(created.copyOf(source), columns);
    }

    private void like() {
        ObjectName source = draft.names.lookup(new Targets(draft).name());
        Optional<CatalogObject> object = draft.names.find(source);
        draft.facts.object(source, ObjectKind.TABLE, Effect.METADATA, object.isPresent());
        object.ifPresentOrElse(created::like, created::madeUnknown);
        StatementReader.skipRest(c);
    }

    /** The columns of the table are the answer of a query, mostly of the columns that files have. */
    private void template() {
        while (!c.accept("TEMPLATE")) {
            c.next();
        }
        c.expect("(");
        Query query = QueryParser.at(c).query();
        c.expect(")");
        StatementReader.skipRest(c);
        for (Rows.Column column : draft.queries.query(query, null, CommonTables.NONE)) {
            if (draft.facts.touchesProtected(column.taint())) {
                throw new SyntaxProblem(
                        "CREATE TABLE with a template of protected values",
                        "Protected values would become the names of columns.",
                        "Make the template of INFER_SCHEMA only.",
                        query.at());
            }
        }
        draft.facts.flag("template");
        created.mayBeMade();
    }

    private void asQuery(List<String> listed, boolean stored) {
        int as = find(c, "AS");
        if (as < 0) {
            throw c.unexpected("AS and a query");
        }
        for (int i = 0; i < as; i++) {
            if (c.seesAny("SELECT", "CLONE")) {
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
            created.mayBeMade();
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            new Targets(draft)
                    .write(name, columnName(i, listed, columns), columns.get(i).taint());
        }
        // the overlay keeps what the query revealed, as a table whose columns carry the protection of their origins
        created.made(
                new Targets(draft).made(name, ObjectKind.TABLE, columns, listed, Optional.empty(), created.temporary()),
                Rows.of(columns).renamed(listed).columns());
    }

    private static String columnName(int i, List<String> listed, List<Rows.Column> columns) {
        if (i < listed.size()) {
            return listed.get(i);
        }
        String own = columns.get(i).name();
        return own.isEmpty() ? "$" + (i + 1) : own;
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

    /**
     * Tokens until a word of this level of brackets; AS counts only before a query.
     *
     * @return 0 for the next token, -1 if the word does not follow
     */
    static int find(Cursor c, String word) {
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
}
