package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import java.util.List;
import java.util.Optional;

/** GRANT and REVOKE: decided by kind; the objects are collected for people and policies. */
final class GrantStatements {
    private GrantStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        boolean grant = c.next().is("GRANT");
        draft.kind = grant ? StatementKind.GRANT : StatementKind.REVOKE;
        draft.facts.effects.add(Effect.PRIVILEGE);
        String what = "";
        while (!c.atEnd()) {
            if (c.accept("ON")) {
                what = objects(draft);
            } else if (c.seesAny("TO", "FROM") && recipient(draft)) {
                continue;
            } else if (c.seesAny("ROLE") && c.peek(1).isName()) {
                c.next();
                do {
                    draft.facts.object(
                            new ObjectName("", "", draft.names.fold(c.dotted().getLast())),
                            ObjectKind.ROLE,
                            Effect.PRIVILEGE,
                            false);
                } while (c.sees(",") && c.peek(1).isName() && c.accept(","));
            } else {
                c.next();
            }
        }
        draft.commits();
        draft.title = (grant ? "Grant privileges" : "Revoke privileges") + (what.isEmpty() ? "" : " on " + what);
    }

    private static boolean recipient(Draft draft) {
        Cursor c = draft.c;
        c.next();
        if (c.sees("DATABASE", "ROLE") || c.sees("APPLICATION", "ROLE")) {
            c.next();
        }
        if (c.seesAny("ROLE", "USER", "SHARE", "APPLICATION") && c.peek(1).isName()) {
            boolean user = c.next().is("USER");
            draft.facts.object(
                    new ObjectName("", "", draft.names.fold(c.dotted().getLast())),
                    user ? ObjectKind.USER : ObjectKind.ROLE,
                    Effect.PRIVILEGE,
                    false);
            return true;
        }
        return false;
    }

    private static String objects(Draft draft) {
        Cursor c = draft.c;
        if (c.accept("ACCOUNT")) {
            draft.facts.object(new ObjectName("", "", "ACCOUNT"), ObjectKind.OTHER, Effect.PRIVILEGE, true);
            return "the account";
        }
        boolean many = c.acceptAny("ALL", "FUTURE");
        if (many) {
            ObjectTypes.acceptPlural(c);
            c.expect("IN");
            Optional<ObjectTypes.Type> container = ObjectTypes.accept(c);
            if (container.isEmpty()) {
                throw c.unexpected("SCHEMA or DATABASE");
            }
            ObjectName name = container.get().name(c.dotted(), draft.names);
            draft.facts.object(name, container.get().kind(), Effect.PRIVILEGE, true);
            return "all objects in " + name;
        }
        Optional<ObjectTypes.Type> type = ObjectTypes.accept(c);
        if (!c.peek().isName()) {
            return "";
        }
        List<Name> parts = c.dotted();
        ObjectName name = type.isPresent() ? type.get().name(parts, draft.names) : draft.names.object(parts);
        ObjectKind kind = type.map(ObjectTypes.Type::kind).orElse(ObjectKind.TABLE);
        draft.facts.object(name, kind, Effect.PRIVILEGE, draft.names.find(name).isPresent());
        if (c.sees("(")) {
            c.skipGroup();
        }
        return name.toString();
    }
}
