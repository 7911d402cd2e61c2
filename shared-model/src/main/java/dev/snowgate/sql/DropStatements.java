package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import java.util.Locale;
import java.util.Optional;

/** DROP, UNDROP and COMMENT. */
final class DropStatements {
    private DropStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        String verb = c.next().word();
        if (verb.equals("COMMENT")) {
            c.accept("IF", "EXISTS");
            c.expect("ON");
        }
        draft.commits();
        draft.kind = switch (verb) {
            case "DROP" -> StatementKind.DROP;
            case "UNDROP" -> StatementKind.UNDROP;
            default -> StatementKind.COMMENT;
        };
        Effect effect = verb.equals("DROP") ? Effect.DROP : verb.equals("UNDROP") ? Effect.CREATE : Effect.ALTER;
        draft.facts.effects.add(effect);
        boolean column = verb.equals("COMMENT") && c.sees("COLUMN") && c.accept("COLUMN");
        Optional<ObjectTypes.Type> type = column ? Optional.empty() : ObjectTypes.acceptOrClass(c);
        if (type.isEmpty() && !column) {
            throw c.unsupported(verb + " " + c.peek().word(), "Name a catalogued kind of object.");
        }
        c.accept("IF", "EXISTS");
        var parts = new Targets(draft).name();
        boolean index = type.filter(t -> t.words().equals("INDEX")).isPresent();
        ObjectName name = type.isPresent() && !index
                ? type.get().name(parts, draft.names)
                : draft.names.object(parts.size() > 1 ? parts.subList(0, parts.size() - 1) : parts);
        Optional<CatalogObject> object = draft.names.find(name);
        ObjectKind kind = object.map(CatalogObject::kind)
                .orElse(type.map(ObjectTypes.Type::kind).orElse(ObjectKind.TABLE));
        // an index is a part of its table, as a column is
        draft.facts.object(
                name,
                kind,
                index ? Effect.ALTER : effect,
                object.isPresent() || name.name().isEmpty());
        type.ifPresent(t -> meaning(draft, t));
        if (type.filter(ObjectTypes.Type::isRoutine).isPresent()) {
            draft.routineChanged(name, kind, false);
        }
        if (verb.equals("DROP") && !index) {
            dropped(draft, type, name);
        } else if (verb.equals("UNDROP")) {
            undropped(draft, type, name);
        }
        StatementReader.skipRest(c);
        draft.title =
                verb.charAt(0) + verb.substring(1).toLowerCase(Locale.ROOT) + (verb.equals("COMMENT") ? " on " : " ")
                        + type.map(t -> t.words().toLowerCase(Locale.ROOT)).orElse("column of") + " " + name;
    }

    private static void meaning(Draft draft, ObjectTypes.Type type) {
        switch (type.meaning()) {
            case "privilege" -> draft.facts.effects.add(Effect.PRIVILEGE);
            case "cost" -> draft.facts.effects.add(Effect.COST);
            default -> {}
        }
    }

    /** Which object of that name comes back cannot be told where the session dropped a temporary one. */
    private static void undropped(Draft draft, Optional<ObjectTypes.Type> type, ObjectName name) {
        if (type.filter(ObjectTypes.Type::isNamespace).isPresent()) {
            draft.namespaceChanged();
        } else if (draft.after.overlay().dropped().contains(name.toString())) {
            draft.blind(name);
        }
    }

    private static void dropped(Draft draft, Optional<ObjectTypes.Type> type, ObjectName name) {
        if (type.filter(t -> t.kind() == ObjectKind.STAGE).isPresent()) {
            draft.dropped(Draft.temporaryStage(name));
        } else if (type.filter(t -> t.isTable() || t.isView()).isPresent() || !draft.isTemporary(name)) {
            draft.dropped(name);
        }
        if (type.filter(ObjectTypes.Type::isNamespace).isPresent()) {
            draft.namespaceChanged();
        }
        boolean database = name.schema().isEmpty()
                && name.name().isEmpty()
                && draft.after.database().filter(name.database()::equals).isPresent();
        boolean schema = name.name().isEmpty()
                && !name.schema().isEmpty()
                && draft.after.database().filter(name.database()::equals).isPresent()
                && draft.after.schema().filter(name.schema()::equals).isPresent();
        if (database) {
            draft.after = draft.after.withNamespace(Optional.empty(), Optional.empty());
        } else if (schema) {
            draft.after = draft.after.withNamespace(draft.after.database(), Optional.empty());
        }
        if (database || schema) {
            draft.facts.effects.add(Effect.SESSION);
        }
    }
}
