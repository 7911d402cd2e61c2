package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** ALTER of every kind of object, and ALTER SESSION. */
final class AlterStatements {
    private final Draft draft;
    private final Cursor c;

    private AlterStatements(Draft draft) {
        this.draft = draft;
        this.c = draft.c;
    }

    static void read(Draft draft) {
        new AlterStatements(draft).read();
    }

    private void read() {
        c.expect("ALTER");
        if (c.accept("SESSION")) {
            session();
            return;
        }
        Optional<ObjectTypes.Type> found = ObjectTypes.accept(c);
        if (found.isEmpty()) {
            throw c.unsupported(
                    "ALTER " + c.peek().word(), "Alter tables, views or other catalogued kinds of objects.");
        }
        ObjectTypes.Type type = found.get();
        draft.kind = kind(type);
        draft.facts.effects.add(Effect.ALTER);
        meaning(type);
        c.accept("IF", "EXISTS");
        ObjectName name = new ObjectName("", "", type.words());
        if (type.words().equals("ACCOUNT")) {
            draft.facts.object(name, ObjectKind.OTHER, Effect.PRIVILEGE, true);
        } else if (c.peek().isName()
                && !(c.seesAny("SET", "UNSET") && !c.peek(1).is("SET"))) {
            name = type.name(new Targets(draft).name(), draft.names);
            draft.facts.object(
                    name,
                    type.kind(),
                    Effect.ALTER,
                    draft.names.find(name).isPresent() || name.name().isEmpty());
        }
        draft.commits();
        draft.title = "Alter " + type.words().toLowerCase(Locale.ROOT) + " " + name;
        Optional<TemporaryColumns> followed =
                type.isTable() && draft.isTemporary(name) ? TemporaryColumns.changed(draft, name) : Optional.empty();
        if (type.isRoutine() && !name.name().isEmpty()) {
            draft.routineChanged(name, type.kind(), false);
        }
        actions(type, name);
        if (followed.isPresent()) {
            followed.get().apply(draft, name);
        }
    }

