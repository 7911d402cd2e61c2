package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Deadline;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects what one statement does while it is read. Not thread-safe; one per statement. */
final class Facts {
    private static final int MAX_WORK = 400_000;
    private static final int MAX_COLUMNS = 20_000;

    final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    /** Kinds of the statements that run as parts of this one. */
    final Set<StatementKind> inside = EnumSet.noneOf(StatementKind.class);

    final Set<String> functions = new LinkedHashSet<>();
    final Set<String> flags = new TreeSet<>();
    final Set<ColumnName> read = new HashSet<>();
    final Set<ColumnName> predicate = new HashSet<>();
    final Set<ColumnName> cardinality = new HashSet<>();
    final List<QueryIdUse> queryIds = new ArrayList<>();
    final List<WriteLineage> writes = new ArrayList<>();
    /** Written columns into which values went that nobody can name. */
    final Set<ColumnName> untraced = new HashSet<>();

    boolean lastQueryId;
    private final Map<String, ObjectUse> objects = new LinkedHashMap<>();
    private final Set<ColumnName> opaque = new HashSet<>();
    private final Namespace names;
    private final Deadline deadline;
    private int muted;
    private int work;

    Facts(Namespace names, Deadline deadline) {
        this.deadline = deadline;
        this.names = names;
    }

    /** For the body of something that is called: nothing of it counts before all of it is understood. */
    Facts inside(Namespace routine) {
        Facts inner = new Facts(routine, deadline);
        inner.opaque.addAll(opaque);
        inner.muted = muted;
        return inner;
    }

    void object(ObjectName name, ObjectKind kind, Effect effect, boolean known) {
        objects.merge(name + "/" + effect, new ObjectUse(name, kind, effect, known), Facts::either);
        effects.add(effect);
    }

    /** What is read and not known in one place is not made known by another. */
    private static ObjectUse either(ObjectUse a, ObjectUse b) {
        return a.effect() == Effect.READ ? a.known() ? b : a : a.known() ? a : b;
    }

    List<ObjectUse> objects() {
        return List.copyOf(objects.values());
    }

    void flag(String flag) {
        flags.add(flag);
    }

    void read(Taint taint) {
        read.addAll(taint.origins());
    }

    /** Takes over what the body of something that is called does, and what reading it took. */
    void adoptCalled(Facts body) {
        work(body.work);
        adopt(body);
    }

    /** Takes over all that another statement does. */
    void adopt(Facts other) {
        effects.addAll(other.effects);
        inside.addAll(other.inside);
        functions.addAll(other.functions);
        flags.addAll(other.flags);
        read.addAll(other.read);
        predicate.addAll(other.predicate);
        cardinality.addAll(other.cardinality);
        writes.addAll(other.writes);
        opaque.addAll(other.opaque);
        untraced.addAll(other.untraced);
        other.objects.forEach((key, use) -> objects.merge(key, use, Facts::either));
    }

    /** Takes over all that a statement does that runs as part of this one, now or whenever what is stored runs. */
    void adoptPart(StatementKind kind, Facts part) {
        inside.add(kind);
        adopt(part);
    }

    /** The value decides rows, order, errors or counts. */
    void predicate(Taint taint) {
        read.addAll(taint.origins());
        if (muted == 0) {
            taint.origins().stream().filter(this::isProtected).forEach(predicate::add);
        }
    }

    /** Only the number of the values shows, if it is a bare column; else it decides rows. */
    void cardinality(Taint taint) {
        if (!taint.bare()) {
            predicate(taint);
            return;
        }
        read.addAll(taint.origins());
        if (muted == 0) {
            taint.origins().stream().filter(this::isProtected).forEach(cardinality::add);
        }
    }

    /** Columns of an object whose contents cannot be traced count as protected. */
    void opaque(ColumnName column) {
        opaque.add(column);
    }

    boolean isOpaque(ColumnName column) {
        return opaque.contains(column);
    }

    boolean isProtected(ColumnName column) {
        return opaque.contains(column) || names.catalog().protection(column).isPresent();
    }

    boolean touchesProtected(Taint taint) {
        return taint.origins().stream().anyMatch(this::isProtected);
    }

    /** Predicates inside a stored view were chosen by its author and not by this statement. */
    void mute() {
        muted++;
    }

    void unmute() {
        muted--;
    }

    boolean isMuted() {
        return muted > 0;
    }

    /** Counts the columns of a star; no honest query has as many as the limit. */
    void width(int columns) {
        if (columns > MAX_COLUMNS) {
            throw new SyntaxProblem(
                    "too many columns",
                    "A star stands for more than " + MAX_COLUMNS + " columns.",
                    "Name the columns.",
                    -1);
        }
        work(columns);
    }

    /** Counts a step; the sum is bounded whatever the nesting of views and recursion. */
    void work(int steps) {
        deadline.step();
        work += steps;
        if (work > MAX_WORK) {
            throw new SyntaxProblem(
                    "too much to trace", "Tracing the columns takes too many steps.", "Split the statement.", -1);
        }
    }
}
