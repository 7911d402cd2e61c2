package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.syntax.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One statement while it is read: the cursor over its tokens, what is known before it, and what it would leave. */
final class Draft {
    final Cursor c;
    final Namespace names;
    final Facts facts;
    final QueryLineageReader queries;
    final Reading reading;
    StatementKind kind = StatementKind.SELECT;
    List<OutputColumn> output = List.of();
    /** The result for a later step of a flow; SHOW and the like give metadata under names that are not known. */
    Rows rows = Rows.unknown(Taint.UNKNOWN);

    SessionContext after;
    boolean afterKnown = true;
    Optional<UnloadTarget> unload = Optional.empty();
    String title = "";
    final Map<String, Taint> variables;
    final Map<ObjectName, Rows> overlay;
    /** Objects whose columns are others than before. */
    final Set<ObjectName> redefined = new HashSet<>();
    /** Whether the statement comes out of a literal: places in it are none of the text. */
    boolean opened;

    private final @Nullable ScriptVariables script;
    private CatalogSnapshot catalogAfter;

    Draft(
            Cursor c,
            Namespace names,
            QueryLineage earlier,
            Map<String, Taint> variables,
            Reading reading,
            Map<ObjectName, Rows> overlay) {
        this(c, names, earlier, variables, reading, overlay, null, List.of());
    }

    /** A statement inside of a script, whose variables it can use, or after {@code steps} of a flow, the last one first. */
    Draft(
            Cursor c,
            Namespace names,
            QueryLineage earlier,
            Map<String, Taint> variables,
            Reading reading,
            Map<ObjectName, Rows> overlay,
            @Nullable ScriptVariables script,
            List<Rows> steps) {
        this.script = script;
        this.c = c;
        this.names = names;
        this.reading = reading;
        this.facts = new Facts(names, reading.deadline());
        this.variables = new HashMap<>(variables);
        this.overlay = new HashMap<>(overlay);
        this.queries = new QueryLineageReader(
                facts, names, earlier, this.variables, new Views(reading, this.overlay), steps, script);
        this.after = names.context();
        this.catalogAfter = names.catalog();
    }

    /** The same statement, of which nothing is read yet. */
    Draft again() {
        Draft fresh = new Draft(c, names, queries.earlier(), variables, reading, overlay, script, queries.steps());
        fresh.opened = opened;
        return fresh;
    }

    /** The variables of the script around, if there is one. */
    @Nullable
    ScriptVariables script() {
        return script;
    }

    /** A statement that is part of this one, read from other tokens. */
    Draft inner(Cursor cursor) {
        Draft inner = new Draft(cursor, names, QueryLineage.NONE, variables, reading, overlay, script, List.of());
        inner.opened = true;
        return inner;
    }

    /** What a statement that is part of this one leaves for the statements after it. */
    void takeOver(Draft inner) {
        catalogAfter = inner.catalogAfter;
        overlay.putAll(inner.overlay);
        overlay.keySet().retainAll(inner.overlay.keySet());
        redefined.addAll(inner.redefined);
        afterKnown &= inner.afterKnown;
    }

    CatalogSnapshot catalogAfter() {
        return catalogAfter;
    }

    /** A definition that an object of that name may keep from taking place: what the name means then is not known. */
    void mayBeCreated(ObjectName name, boolean temporary) {
        overlay.remove(name);
        redefined.add(name);
        if (temporary) {
            Set<String> temporaries = new HashSet<>(after.temporaryObjects());
            temporaries.add(name.toString());
            after = after.withOverlay(after.variables(), temporaries);
            facts.effects.add(Effect.SESSION);
        } else {
            catalogAfter = catalogAfter.without(List.of(name));
            afterKnown &= names.context().searchPath().isEmpty();
        }
    }

