package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.FromParser;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** COPY in its three forms, PUT, GET, LIST and REMOVE. */
final class FileStatements {
    private FileStatements() {}

    static void read(Draft draft) {
        Cursor c = draft.c;
        String word = c.next().word();
        switch (word) {
            case "COPY" -> copy(draft);
            case "PUT" -> transfer(draft, StatementKind.PUT, "Upload files");
            case "GET" -> transfer(draft, StatementKind.GET, "Download files");
            case "LIST", "LS" -> {
                draft.kind = StatementKind.LIST;
                draft.facts.effects.add(Effect.METADATA);
                draft.facts.flag("metadata:stages");
                stage(draft, c.next(), Effect.METADATA);
                draft.title = "List files of a stage";
                StatementReader.skipRest(c);
            }
            default -> {
                draft.kind = StatementKind.REMOVE;
                draft.facts.effects.add(Effect.FILE_TRANSFER);
                draft.facts.effects.add(Effect.WRITE);
                stage(draft, c.next(), Effect.FILE_TRANSFER);
                draft.title = "Remove files of a stage";
                StatementReader.skipRest(c);
            }
        }
    }

    private static void transfer(Draft draft, StatementKind kind, String title) {
        draft.kind = kind;
        draft.facts.effects.add(Effect.FILE_TRANSFER);
        while (!draft.c.atEnd()) {
            Token token = draft.c.next();
            if (token.type() == Token.Type.STAGE) {
                stage(draft, token, Effect.FILE_TRANSFER);
            }
        }
        draft.title = title;
    }

    private static void copy(Draft draft) {
        Cursor c = draft.c;
        if (c.accept("FILES")) {
            draft.kind = StatementKind.COPY_FILES;
            draft.facts.effects.add(Effect.FILE_TRANSFER);
            while (!c.atEnd()) {
                Token token = c.next();
                if (token.type() == Token.Type.STAGE
                        || token.isText() && token.content().contains("://")) {
                    stage(draft, token, Effect.FILE_TRANSFER);
                }
            }
            draft.title = "Copy files between stages";
            return;
        }
        c.expect("INTO");
        if (c.peek().type() == Token.Type.STAGE || c.peek().isText()) {
            unload(draft);
        } else {
            load(draft);
        }
    }

