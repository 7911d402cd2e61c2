package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.ExprParser;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SHOW, DESCRIBE and EXPLAIN. */
final class MetadataStatements {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("COLUMNS", "columns"),
            Map.entry("PRIMARY", "columns"),
            Map.entry("IMPORTED", "columns"),
            Map.entry("EXPORTED", "columns"),
            Map.entry("UNIQUE", "columns"),
            Map.entry("CONSTRAINTS", "columns"),
            Map.entry("GRANTS", "grants"),
            Map.entry("FUTURE", "grants"),
            Map.entry("ROLES", "grants"),
            Map.entry("USERS", "users"),
            Map.entry("PARAMETERS", "parameters"),
            Map.entry("VARIABLES", "history"),
            Map.entry("STAGES", "stages"),
            Map.entry("FUNCTIONS", "objects"),
            Map.entry("PROCEDURES", "objects"),
            Map.entry("USER", "objects"),
            Map.entry("TASKS", "code"),
            Map.entry("PIPES", "code"),
            Map.entry("TRANSACTIONS", "history"),
            Map.entry("LOCKS", "history"),
            Map.entry("SHARES", "grants"),
            Map.entry("VIEWS", "view-text"),
            Map.entry("MATERIALIZED", "view-text"),
            Map.entry("DYNAMIC", "view-text"),
            Map.entry("STREAMLITS", "code"),
            Map.entry("NOTEBOOKS", "code"),
            Map.entry("SECRETS", "policies"),
            Map.entry("TAGS", "policies"),
            Map.entry("SESSIONS", "history"),
            Map.entry("QUERIES", "history"));

    private MetadataStatements() {}

    static void read(Draft draft) {
        draft.facts.effects.add(Effect.METADATA);
        switch (draft.c.next().word()) {
            case "SHOW" -> show(draft);
            case "EXPLAIN" -> explain(draft);
            default -> describe(draft);
        }
    }

    private static void show(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.SHOW;
        c.accept("TERSE");
        Token what = c.peek();
        if (what.type() != Token.Type.WORD) {
            throw c.unexpected("what to show");
        }
        draft.facts.flag("metadata:" + metadataClass(c));
        String title = what.word();
        c.next();
        while (!c.atEnd()) {
            if (c.sees("SELECT") || c.sees("FROM") && c.peek(1).is("(")) {
                throw c.unexpected("a plain SHOW");
            }
            if (c.seesAny("IN", "OF", "ON", "FOR") || c.sees("TO") && title.equals("GRANTS")) {
                c.next();
                inside(draft);
            } else {
                c.next();
            }
        }
        draft.title = "Show " + title.toLowerCase(java.util.Locale.ROOT);
    }

    private static String metadataClass(Cursor c) {
        String word = c.peek().word();
        for (int i = 0; i < 3; i++) {
            String next = c.peek(i).word();
            if (next.equals("POLICIES") || next.equals("INTEGRATIONS")) {
                return "policies";
            }
            // their lists hold names and signatures; bodies are shown by DESCRIBE and GET_DDL only
            if (next.equals("PROCEDURES") || next.equals("FUNCTIONS")) {
                return "objects";
            }
            if (next.equals("ROLES") && i > 0) {
                return "grants";
            }
        }
        return CLASSES.getOrDefault(word, "objects");
    }

    private static void inside(Draft draft) {
        Cursor c = draft.c;
        if (c.accept("ACCOUNT")) {
            draft.facts.object(new ObjectName("", "", "ACCOUNT"), ObjectKind.OTHER, Effect.METADATA, true);
            return;
        }
        if (c.acceptAny("SESSION") || c.accept("METRIC") || c.accept("CLASS")) {
            return;
        }
        Optional<ObjectTypes.Type> type = ObjectTypes.accept(c);
        if (!c.peek().isName() || type.isEmpty() && c.seesAny("LIKE", "STARTS", "LIMIT", "IN")) {
            return;
        }
        List<Name> parts = c.dotted();
        ObjectName name = type.isPresent() ? type.get().name(parts, draft.names) : guess(draft, parts);
        draft.facts.object(
                name,
                type.map(ObjectTypes.Type::kind).orElse(ObjectKind.OTHER),
                Effect.METADATA,
                name.name().isEmpty() || draft.names.find(name).isPresent());
    }

    /** SHOW … IN name: a schema or, for columns, a table. */
    private static ObjectName guess(Draft draft, List<Name> parts) {
        return parts.size() == 3 || draft.facts.flags.contains("metadata:columns")
                ? draft.names.object(parts)
                : draft.names.schemaName(parts);
    }

    private static void describe(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.DESCRIBE;
        if (c.sees("RESULT") && (c.peek(1).isText() || c.peek(1).is("LAST_QUERY_ID"))) {
            result(draft);
            return;
        }
        if (c.sees("SEARCH") && c.peek(1).is("OPTIMIZATION")) {
            c.expect("SEARCH", "OPTIMIZATION", "ON");
        }
        if (c.seesAny("TRANSACTION")) {
            c.next();
            draft.facts.flag("metadata:history");
            StatementReader.skipRest(c);
            draft.title = "Describe a transaction";
            return;
        }
        Optional<ObjectTypes.Type> type = ObjectTypes.accept(c);
        if (type.isEmpty() && (c.seesAny("SELECT", "WITH", "SHOW"))) {
            throw c.unsupported("DESCRIBE of a statement", "Send the statement itself.");
        }
        ObjectName name;
        if (c.peek().type() == Token.Type.STAGE) {
            throw c.unsupported("DESCRIBE of a stage path", "Describe the stage by its name.");
        }
        List<Name> parts = new Targets(draft).name();
        name = type.isPresent() ? type.get().name(parts, draft.names) : draft.names.object(parts);
        draft.facts.object(
                name,
                type.map(ObjectTypes.Type::kind).orElse(ObjectKind.TABLE),
                Effect.METADATA,
                name.name().isEmpty() || draft.names.find(name).isPresent());
        draft.facts.flag(
                "metadata:" + type.map(MetadataStatements::describedClass).orElse("columns"));
        StatementReader.skipRest(c);
        draft.title = "Describe " + name;
    }

    private static void result(Draft draft) {
        Cursor c = draft.c;
        c.next();
        Token id = c.peek();
        if (id.isText()) {
            c.next();
            draft.facts.queryIds.add(
                    new QueryIdUse(id.content(), new TextSpan(id.start(), id.end()), "DESCRIBE RESULT"));
        } else {
            Expr expression = ExprParser.at(c).expression();
            if (!(expression instanceof Expr.Call call)) {
                throw c.unexpected("a query id");
            }
            draft.facts.lastQueryId = true;
            draft.facts.queryIds.add(new QueryIdUse(
                    QueryIds.lastQueryId(call), new TextSpan(call.start(), call.end()), "LAST_QUERY_ID"));
        }
        StatementReader.end(c);
        draft.facts.flag("metadata:columns");
        draft.title = "Describe a result";
    }

    private static String describedClass(ObjectTypes.Type type) {
        if (type.isTable()) {
            return "columns";
        }
        return switch (type.kind()) {
            case VIEW, MATERIALIZED_VIEW, STREAM -> "columns";
            case USER -> "users";
            case ROLE -> "grants";
            case STAGE -> "stages";
            case FUNCTION, PROCEDURE -> "code";
            default ->
                type.meaning().equals("privilege") ? "policies" : type.meaning().equals("code") ? "code" : "objects";
        };
    }

    private static void explain(Draft draft) {
        Cursor c = draft.c;
        if (c.accept("USING")) {
            c.acceptAny("TABULAR", "JSON", "TEXT");
        }
        Draft explained =
                new Draft(c, draft.names, draft.queries.earlier(), draft.variables, draft.reading, draft.overlay);
        StatementReader.read(explained);
        draft.facts.adopt(explained.facts);
        // nothing of it runs
        draft.facts.inside.clear();
        draft.facts.queryIds.addAll(explained.facts.queryIds);
        draft.facts.lastQueryId = explained.facts.lastQueryId;
        draft.facts.effects.add(Effect.METADATA);
        draft.kind = StatementKind.EXPLAIN;
        draft.unload = explained.unload;
        draft.facts.flag("explain:" + explained.kind.name().toLowerCase(java.util.Locale.ROOT));
        draft.title = "Explain: " + explained.title;
    }
}
