package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.SessionOverlay;
import dev.snowgate.catalog.StageEntry;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.model.statement.TransactionState;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One statement while it is read: the cursor over its tokens, what is known before it, and what it would leave. */
final class Draft {
    private static final int MOST_TEMPORARIES = 200;
    final Cursor c;
    final Namespace names;
    final Facts facts;
    final QueryLineageReader queries;
    final Reading reading;
    StatementKind kind = StatementKind.SELECT;
    List<OutputColumn> output = List.of();
    /** The result if the number of its columns is not known; then {@link #output} is empty. */
    Optional<OpenResult> open = Optional.empty();
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
    /** What the end of a script sees: the objects that it made, if it is one. */
    @Nullable
    ScriptState madeInside;

    /** Whether the statement comes out of a literal: places in it are none of the text. */
    boolean opened;

    /** Whether the session is to be compared after the run, although nothing is expected to have changed: stored code ran. */
    boolean compared;

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
        if (temporary) {
            blind(name);
            return;
        }
        overlay.remove(name);
        redefined.add(name);
        catalogAfter = catalogAfter.without(List.of(name));
        afterKnown &= names.context().searchPath().isEmpty();
    }

    /** Whether the session has, or has after this statement, a temporary object of that name. */
    boolean isTemporary(ObjectName name) {
        return after.temporaryObjects().contains(name.toString());
    }

    /** The name under which a temporary stage is kept: stages have names of their own beside those of tables. */
    static ObjectName temporaryStage(ObjectName stage) {
        return StageEntry.nameOf(stage);
    }

    /** Nothing is known of that object any more. */
    void forget(ObjectName name) {
        redefined.add(name);
        catalogAfter = catalogAfter.without(List.of(name));
    }

    /** The session has a temporary object of that name of which nothing is known any more. */
    void blind(ObjectName name) {
        overlay.remove(name);
        redefined.add(name);
        catalogAfter = catalogAfter.without(List.of(name));
        temporaries(names -> names.add(name.toString()));
        after = after.withOverlay(
                after.variables(), after.temporaryObjects(), after.overlay().only(after.variables(), without(name)));
    }

    private Set<String> without(ObjectName name) {
        Set<String> names = new HashSet<>(after.temporaryObjects());
        names.remove(name.toString());
        return names;
    }

    private void temporaries(Consumer<Set<String>> change) {
        Set<String> temporaries = new HashSet<>(after.temporaryObjects());
        change.accept(temporaries);
        if (temporaries.size() > MOST_TEMPORARIES) {
            throw new SyntaxProblem(
                    "too many temporary objects",
                    "The session would have more than " + MOST_TEMPORARIES + " temporary objects.",
                    "Drop some that are not needed any more.",
                    -1);
        }
        after = after.withOverlay(after.variables(), temporaries);
        facts.effects.add(Effect.SESSION);
        facts.flag("temporary");
    }

    /** Something below a database or schema moved or went: temporary objects may have gone with it. */
    void namespaceChanged() {
        redefined.addAll(catalogAfter.routineNames());
        catalogAfter = catalogAfter.without(catalogAfter.routineNames());
        if (!after.temporaryObjects().isEmpty()) {
            overlayUnknown();
            facts.effects.add(Effect.SESSION);
        }
    }

    private void overlayUnknown() {
        overlay.clear();
        variables.clear();
        after = after.withUnknownOverlay();
    }

    void created(CatalogObject object, List<Rows.Column> columns, boolean temporary) {
        if (!temporary && isTemporary(object.name())) {
            // which of both later statements mean is not said anywhere
            blind(object.name());
            return;
        }
        // its own name counts beside what it was made of: later writes to it must reach all that read it
        List<Rows.Column> own = columns.stream()
                .map(column ->
                        column.withTaint(Views.marked(column.taint(), new ColumnName(object.name(), column.name()))))
                .toList();
        overlay.put(object.name(), new Rows(object.name().name(), object.name(), own));
        catalogAfter = catalogAfter.with(List.of(object));
        redefined.add(object.name());
        if (temporary) {
            temporaries(names -> names.add(object.name().toString()));
        }
    }

    /** What was written lies in the target for the statements after this one, and in everything that they read out of it. */
    void carryOver() {
        WrittenValues.carryOver(this);
    }

    /** The object is gone or another one now. */
    void dropped(ObjectName name) {
        catalogAfter = catalogAfter.without(List.of(name));
        overlay.remove(name);
        redefined.add(name);
        if (isTemporary(name)) {
            temporaries(names -> names.remove(name.toString()));
            Set<String> gone = new HashSet<>(after.overlay().dropped());
            gone.add(name.toString());
            SessionOverlay left = after.overlay();
            after = after.withOverlay(
                    after.variables(),
                    after.temporaryObjects(),
                    new SessionOverlay(left.known(), left.objects(), left.variables(), gone));
        }
    }

    /** Which routines go by that name, and what they do, is not known any more. */
    void routineChanged(ObjectName called, ObjectKind kind, boolean temporary) {
        ObjectName unread = Routine.unread(called);
        if (temporary) {
            blind(unread);
            return;
        }
        catalogAfter = catalogAfter.with(List.of(Routine.unreadEntry(called, kind, Instant.EPOCH)));
        redefined.add(unread);
    }

    /** Its columns may be others now; a temporary object is still there, but not known. */
    void altered(ObjectName name) {
        if (isTemporary(name)) {
            blind(name);
        } else {
            dropped(name);
        }
    }

    /** A temporary object has another name now. */
    void renamed(ObjectName from, ObjectName to) {
        Rows rows = overlay.get(from);
        Optional<CatalogObject> object = catalogAfter.find(from);
        dropped(from);
        if (rows == null || object.isEmpty() || isTemporary(to)) {
            blind(to);
            return;
        }
        CatalogObject moved = new CatalogObject(
                to,
                object.get().kind(),
                object.get().columns(),
                object.get().definition(),
                object.get().tags(),
                object.get().seenAt());
        created(moved, rows.columns(), true);
    }

    /** Takes over what a statement inside this one leaves in the session. */
    void adoptSession(Draft inner) {
        overlay.clear();
        overlay.putAll(inner.overlay);
        variables.clear();
        variables.putAll(inner.variables);
        redefined.addAll(inner.redefined);
        catalogAfter = inner.catalogAfter;
        after = inner.after;
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
        runsElsewhere();
        overlayUnknown();
    }

    /** Runs in a session of its own, but how it left ours is not told either. */
    void runsElsewhere() {
        afterKnown = false;
        after = after.withTransaction(TransactionState.UNKNOWN);
    }

    /** Sets the columns of the result; if their number is not known, it is an open one. */
    void result(List<Rows.Column> columns) {
        rows = Rows.of(columns);
        if (Rows.hasRest(columns)) {
            facts.flag("dynamic-columns");
            output = List.of();
            open = Optional.of(OpenResult.of(columns));
            return;
        }
        output = output(columns);
    }

    /** Has the same result as another statement. */
    void resultOf(Draft other) {
        output = other.output;
        open = other.open;
    }

    static List<OutputColumn> output(List<Rows.Column> columns) {
        List<OutputColumn> output = new ArrayList<>();
        columns.forEach(c -> output.add(
                new OutputColumn(c.name(), c.taint().origins(), c.taint().derivation())));
        return output;
    }

    StatementAnalysis finish(TextSpan span, @Nullable SessionContext before, MadeInText text) {
        return FinishedStatement.of(this, span, before, text);
    }
}
