package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogColumn;
import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Protection;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.QueryParser;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tables that statements write to, and the lineage of what is written. */
final class Targets {
    private final Draft draft;

    Targets(Draft draft) {
        this.draft = draft;
    }

    /** Takes the name of a table, plain or in IDENTIFIER or TABLE. */
    List<Name> name() {
        if (draft.c.sees("IDENTIFIER", "(")) {
            return dev.snowgate.sql.syntax.FromParser.identifier(draft.c);
        }
        if (draft.c.seesReserved()) {
            throw draft.c.unexpected("a name");
        }
        return draft.c.dotted();
    }

    /** A table that rows are written to. */
    ObjectName written(List<Name> parts) {
        ObjectName name = draft.names.lookup(parts);
        Optional<CatalogObject> object = draft.names.find(name);
        if (object.isPresent() && object.get().kind() != ObjectKind.TABLE) {
            throw new SyntaxProblem(
                    "write to "
                            + object.get()
                                    .kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '),
                    "Rows cannot be written to this object.",
                    "Write to a table.",
                    parts.getFirst().at());
        }
        draft.facts.object(
                name, object.map(CatalogObject::kind).orElse(ObjectKind.TABLE), Effect.WRITE, object.isPresent());
        if (object.isEmpty()) {
            draft.reading.missing().add(name);
        }
        return name;
    }

    /** The columns that are written: those listed, else those of the catalog, else empty. */
    List<String> columns(ObjectName table) {
        if (draft.c.sees("(")
                && !draft.c.peek(1).is("SELECT")
                && !draft.c.peek(1).is("WITH")
                && !draft.c.peek(1).is("(")) {
            return QueryParser.at(draft.c).nameList().stream()
                    .map(draft.names::fold)
                    .toList();
        }
        return draft.names
                .find(table)
                .map(o -> o.columns().stream().map(CatalogColumn::name).toList())
                .orElse(List.of());
    }

    /** Values by position into columns; where a column is not known its position names it. */
    void writes(ObjectName table, List<String> columns, List<Taint> values, int at) {
        if (!columns.isEmpty() && values.size() > columns.size()) {
            throw new SyntaxProblem(
                    "more values than columns",
                    "More values than columns are written.",
                    "Write one value for each column.",
                    at);
        }
        for (int i = 0; i < values.size(); i++) {
            write(table, i < columns.size() ? columns.get(i) : "$" + (i + 1), values.get(i));
        }
    }

    /** Rows of which not all columns are known: each value may come to lie in any column. */
    void writesUnknown(ObjectName table, List<String> columns, List<Rows.Column> rows) {
        Taint all = Rows.of(rows).all().unknown();
        columns.forEach(column -> write(table, column, all));
        if (columns.isEmpty()) {
            write(table, ColumnName.ANY, all);
        }
    }

    void write(ObjectName table, String written, Taint value) {
        String column = written.equals(Rows.REST) ? ColumnName.ANY : written;
        draft.facts.read(value);
        if (value.isUnknown()) {
            draft.facts.flag("unknown-value-written");
            draft.facts.untraced.add(new ColumnName(table, column));
            if (value.origins().stream()
                    .anyMatch(
                            origin -> draft.names.find(origin.object()).isPresent() && draft.facts.isOpaque(origin))) {
                throw new SyntaxProblem(
                        "write of values that cannot be traced",
                        "Where the written values come from cannot be proved.",
                        "Read from tables, or from views whose definition is catalogued.",
                        -1);
            }
        }
        draft.facts.writes.add(new WriteLineage(new ColumnName(table, column), value.origins()));
    }

    /** The catalogued form of a table or view that a query makes; protection travels with the values. */
    CatalogObject made(
            ObjectName name,
            ObjectKind kind,
            List<Rows.Column> columns,
            List<String> names,
            Optional<String> definition,
            boolean temporary) {
        List<CatalogColumn> made = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = i < names.size() ? names.get(i) : columns.get(i).name();
            made.add(new CatalogColumn(
                    column, "VARIANT", true, protection(columns.get(i).taint())));
        }
        return new CatalogObject(
                name, kind, made, definition, temporary ? Set.of("temporary") : Set.of(), Instant.EPOCH);
    }

    /** The protection that travels with such a value. */
    Optional<Protection> protection(Taint taint) {
        Optional<ColumnName> origin = taint.origins().stream()
                .filter(draft.facts::isProtected)
                .sorted()
                .findFirst();
        if (origin.isPresent()) {
            String category = draft.names
                    .catalog()
                    .protection(origin.get())
                    .map(Protection::category)
                    .orElse("unknown");
            return Optional.of(new Protection(category, "derived:" + origin.get()));
        }
        return taint.isUnknown() ? Optional.of(new Protection("unknown", "derived:unknown")) : Optional.empty();
    }
}
