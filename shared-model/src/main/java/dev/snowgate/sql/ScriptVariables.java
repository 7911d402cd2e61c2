package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the variables, cursors and result sets of one script can hold, whatever way it takes: a name stands for all that is ever assigned to it
 * anywhere in the script. The script is read again until nothing is added.
 */
final class ScriptVariables {
    private static final int MAX_NAMES = 500;

    private final Map<String, Taint> values = new HashMap<>();
    private final Map<String, Rows> results = new HashMap<>();
    private final Set<String> declaredResults = new HashSet<>();
    private final Set<String> untraced = new HashSet<>();
    private final Set<ColumnName> errors = new HashSet<>();
    private @Nullable List<Rows.Column> returned;
    private boolean returnsUnknown;
    private boolean changed;

    /** Whether anything was added since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    void declare(String name) {
        if (values.size() < MAX_NAMES && !values.containsKey(name)) {
            values.put(name, Taint.NONE);
            changed = true;
        }
    }

    boolean knows(String name) {
        return values.containsKey(name);
    }

    void assign(String name, Taint taint) {
        Taint before = values.getOrDefault(name, Taint.NONE);
        // never bare: how often a variable's value shows says nothing of how often it is stored
        Taint both = before.isNone() ? taint : before.or(taint);
        Taint after = new Taint(both.origins(), both.derivation(), false);
        changed |= !after.equals(before) || !values.containsKey(name);
        values.put(name, after);
    }

    Map<String, Taint> values() {
        return values;
    }

    /** The rows that a cursor or result set stands for; nothing if they cannot be traced. */
    void rows(String name, @Nullable Rows rows) {
        declare(name);
        Rows before = results.get(name);
        Rows after = before == null || rows == null ? rows : merged(before, rows);
        if (after == null || untraced.contains(name)) {
            changed |= untraced.add(name);
            results.remove(name);
            return;
        }
        changed |= !after.equals(before);
        results.put(name, after);
    }

    /** A result set or cursor without rows so far. */
    void declareResult(String name) {
        declare(name);
        declaredResults.add(name);
    }

    boolean isResult(String name) {
        return declaredResults.contains(name) || results.containsKey(name) || untraced.contains(name);
    }

    /** The rows of that name, or nothing if they cannot be traced. */
    @Nullable
    Rows rows(String name) {
        return results.get(name);
    }

    Map<String, Rows> results() {
        return results;
    }

    Set<String> untraced() {
        return untraced;
    }

    /** Messages of errors can hold any value that the script reads. */
    void mayFailOn(Set<ColumnName> read) {
        changed |= errors.addAll(read);
    }

    Taint errorText() {
        return errors.isEmpty() ? Taint.NONE : new Taint(Set.copyOf(errors), OutputColumn.Derivation.DERIVED, false);
    }

    /** A result that the script may end with; nothing if it cannot be traced. */
    void returns(@Nullable List<Rows.Column> columns) {
        List<Rows.Column> before = returned;
        if (columns == null || before != null && before.size() != columns.size()) {
            changed |= !returnsUnknown;
            returnsUnknown = true;
            return;
        }
        List<Rows.Column> after = before == null ? columns : merged(before, columns);
        changed |= !after.equals(before);
        returned = after;
    }

    /** The columns of what the script gives back, or nothing if they cannot be traced. */
    @Nullable
    List<Rows.Column> result(String name) {
        if (returnsUnknown) {
            return null;
        }
        return returned == null ? List.of(new Rows.Column(name, Taint.NONE)) : returned;
    }

    private static @Nullable Rows merged(Rows a, Rows b) {
        return a.columns().size() == b.columns().size()
                ? new Rows(a.alias(), a.object(), merged(a.columns(), b.columns()))
                : null;
    }

    private static List<Rows.Column> merged(List<Rows.Column> a, List<Rows.Column> b) {
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            Rows.Column one = a.get(i);
            Rows.Column other = b.get(i);
            Taint taint = one.taint().or(other.taint());
            columns.add(new Rows.Column(
                    one.name().equals(other.name()) ? one.name() : "",
                    one.taint().equals(taint) ? one.taint() : new Taint(taint.origins(), taint.derivation(), false)));
        }
        return columns;
    }
}
