package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import java.util.List;
import java.util.Map;

/** CREATE TABLE … FROM: out of an archive, a backup, or a table that features are served from. */
final class TableSources {
    private TableSources() {}

    /** Takes the rest of the statement, whose FROM is {@code from} tokens ahead. */
    static void read(Draft draft, ObjectTypes.Type type, ObjectName name, int from) {
        Cursor c = draft.c;
        plain(c, c.position() + from);
        c.expect("FROM");
        if (c.accept("BACKUP", "SET") || c.accept("SNAPSHOT", "SET")) {
            backup(draft, name);
        } else if (c.accept("ARCHIVE", "OF") || type.words().equals("ONLINE FEATURE TABLE")) {
            table(draft, name);
        } else {
            throw c.unsupported("CREATE with FROM", "Use CREATE TABLE … AS SELECT or a list of columns.");
        }
        plain(c, Integer.MAX_VALUE);
    }

    /** Takes the name of a set of backups: what they hold is not known, and lies in the new object. */
    static void backup(Draft draft, ObjectName name) {
        ObjectName set = draft.names.object(new Targets(draft).name());
        draft.facts.object(set, ObjectKind.OTHER, Effect.READ, false);
        draft.facts.effects.add(Effect.WRITE);
        new Targets(draft).writesUnknown(name, List.of(), List.of(new Rows.Column(Rows.REST, Taint.UNKNOWN)));
    }

    /** Takes the object of which backups are kept: they are copies of it. */
    static void backedUp(Draft draft) {
        ObjectTypes.accept(draft.c).ifPresent(type -> {
            ObjectName object = type.name(new Targets(draft).name(), draft.names);
            draft.facts.object(
                    object,
                    type.kind(),
                    Effect.READ,
                    object.name().isEmpty() || draft.names.find(object).isPresent());
        });
    }

    private static void table(Draft draft, ObjectName name) {
        Cursor c = draft.c;
        List<Name> parts = new Targets(draft).name();
        draft.facts.effects.add(Effect.WRITE);
        Rows rows = draft.queries.views().table(parts, draft.queries);
        if (c.accept("AS") || c.peek().isName() && !c.sees("WHERE")) {
            rows = rows.named(draft.names.fold(c.name()));
        }
        if (c.accept("WHERE")) {
            Scope scope = new Scope(draft.names, null);
            scope.add(rows);
            new ExprLineage(draft.queries, scope, CommonTables.NONE, Map.of())
                    .predicate(ExprParser.at(c).expression());
        }
        if (Rows.hasRest(rows.columns())) {
            new Targets(draft).writesUnknown(name, List.of(), rows.columns());
            return;
        }
        rows.columns().forEach(column -> new Targets(draft).write(name, column.name(), column.taint()));
    }

    /** Options up to there, which hold no query. */
    private static void plain(Cursor c, int end) {
        while (!c.atEnd() && c.position() < end) {
            if (c.seesAny("SELECT", "CLONE")) {
                throw c.unexpected("FROM and a table");
            }
            c.next();
        }
    }
}
