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
    SessionContext after;
    boolean afterKnown = true;
    Optional<UnloadTarget> unload = Optional.empty();
    String title = "";
    final Map<String, Taint> variables;
    final Map<ObjectName, Rows> overlay;
    private CatalogSnapshot catalogAfter;

    Draft(
            Cursor c,
            Namespace names,
            QueryLineage earlier,
            Map<String, Taint> variables,
            Reading reading,
            Map<ObjectName, Rows> overlay) {
        this.c = c;
        this.names = names;
        this.reading = reading;
        this.facts = new Facts(names, reading.deadline());
        this.variables = new HashMap<>(variables);
        this.overlay = new HashMap<>(overlay);
        this.queries = new QueryLineageReader(
                facts, names, earlier, this.variables, new Views(reading, this.overlay), List.of());
        this.after = names.context();
        this.catalogAfter = names.catalog();
    }

    CatalogSnapshot catalogAfter() {
        return catalogAfter;
    }

    void created(CatalogObject object, List<Rows.Column> columns, boolean temporary) {
        // its own name counts beside what it was made of: later writes to it must reach all that read it
        List<Rows.Column> own = columns.stream()
                .map(column ->
                        column.withTaint(Views.marked(column.taint(), new ColumnName(object.name(), column.name()))))
                .toList();
        overlay.put(object.name(), new Rows(object.name().name(), object.name(), own));
        catalogAfter = catalogAfter.with(List.of(object));
        if (temporary) {
            Set<String> temporaries = new HashSet<>(after.temporaryObjects());
            temporaries.add(object.name().toString());
            after = after.withOverlay(after.variables(), temporaries);
            facts.effects.add(Effect.SESSION);
            facts.flag("temporary");
        }
    }

    /** What was written lies in the target for the statements after this one, and in everything that they read out of it. */
    private void carryOver() {
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
