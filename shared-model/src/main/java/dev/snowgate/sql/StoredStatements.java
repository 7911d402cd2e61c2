package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.ScriptSpan;
import dev.snowgate.sql.syntax.SyntaxProblem;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Statements that are kept inside of an object and run later, with the rights of its owner: what they do counts when they are stored. */
final class StoredStatements {
    private static final String[] EMBEDDED = {
        "SELECT",
        "WITH",
        "INSERT",
        "MERGE",
        "UPDATE",
        "DELETE",
        "COPY",
        "CALL",
        "CREATE",
        "TRUNCATE",
        "BEGIN",
        "DECLARE",
        "ALTER",
        "DROP"
    };

    private StoredStatements() {}

    /** Whether a statement that can be stored starts here. */
    static boolean starts(Cursor c) {
        return c.seesAny(EMBEDDED) || c.sees("EXECUTE", "IMMEDIATE");
    }

    /** The query of an alert runs later with the rights of its owner. */
    static void condition(Draft draft) {
        draft.c.expect("(");
        exists(draft);
        draft.c.expect(")");
    }

    /** {@code EXISTS (query)} of an alert. */
    static void exists(Draft draft) {
        Cursor c = draft.c;
        c.expect("EXISTS", "(");
        if (c.seesAny("SELECT", "WITH")) {
            draft.facts.effects.add(Effect.READ);
            draft.queries
                    .query(QueryParser.at(c).query(), null, CommonTables.NONE)
                    .forEach(column -> draft.facts.read(column.taint()));
        } else {
            while (!c.sees(")") && !c.atEnd()) {
                c.next();
            }
        }
        c.expect(")");
    }

    /**
     * A query in brackets inside of a definition: the body of a policy, a version of a dataset. What a policy compares with, its
     * arguments, is not in the text.
     */
    static void query(Draft draft, ObjectTypes.Type type, ObjectName name) {
        Scope around = new Scope(draft.names, null);
        around.add(Rows.unknown(Taint.UNKNOWN));
        draft.facts.effects.add(Effect.READ);
        List<Rows.Column> columns = draft.queries.query(QueryParser.at(draft.c).query(), around, CommonTables.NONE);
        draft.c.expect(")");
        columns.forEach(column -> draft.facts.read(column.taint()));
        if (type.words().equals("DATASET")) {
            draft.facts.effects.add(Effect.WRITE);
            new Targets(draft).writesUnknown(name, List.of(), columns);
        }
    }

    /** A body in a literal. */
    static void literal(Draft draft) {
        Token literal = draft.c.next();
        List<Token> tokens = ScriptStatements.tokens(literal, "body");
        Draft inner = draft.inner(draft.reading.cursor(tokens));
        try {
            ScriptStatements.run(inner, tokens, Map.of(), "", !ScriptSpan.startsAt(tokens, 0));
        } catch (SyntaxProblem problem) {
            throw ScriptStatements.inside(problem, literal, "body");
        }
        draft.facts.adopt(inner.facts);
        draft.facts.flag("embedded:script");
        draft.unload = inner.unload;
    }

    /** An instance of a class, such as a forecast: it is trained with what it is given. */
    static void instance(Draft draft, ObjectTypes.Type type) {
        Cursor c = draft.c;
        draft.facts.functions.add(type.words());
        draft.facts.flag("unknown-function:" + type.words());
        if (c.sees("(")) {
            CodeStatements.arguments(
                    draft,
                    QueryParser.at(c).call(new Name(type.words(), true, c.peek().start())));
        }
        StatementReader.skipRest(c);
    }

    /** The statement of a task or pipe runs later with the rights of its owner: what it does counts now. */
    static void embedded(Draft draft) {
        Cursor c = draft.c;
        Draft inner = new Draft(c, draft.names, QueryLineage.NONE, draft.variables, draft.reading, draft.overlay);
        StatementReader.read(inner);
        draft.facts.adoptPart(inner.kind, inner.facts);
        draft.facts.flag("embedded:" + inner.kind.name().toLowerCase(Locale.ROOT));
        draft.unload = inner.unload;
    }
}
