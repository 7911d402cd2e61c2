package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.SessionVariable;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** USE, SET, UNSET and transactions. */
final class SessionStatements {
    private SessionStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        switch (c.next().word()) {
            case "USE" -> use(draft);
            case "SET" -> set(draft);
            case "UNSET" -> unset(draft);
            case "BEGIN", "START" -> begin(draft);
            case "COMMIT" -> end(draft, StatementKind.COMMIT, "Commit");
            default -> end(draft, StatementKind.ROLLBACK, "Roll back");
        }
        StatementReader.end(c);
    }

    private static void begin(Draft draft) {
        Cursor c = draft.c;
        c.acceptAny("TRANSACTION", "WORK");
        if (c.accept("NAME")) {
            c.name();
        }
        draft.kind = StatementKind.BEGIN;
        draft.facts.effects.add(Effect.TRANSACTION);
        draft.after = draft.after.withTransaction(TransactionState.OPEN);
        draft.title = "Begin a transaction";
    }

    private static void end(Draft draft, StatementKind kind, String title) {
        draft.c.accept("WORK");
        draft.kind = kind;
        draft.facts.effects.add(Effect.TRANSACTION);
        draft.after = draft.after.withTransaction(TransactionState.NONE);
        draft.title = title;
    }

    private static void use(Draft draft) {
        Cursor c = draft.c;
        draft.facts.effects.add(Effect.SESSION);
        if (c.sees("SECONDARY", "ROLES")) {
            secondary(draft);
        } else if (c.sees("ROLE") && c.peek(1).isName()) {
            c.next();
            String role = draft.names.fold(name(c).getLast());
            draft.kind = StatementKind.USE_ROLE;
            draft.facts.object(new ObjectName("", "", role), ObjectKind.ROLE, Effect.SESSION, false);
            draft.after = draft.after.withRole(role);
            draft.title = "Use role " + role;
        } else if (c.sees("WAREHOUSE") && (c.peek(1).isName())) {
            c.next();
            String warehouse = draft.names.fold(name(c).getLast());
            draft.kind = StatementKind.USE_WAREHOUSE;
            draft.facts.object(new ObjectName("", "", warehouse), ObjectKind.WAREHOUSE, Effect.SESSION, false);
            draft.after = draft.after.withWarehouse(Optional.of(warehouse));
            draft.title = "Use warehouse " + warehouse;
        } else if (c.sees("SCHEMA") && c.peek(1).isName()) {
            c.next();
            schema(draft, name(c));
        } else {
            boolean database = c.sees("DATABASE") && c.peek(1).isName() && c.accept("DATABASE");
            List<Name> parts = name(c);
            if (!database && parts.size() == 2) {
                schema(draft, parts);
            } else {
                database(draft, parts);
            }
        }
    }

    private static List<Name> name(Cursor c) {
        return c.sees("IDENTIFIER", "(") ? dev.snowgate.sql.syntax.FromParser.identifier(c) : c.dotted();
    }

    private static void database(Draft draft, List<Name> parts) {
        String database = draft.names.fold(parts.getLast());
        draft.kind = StatementKind.USE_DATABASE;
        draft.facts.object(new ObjectName(database, "", ""), ObjectKind.DATABASE, Effect.SESSION, true);
        draft.after = draft.after.withNamespace(Optional.of(database), Optional.of("PUBLIC"));
        draft.title = "Use database " + database;
    }

    private static void schema(Draft draft, List<Name> parts) {
        ObjectName schema = draft.names.schemaName(parts);
        draft.kind = StatementKind.USE_SCHEMA;
        draft.facts.object(schema, ObjectKind.SCHEMA, Effect.SESSION, true);
        draft.after = draft.after.withNamespace(Optional.of(schema.database()), Optional.of(schema.schema()));
        draft.title = "Use schema " + schema.database() + "." + schema.schema();
    }

    private static void secondary(Draft draft) {
        Cursor c = draft.c;
        c.expect("SECONDARY", "ROLES");
        draft.kind = StatementKind.USE_SECONDARY_ROLES;
        Set<String> roles = new HashSet<>();
        if (c.accept("ALL")) {
            roles.add("ALL");
        } else if (!c.accept("NONE")) {
            do {
                roles.add(draft.names.fold(c.name()));
            } while (c.accept(","));
        }
        draft.after = draft.after.withSecondaryRoles(roles);
        draft.facts.flag(roles.isEmpty() ? "secondary-roles-none" : "secondary-roles");
        draft.title = roles.isEmpty() ? "Use no secondary roles" : "Use secondary roles " + String.join(", ", roles);
    }

    private static void set(Draft draft) {
        Cursor c = draft.c;
        List<String> names = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        if (c.accept("(")) {
            do {
                names.add(draft.names.fold(c.name()));
            } while (c.accept(","));
            c.expect(")", "=");
            Expr value = ExprParser.at(c).expression();
            if (value instanceof Expr.Operator tuple && tuple.name().equals("TUPLE")) {
                values.addAll(tuple.operands());
            } else {
                values.add(value);
            }
        } else {
            names.add(draft.names.fold(c.name()));
            c.expect("=");
            values.add(ExprParser.at(c).expression());
        }
        ExprLineage expressions =
                new ExprLineage(draft.queries, new Scope(draft.names, null), CommonTables.NONE, Map.of());
        List<Taint> taints = expressions.taints(values);
        Set<String> variables = new HashSet<>(draft.after.variables());
        for (int i = 0; i < names.size(); i++) {
            // one value for several names is a subquery with several columns: each may hold any of them
            Taint taint = taints.size() == names.size() ? taints.get(i) : Taint.of(taints);
            draft.variables.put(names.get(i), taint);
            draft.facts.writes.add(new WriteLineage(SessionVariable.column(names.get(i)), taint.origins()));
            variables.add(names.get(i));
        }
        draft.kind = StatementKind.SET;
        draft.facts.effects.add(Effect.SESSION);
        draft.after = draft.after.withOverlay(variables, draft.after.temporaryObjects());
        draft.title = "Set variable " + String.join(", ", names);
    }

    private static void unset(Draft draft) {
        Cursor c = draft.c;
        boolean list = c.accept("(");
        Set<String> variables = new HashSet<>(draft.after.variables());
        List<String> names = new ArrayList<>();
        do {
            names.add(draft.names.fold(c.name()));
        } while (c.accept(","));
        if (list) {
            c.expect(")");
        }
        names.forEach(name -> {
            variables.remove(name);
            draft.variables.remove(name);
        });
        draft.kind = StatementKind.UNSET;
        draft.facts.effects.add(Effect.SESSION);
        draft.after = draft.after.withOverlay(variables, draft.after.temporaryObjects());
        draft.title = "Unset variable " + String.join(", ", names);
    }
}