    void created(CatalogObject object, List<Rows.Column> columns, boolean temporary) {
        // its own name counts beside what it was made of: later writes to it must reach all that read it
        List<Rows.Column> own = columns.stream()
                .map(column ->
                        column.withTaint(Views.marked(column.taint(), new ColumnName(object.name(), column.name()))))
                .toList();
        overlay.put(object.name(), new Rows(object.name().name(), object.name(), own));
        catalogAfter = catalogAfter.with(List.of(object));
        redefined.add(object.name());
        if (temporary) {
            Set<String> temporaries = new HashSet<>(after.temporaryObjects());
            temporaries.add(object.name().toString());
            after = after.withOverlay(after.variables(), temporaries);
            facts.effects.add(Effect.SESSION);
            facts.flag("temporary");
        }
    }

    /** What was written lies in the target for the statements after this one, and in everything that they read out of it. */
    void carryOver() {
        for (WriteLineage write : facts.writes) {
            if (write.sources().stream().noneMatch(facts::isProtected)) {
                continue;
            }
            ObjectName table = write.target().object();
            catalogAfter
                    .find(table)
                    .filter(object -> object.kind() == ObjectKind.TABLE)
                    .ifPresent(object -> overlay.putIfAbsent(
                            table,
                            new Rows(
                                    table.name(),
                                    table,
                                    object.columns().stream()
                                            .map(column -> FromLineage.bare(new ColumnName(table, column.name())))
                                            .toList())));
            Taint written = new Taint(write.sources(), OutputColumn.Derivation.DERIVED, false);
            overlay.replaceAll((name, rows) -> new Rows(
                    rows.alias(),
                    rows.object(),
                    rows.columns().stream()
                            .map(column -> name.equals(table)
                                                    && column.name()
                                                            .equals(write.target()
                                                                    .column())
                                            || column.taint().origins().contains(write.target())
                                    ? column.withTaint(column.taint().or(written))
                                    : column)
                            .toList()));
        }
    }

    void dropped(ObjectName name) {
        catalogAfter = catalogAfter.without(List.of(name));
        overlay.remove(name);
        redefined.add(name);
        if (after.temporaryObjects().contains(name.toString())) {
            Set<String> temporaries = new HashSet<>(after.temporaryObjects());
            temporaries.remove(name.toString());
            after = after.withOverlay(after.variables(), temporaries);
            facts.effects.add(Effect.SESSION);
        }
    }

    /** Changes rows: with autocommit off the first of these opens a transaction. */
    void writesRows() {
        facts.effects.add(Effect.WRITE);
        if (!names.context().autocommit() && after.transaction() == TransactionState.NONE) {
            after = after.withTransaction(TransactionState.OPEN);
        }
    }

    /** DDL commits an open transaction. */
    void commits() {
        if (after.transaction() == TransactionState.OPEN) {
            after = after.withTransaction(TransactionState.NONE);
        }
    }

    /** What it does to the session cannot be told. */
    void leavesUnknown() {
        afterKnown = false;
        after = after.withTransaction(TransactionState.UNKNOWN);
    }

    /** Sets the columns of the result; if their number is not known, none of them is. */
    void result(List<Rows.Column> columns) {
        rows = Rows.of(columns);
        if (Rows.hasRest(columns)) {
            facts.flag("dynamic-columns");
            output = List.of();
            return;
        }
        output = output(columns);
    }

    static List<OutputColumn> output(List<Rows.Column> columns) {
        List<OutputColumn> output = new ArrayList<>();
        columns.forEach(c -> output.add(
                new OutputColumn(c.name(), c.taint().origins(), c.taint().derivation())));
        return output;
    }

    StatementAnalysis finish(TextSpan span, @Nullable SessionContext before) {
        SessionContext context = after;
        if (before != null && !after.sameMeaning(before)) {
            context = after.withEpoch(before.epoch() + 1);
        }
        Set<ColumnName> read = new HashSet<>(facts.read);
        output.forEach(column -> read.addAll(column.origins()));
        facts.writes.forEach(write -> read.addAll(write.sources()));
        carryOver();
        return new StatementAnalysis(
                kind,
                facts.effects,
                facts.objects(),
                List.copyOf(facts.functions),
                output,
                read,
                facts.predicate,
                facts.cardinality,
                facts.writes,
                unload,
                facts.queryIds,
                facts.lastQueryId,
                context,
                afterKnown,
                span,
                title,
                facts.flags);
    }
}
