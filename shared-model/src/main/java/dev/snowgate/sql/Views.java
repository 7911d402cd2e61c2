package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.Query;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of catalogued objects: tables as they are, views by their definition, the rest as opaque. */
final class Views {
    private static final int MAX_DEPTH = 16;
    private static final Set<ObjectKind> EXPANDED =
            EnumSet.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.DYNAMIC_TABLE);
    private static final Set<ObjectKind> READABLE = EnumSet.of(
            ObjectKind.TABLE,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.DYNAMIC_TABLE,
            ObjectKind.EXTERNAL_TABLE,
            ObjectKind.STREAM);

    private final Reading reading;
    private final Map<ObjectName, Rows> known = new HashMap<>();
    private final Map<ObjectName, Rows> overlay;
    private final Deque<ObjectName> open = new ArrayDeque<>();

    /** {@code overlay} holds what earlier statements of the same text made, with the origins of its columns. */
    Views(Reading reading, Map<ObjectName, Rows> overlay) {
        this.reading = reading;
        this.overlay = overlay;
    }

    /** For the body of a routine: what its names mean is told as inside of a view. */
    Views within(ObjectName routine) {
        Views inside = new Views(reading, overlay);
        inside.open.addAll(open);
        inside.open.push(routine);
        return inside;
    }

    Reading reading() {
        return reading;
    }

    /** The rows of the object of that name; of one that nobody knows, neither number nor names of the columns are known. */
    Rows table(List<Name> parts, QueryLineageReader queries) {
        Namespace names = queries.names();
        Rows metadata = MetadataViews.find(parts, names, queries.facts());
        if (metadata != null) {
            return metadata;
        }
        ObjectName name = names.lookup(parts);
        boolean temporary = names.context().temporaryObjects().contains(name.toString());
        if (!names.context().overlay().known()) {
            throw new SyntaxProblem(
                    "object of a session that is not known",
                    "What ran in this session before may have made temporary objects of any name.",
                    "Log in again.",
                    parts.getFirst().at());
        }
        if (temporary && !open.isEmpty()) {
            // whether a stored view means the temporary or the permanent object cannot be told
            throw new SyntaxProblem(
                    "temporary object inside a view",
                    "The temporary object " + name + " hides one that a view reads.",
                    "Drop the temporary object, or give it another name.",
                    parts.getFirst().at());
        }
        Rows made = overlay.get(name);
        if (made != null) {
            queries.facts().object(name, ObjectKind.TABLE, Effect.READ, true);
            return made;
        }
        Optional<CatalogObject> object = names.find(name);
        if (temporary) {
            throw new SyntaxProblem(
                    "temporary object",
                    "The columns of the temporary object " + name + " are not known any more.",
                    "Create it again, or use a permanent table.",
                    parts.getFirst().at());
        }
        if (object.isEmpty() || !READABLE.contains(object.get().kind())) {
            reading.missing().add(name);
            if (object.isPresent() || !open.isEmpty()) {
                throw new UnknownObject(name, parts.getFirst().at());
            }
            queries.facts().object(name, ObjectKind.TABLE, Effect.READ, false);
            return Rows.of(name, queries.facts());
        }
        return rows(object.get(), queries);
    }

    Rows rows(CatalogObject object, QueryLineageReader queries) {
        Facts facts = queries.facts();
        ObjectName name = object.name();
        facts.object(name, object.kind(), Effect.READ, true);
        facts.work(object.columns().size());
        Rows before = known.get(name);
        if (before != null) {
            return before;
        }
        Rows rows = expand(object, queries);
        known.put(name, rows);
        return rows;
    }

    private Rows expand(CatalogObject object, QueryLineageReader queries) {
        if (object.kind() == ObjectKind.TABLE) {
            return new Rows(
                    object.name().name(),
                    object.name(),
                    own(object).stream().map(FromLineage::bare).toList());
        }
        List<Rows.Column> body = EXPANDED.contains(object.kind()) ? definition(object, queries) : null;
        List<Rows.Column> columns = new ArrayList<>();
        // only a person's mark says that the columns beside it were looked at too
        boolean reviewed = object.columns().stream()
                .anyMatch(c -> c.protection().filter(Protection::isExplicit).isPresent());
        if (body == null && (reviewed || object.columns().isEmpty())) {
            queries.facts().flag(StatementAnalysis.NOT_FOLLOWED);
        }
        for (int i = 0; i < object.columns().size(); i++) {
            CatalogColumn column = object.columns().get(i);
            ColumnName own = new ColumnName(object.name(), column.name());
            if (body == null) {
                columns.add(new Rows.Column(column.name(), opaque(own, reviewed, queries.facts())));
            } else {
                Taint taint = body.get(i).taint();
                // a mark on the view's own column counts beside what its query reveals
                columns.add(
                        new Rows.Column(column.name(), column.protection().isPresent() ? marked(taint, own) : taint));
            }
        }
        if (object.columns().isEmpty() && body != null) {
            columns.addAll(body);
        }
        return new Rows(object.name().name(), object.name(), columns);
    }

    /** The value with the name of a column that holds it. */
    static Taint marked(Taint taint, ColumnName own) {
        Taint both = taint.or(Taint.column(own));
        return new Taint(both.origins(), both.derivation(), taint.bare() || taint.isNone());
    }

    private static Taint opaque(ColumnName own, boolean reviewed, Facts facts) {
        if (reviewed) {
            return Taint.column(own);
        }
        facts.flag(StatementAnalysis.OPAQUE);
        facts.opaque(own);
        return Taint.column(own).unknown();
    }

    private static List<ColumnName> own(CatalogObject object) {
        return object.columns().stream()
                .map(c -> new ColumnName(object.name(), c.name()))
                .toList();
    }

    /** The columns of the definition, or nothing if it cannot be read or does not fit the catalogued columns. */
    private @Nullable List<Rows.Column> definition(CatalogObject object, QueryLineageReader queries) {
        Optional<String> text = object.definition();
        if (text.isEmpty() || open.size() >= MAX_DEPTH || open.contains(object.name())) {
            return null;
        }
        open.push(object.name());
        queries.facts().mute();
        try {
            Query query = ViewDefinition.query(
                    reading.cursor(Lexer.lex(text.get(), reading.deadline()).tokens()));
            QueryLineageReader inside = queries.inside(queries.names().inside(object.name()));
            List<Rows.Column> columns = inside.query(query, null, CommonTables.NONE);
            boolean fits = object.columns().isEmpty()
                    || columns.size() == object.columns().size();
            return fits ? columns : null;
        } catch (UnknownObject unknown) {
            // asking for it and analysing again may help; until then nothing is known of the view's columns
            queries.facts().flag(StatementAnalysis.NOT_CATALOGUED + unknown.name());
            return null;
        } catch (SyntaxProblem problem) {
            if (problem.construct().equals("too much to trace")
                    || problem.construct().equals("too slow to read")) {
                throw problem;
            }
            return null;
        } finally {
            queries.facts().unmute();
            open.pop();
        }
    }

    /** Reads the query out of a stored definition: the query alone, or the whole CREATE statement. */
    static final class ViewDefinition {
        private ViewDefinition() {}

        static Query query(Cursor c) {
            if (c.sees("CREATE")) {
                while (!c.atEnd()
                        && !(c.sees("AS")
                                && (c.peek(1).is("SELECT")
                                        || c.peek(1).is("WITH")
                                        || c.peek(1).is("(")))) {
                    if (c.sees("(")) {
                        c.skipGroup();
                    } else {
                        c.next();
                    }
                }
                c.expect("AS");
            }
            Query query = QueryParser.at(c).query();
            c.accept(";");
            if (!c.atEnd()) {
                throw c.unexpected("the end of the definition");
            }
            return query;
        }
    }
}