    private static void unload(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.COPY_UNLOAD;
        draft.facts.effects.add(Effect.UNLOAD);
        Token location = c.next();
        draft.unload = Optional.of(target(draft, location));
        stage(draft, location, Effect.UNLOAD);
        c.expect("FROM");
        if (c.sees("(")) {
            c.expect("(");
            Query query = QueryParser.at(c).query();
            c.expect(")");
            draft.queries.query(query, null, CommonTables.NONE).forEach(column -> draft.facts.read(column.taint()));
        } else {
            List<dev.snowgate.sql.syntax.Name> name = new Targets(draft).name();
            draft.queries
                    .views()
                    .table(name, draft.queries)
                    .columns()
                    .forEach(column -> draft.facts.read(column.taint()));
        }
        if (options(draft) && draft.unload.get() == UnloadTarget.INLINE_URL) {
            draft.unload = Optional.of(UnloadTarget.INTEGRATION);
        }
        draft.title = "Unload data to "
                + draft.unload.get().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Options hold no names of data; PARTITION BY holds an expression over columns that were read anyway. Gives whether a storage
     * integration is the only way in that they name.
     */
    private static boolean options(Draft draft) {
        boolean integration = false;
        boolean credentials = false;
        while (!draft.c.atEnd()) {
            if (draft.c.peek().is("SELECT") || draft.c.peek().is("FROM")) {
                throw draft.c.unsupported("COPY INTO with a query in its options", "Write the query after FROM.");
            }
            Token token = draft.c.next();
            integration |= token.is("STORAGE_INTEGRATION") && draft.c.sees("=");
            credentials |= token.is("CREDENTIALS");
        }
        return integration && !credentials;
    }

    private static UnloadTarget target(Draft draft, Token location) {
        String text = location.content().toLowerCase(Locale.ROOT);
        if (text.contains("://")) {
            return UnloadTarget.INLINE_URL;
        }
        if (text.startsWith("@~") || text.startsWith("@%") || text.contains(".%")) {
            return UnloadTarget.USER_OR_TABLE_STAGE;
        }
        return text.startsWith("@") ? named(draft, location) : UnloadTarget.UNKNOWN;
    }

    /** Where a named stage leads to, as far as the catalog knows; of a temporary one nobody knows. */
    private static UnloadTarget named(Draft draft, Token location) {
        Namespace names = draft.names;
        String path = location.content().substring(1);
        int slash = path.indexOf('/');
        ObjectName entry = StageEntry.nameOf(
                names.object(FromParser.plainName(slash < 0 ? path : path.substring(0, slash), location.start())));
        if (names.context().temporaryObjects().contains(entry.toString())
                || !names.context().overlay().known()) {
            return UnloadTarget.NAMED_STAGE;
        }
        return names.find(entry)
                .flatMap(StageEntry::location)
                .map(where -> switch (where) {
                    case INTERNAL -> UnloadTarget.INTERNAL_STAGE;
                    case EXTERNAL -> UnloadTarget.EXTERNAL_STAGE;
                })
                .orElse(UnloadTarget.NAMED_STAGE);
    }

    private static void load(Draft draft) {
        Cursor c = draft.c;
        draft.kind = StatementKind.COPY_LOAD;
        draft.facts.effects.add(Effect.LOAD);
        Targets targets = new Targets(draft);
        ObjectName table = targets.written(targets.name());
        if (c.sees("(")) {
            c.skipGroup();
        }
        if (!c.accept("FROM")) {
            // the table's own stage
            draft.facts.object(
                    table,
                    ObjectKind.STAGE,
                    Effect.LOAD,
                    draft.names.find(table).isPresent());
        } else if (c.sees("(")) {
            transformation(draft);
        } else {
            Token location = c.peek();
            if (location.type() != Token.Type.STAGE && !location.isText()) {
                throw c.unexpected("a stage");
            }
            c.next();
            stage(draft, location, Effect.LOAD);
        }
        options(draft);
        draft.writesRows();
        draft.title = "Load files into " + table;
    }

    /** A transformation reads one stage and nothing else. */
    private static void transformation(Draft draft) {
        Cursor c = draft.c;
        int end = c.position() + c.partnerOf(0);
        int selects = 0;
        int sources = 0;
        while (c.position() < end) {
            Token token = c.next();
            selects += token.is("SELECT") ? 1 : 0;
            if (token.is("FROM")) {
                sources++;
                if (c.peek().type() != Token.Type.STAGE && !c.peek().isText()) {
                    throw c.unsupported("COPY INTO a table from a query over tables", "Use INSERT … SELECT.");
                }
                stage(draft, c.next(), Effect.LOAD);
                if (c.sees("(")) {
                    c.skipGroup();
                }
                c.accept("AS");
                if (c.peek().isName() && !c.seesAny("JOIN", "WHERE")) {
                    c.next();
                }
                if (c.position() != end) {
                    throw c.unsupported("COPY INTO a table from a query over tables", "Use INSERT … SELECT.");
                }
            } else if (token.is("JOIN")) {
                throw c.unsupported("COPY INTO a table from a query over tables", "Use INSERT … SELECT.");
            }
        }
        c.next();
        if (selects != 1 || sources != 1) {
            throw c.unsupported("COPY INTO a table from a query with subqueries", "Use INSERT … SELECT.");
        }
    }

    /** Records the stage of a location; an inline URL is an object without a name of its own. */
    private static void stage(Draft draft, Token location, Effect effect) {
        stage(draft.facts, draft.names, location.content(), location.start(), effect);
    }

    /** Records the stage of a location. */
    static void stage(Facts facts, Namespace names, String text, int at, Effect effect) {
        if (text.startsWith("@~")) {
            facts.object(new ObjectName("", "", "@~"), ObjectKind.STAGE, effect, true);
            return;
        }
        if (text.startsWith("@")) {
            String path = text.substring(1);
            int slash = path.indexOf('/');
            String name = slash < 0 ? path : path.substring(0, slash);
            if (name.startsWith("%")) {
                facts.object(
                        names.object(FromParser.plainName(name.substring(1), at)), ObjectKind.STAGE, effect, false);
                return;
            }
            ObjectName stage = names.object(FromParser.plainName(name.replace(".%", "."), at));
            ObjectName hidden = Draft.temporaryStage(stage);
            if (names.context().temporaryObjects().contains(hidden.toString())
                    || !names.context().overlay().known()) {
                // it hides a permanent one of the same name, and where it leads to is not known
                facts.flag("temporary-stage");
                facts.object(hidden, ObjectKind.STAGE, effect, false);
                return;
            }
            facts.object(stage, ObjectKind.STAGE, effect, names.find(hidden).isPresent());
            return;
        }
        facts.object(new ObjectName("", "", "URL"), ObjectKind.STAGE, effect, false);
    }
}
