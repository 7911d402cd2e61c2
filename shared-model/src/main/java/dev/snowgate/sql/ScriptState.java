package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.model.statement.SessionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the statements of a script that ran so far leave for the next one. What may or may not have run leaves doubt: objects that it may have redefined are
 * unknown from then on, and values that it may have written count as written.
 *
 * @param known false once something ran whose effect on the session cannot be told
 * @param redefined objects that were created, changed or dropped so far
 */
record ScriptState(
        SessionContext context,
        CatalogSnapshot catalog,
        Map<ObjectName, Rows> overlay,
        Map<String, Taint> session,
        boolean known,
        Set<ObjectName> redefined) {

    static ScriptState before(Draft draft) {
        return new ScriptState(
                draft.names.context(), draft.names.catalog(), draft.overlay, draft.variables, true, Set.of());
    }

    ScriptState after(Draft statement) {
        Set<ObjectName> all = new HashSet<>(redefined);
        all.addAll(statement.redefined);
        return new ScriptState(
                statement.after,
                statement.catalogAfter(),
                statement.overlay,
                statement.variables,
                known && statement.afterKnown,
                all);
    }

    /** Whether a second run of the same statements could see something else than the first. */
    boolean differs(ScriptState other) {
        return known != other.known
                || !redefined.equals(other.redefined)
                || !context.sameMeaning(other.context)
                || !overlay.equals(other.overlay);
    }

    /** The state where none, some or all of what led to the other states may have run. */
    ScriptState or(List<ScriptState> others) {
        Map<ObjectName, Rows> merged = new HashMap<>(overlay);
        Map<String, Taint> variables = new HashMap<>(session);
        Set<ObjectName> doubtful = new HashSet<>();
        boolean sure = known;
        Set<String> temporaries = new HashSet<>(context.temporaryObjects());
        Set<String> names = new HashSet<>(context.variables());
        for (ScriptState other : others) {
            sure &= other.known && other.context.sameMeaning(context);
            temporaries.addAll(other.context.temporaryObjects());
            names.addAll(other.context.variables());
            other.redefined.stream().filter(name -> !redefined.contains(name)).forEach(doubtful::add);
            other.redefined.stream()
                    .filter(name -> redefined.contains(name) && !same(other, name))
                    .forEach(doubtful::add);
            other.session.forEach((name, taint) -> variables.merge(name, taint, Taint::or));
            other.overlay.forEach((name, rows) -> merged.merge(name, rows, ScriptState::either));
        }
        // a name that the search path could find elsewhere cannot be left open
        sure &= doubtful.isEmpty() || context.searchPath().isEmpty();
        doubtful.forEach(merged::remove);
        List<CatalogObject> unread = doubtful.stream()
                .filter(Routine::isUnread)
                .map(name -> Routine.unreadEntry(Routine.called(name), ObjectKind.FUNCTION, Instant.EPOCH))
                .toList();
        Set<ObjectName> all = new HashSet<>(redefined);
        all.addAll(doubtful);
        return new ScriptState(
                context.withOverlay(names, temporaries),
                doubtful.isEmpty()
                        ? catalog
                        : catalog.without(new ArrayList<>(doubtful)).with(unread),
                merged,
                variables,
                sure,
                all);
    }

    private boolean same(ScriptState other, ObjectName name) {
        return other.catalog.find(name).equals(catalog.find(name));
    }

    private static Rows either(Rows a, Rows b) {
        if (a.equals(b) || a.columns().size() != b.columns().size()) {
            return a.columns().size() >= b.columns().size() ? a : b;
        }
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 0; i < a.columns().size(); i++) {
            Rows.Column column = a.columns().get(i);
            columns.add(column.withTaint(column.taint().or(b.columns().get(i).taint())));
        }
        return new Rows(a.alias(), a.object(), columns);
    }
}