    private static StatementKind kind(ObjectTypes.Type type) {
        if (type.isTable()) {
            return StatementKind.ALTER_TABLE;
        }
        if (type.isView()) {
            return StatementKind.ALTER_VIEW;
        }
        return switch (type.words()) {
            case "ACCOUNT" -> StatementKind.ALTER_ACCOUNT;
            case "USER" -> StatementKind.ALTER_USER;
            default -> StatementKind.ALTER_OTHER;
        };
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

    private void actions(ObjectTypes.Type type, ObjectName name) {
        boolean renamed = false;
        while (!c.atEnd()) {
            Token token = c.next();
            if (token.is("SWAP") && c.sees("WITH")) {
                c.next();
                swap(type, name);
            } else if (token.is("RENAME") && c.sees("COLUMN")) {
                c.next();
                renameColumn(name);
            } else if (token.is("AS") && holdsRows(type) && !c.seesAny("SELECT", "WITH", "IDENTITY")) {
                throw c.unsupported("virtual column", ColumnDefinitions.NO_VIRTUAL_COLUMNS);
            } else if (token.is("REPLICATION") || token.is("FAILOVER")) {
                // what is replicated is read in another account
                draft.facts.effects.add(Effect.PRIVILEGE);
            } else if (token.is("RENAME") && c.sees("TO")) {
                c.next();
                rename(type, name);
                renamed = true;
            } else if (token.is("POLICY")
                    || token.is("POLICIES")
                    || token.is("TAG")
                    || token.is("OWNERSHIP")
                    || token.is("AGGREGATION")) {
                draft.facts.effects.add(Effect.PRIVILEGE);
                draft.facts.flag("policy-change");
            } else if (token.is("DROP") && type.isTable()) {
                draft.facts.flag("drop-column");
            } else if (token.is("AS") && c.seesAny("SELECT", "WITH")) {
                Draft inner =
                        new Draft(c, draft.names, QueryLineage.NONE, draft.variables, draft.reading, draft.overlay);
                StatementReader.read(inner);
                draft.facts.adopt(inner.facts);
                inner.output.forEach(column -> draft.facts.writes.add(
                        new WriteLineage(new ColumnName(name, column.name()), column.origins())));
            } else if ((token.is("AS") || token.is("ACTION")) && StoredStatements.starts(c)) {
                StoredStatements.embedded(draft);
            } else if (token.is("AS") && type.words().equals("TASK") && c.peek().isText()) {
                StoredStatements.literal(draft);
            } else if (token.is("(") && c.seesAny("SELECT", "WITH")) {
                StoredStatements.query(draft, type, name);
            } else if (token.is("CONDITION") && c.sees("EXISTS", "(")) {
                StoredStatements.exists(draft);
            }
        }
        if (!renamed
                && !name.name().isEmpty()
                && (type.isTable() || type.isView())
                && draft.names.find(name).isPresent()) {
            draft.facts.flag("columns-may-change");
            draft.altered(name);
        } else if (!renamed && draft.isTemporary(name) && (type.isTable() || type.isView())) {
            draft.blind(name);
        }
        if (name.name().isEmpty() && type.isNamespace()) {
            draft.namespaceChanged();
        }
    }

    private void swap(ObjectTypes.Type type, ObjectName name) {
        ObjectName other = type.name(new Targets(draft).name(), draft.names);
        draft.facts.object(
                other, type.kind(), Effect.ALTER, draft.names.find(other).isPresent());
        draft.facts.flag("swap");
        moved(type, name, other);
        moved(type, other, name);
        if (draft.isTemporary(name) || draft.isTemporary(other)) {
            draft.blind(name);
            draft.blind(other);
            return;
        }
        draft.dropped(name);
        draft.dropped(other);
    }

    private void rename(ObjectTypes.Type type, ObjectName name) {
        List<Name> parts = new Targets(draft).name();
        ObjectName to = type.name(parts, draft.names);
        draft.facts.object(to, type.kind(), Effect.CREATE, false);
        draft.facts.flag("rename");
        moved(type, name, to);
        if (type.isRoutine()) {
            draft.routineChanged(to, type.kind(), false);
            return;
        }
        if (draft.isTemporary(name)) {
            draft.renamed(name, to);
            return;
        }
        draft.dropped(name);
        if (!draft.isTemporary(to)) {
            draft.dropped(to);
        }
    }

    /** Columns of an external table are expressions over its files, whatever their names. */
    private static boolean holdsRows(ObjectTypes.Type type) {
        return type.isTable()
                && !type.words().contains("EXTERNAL")
                && !type.words().contains("DYNAMIC");
    }

    /** The values lie under another name, which no mark names. */
    private void renameColumn(ObjectName name) {
        String from = draft.names.fold(c.name());
        c.expect("TO");
        String to = draft.names.fold(c.name());
        draft.facts.flag("rename");
        draft.facts.writes.add(
                new WriteLineage(new ColumnName(name, to), java.util.Set.of(new ColumnName(name, from))));
    }

    private void moved(ObjectTypes.Type type, ObjectName from, ObjectName to) {
        if (type.isNamespace()) {
            MovedNamespace.write(draft, from, to);
            return;
        }
        Optional<CatalogObject> object = draft.names.find(from);
        if (object.isEmpty()) {
            return;
        }
        for (CatalogColumn column : object.get().columns()) {
            draft.facts.writes.add(new WriteLineage(
                    new ColumnName(to, column.name()), java.util.Set.of(new ColumnName(from, column.name()))));
        }
    }

    private void session() {
        draft.kind = StatementKind.ALTER_SESSION;
        draft.facts.effects.add(Effect.SESSION);
        SortedMap<String, String> parameters = new TreeMap<>(draft.after.parameters());
        boolean set = c.sees("SET");
        if (!c.acceptAny("SET", "UNSET")) {
            throw c.unexpected("SET or UNSET");
        }
        StringBuilder names = new StringBuilder();
        while (!c.atEnd()) {
            String parameter = c.name().value().toUpperCase(Locale.ROOT);
            names.append(names.isEmpty() ? "" : ", ").append(parameter);
            draft.facts.flag("parameter:" + parameter);
            if (set) {
                c.expect("=");
                boolean minus = c.accept("-");
                Token value = c.next();
                if (!value.isLiteral() && value.type() != Token.Type.WORD) {
                    c.back(c.position() - 1);
                    throw c.unexpected("a literal");
                }
                if (parameter.endsWith("_INPUT_FORMAT") && !FailingCalls.isPlainFormat(value.content())) {
                    // conversions would compare values with what it holds
                    throw c.unsupported(
                            "input format with a text in it", "Write a format of date and time parts only.");
                }
                parameters.put(parameter, (minus ? "-" : "") + value.content());
            } else {
                parameters.remove(parameter);
            }
            c.accept(",");
        }
        draft.after = draft.after.withParameters(parameters);
        if (parameters.containsKey("SEARCH_PATH")
                || draft.names.context().parameters().containsKey("SEARCH_PATH")) {
            searchPath(parameters.getOrDefault("SEARCH_PATH", ""));
        }
        draft.title = (set ? "Set session parameter " : "Unset session parameter ") + names;
    }

    private void searchPath(String path) {
        List<String> schemas = path.isBlank() ? List.of() : List.of(path.split("\\s*,\\s*"));
        draft.after = draft.after.withSearchPath(schemas);
    }
}
