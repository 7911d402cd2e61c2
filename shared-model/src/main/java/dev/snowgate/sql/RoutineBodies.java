package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.sql.RoutineLookup.Candidate;
import dev.snowgate.sql.RoutineLookup.Wanted;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Expr;
import dev.snowgate.sql.syntax.Lexer;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What calls of catalogued functions reveal: the body is read in the schema of the function, its arguments as names that hold what is passed. All
 * that it does counts for the statement that calls it.
 */
final class RoutineBodies {
    private static final int MAX_DEPTH = 8;

    private RoutineBodies() {}

    /** The value of a call, beside what its arguments reveal; nothing if the function is not known. */
    static @Nullable Taint value(Expr.Call call, List<Taint> given, QueryLineageReader queries) {
        List<Rows.Column> columns = function(call, given, Wanted.VALUE, queries);
        return columns == null || columns.size() != 1
                ? null
                : columns.getFirst().taint();
    }

    /** The rows of a call, beside what its arguments reveal; nothing if the function is not known. */
    static @Nullable List<Rows.Column> rows(Expr.Call call, List<Taint> given, QueryLineageReader queries) {
        return function(call, given, Wanted.ROWS, queries);
    }

    private static @Nullable List<Rows.Column> function(
            Expr.Call call, List<Taint> given, Wanted wanted, QueryLineageReader queries) {
        List<Candidate> candidates = RoutineLookup.find(
                call, given, wanted, queries.names(), queries.views().reading());
        List<Facts> done = new ArrayList<>();
        List<Rows.Column> columns = null;
        boolean known = !candidates.isEmpty();
        for (Candidate candidate : candidates) {
            if (candidate.routine().external()) {
                queries.facts().effects.add(Effect.EXTERNAL_CALL);
            }
            Facts facts = queries.facts()
                    .inside(queries.names().inside(candidate.object().name()));
            List<Rows.Column> one = body(candidate, wanted, facts, queries);
            known &= one != null && (columns == null || columns.size() == one.size());
            if (known && one != null) {
                columns = columns == null ? one : either(columns, one);
                done.add(facts);
            }
        }
        if (!known) {
            return null;
        }
        done.forEach(queries.facts()::adoptCalled);
        queries.facts().flag("opened:function");
        return columns;
    }

    private static @Nullable List<Rows.Column> body(
            Candidate candidate, Wanted wanted, Facts facts, QueryLineageReader queries) {
        Routine routine = candidate.routine();
        if (routine.external()) {
            return null;
        }
        if (routine.language().equals("JAVASCRIPT") && wanted == Wanted.VALUE) {
            return isPlain(candidate, facts) ? List.of(new Rows.Column("", Taint.NONE)) : null;
        }
        if (!routine.language().equals("SQL") || candidate.object().definition().isEmpty()) {
            return null;
        }
        return inside(
                candidate.object().name(), queries.views().reading(), () -> sql(candidate, wanted, facts, queries));
    }

    /**
     * JavaScript has neither tables nor files nor network: a value is made of the arguments. Nothing protected may be among them, so that it cannot
     * be kept for a later call.
     */
    private static boolean isPlain(Candidate candidate, Facts facts) {
        return candidate.arguments().values().stream().noneMatch(t -> t.isUnknown() || facts.touchesProtected(t));
    }

    private static @Nullable List<Rows.Column> sql(
            Candidate candidate, Wanted wanted, Facts facts, QueryLineageReader queries) {
        Views views = queries.views().within(candidate.object().name());
        Namespace names = queries.names().inside(candidate.object().name());
        QueryLineageReader reader =
                new QueryLineageReader(facts, names, QueryLineage.NONE, Map.of(), views, List.of(), null);
        Cursor c = views.reading()
                .cursor(Lexer.lex(candidate.object().definition().orElse("")).tokens());
        List<Rows.Column> columns = Routines.functionBody(c, reader, candidate.arguments());
        if (facts.lastQueryId || !facts.queryIds.isEmpty() || Rows.hasRest(columns)) {
            return null;
        }
        return wanted == Wanted.VALUE ? columns : declared(columns, candidate.routine());
    }

    /** The columns go by the declared names. */
    private static @Nullable List<Rows.Column> declared(List<Rows.Column> columns, Routine routine) {
        if (routine.columns().size() != columns.size()) {
            return null;
        }
        List<Rows.Column> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            named.add(new Rows.Column(
                    routine.columns().get(i).name(), columns.get(i).taint()));
        }
        return named;
    }

    /** Reads a body; nothing if it is not understood, or calls itself, or is called too deep. */
    static <T> @Nullable T inside(ObjectName name, Reading reading, Supplier<@Nullable T> body) {
        if (reading.calls().size() >= MAX_DEPTH || reading.calls().contains(name)) {
            return null;
        }
        reading.calls().push(name);
        try {
            return body.get();
        } catch (SyntaxProblem problem) {
            if (problem.construct().equals("too much to trace")
                    || problem.construct().equals("too slow to read")) {
                throw problem;
            }
            if (problem instanceof UnknownObject unknown) {
                reading.unread().add(unknown.name());
            }
            return null;
        } finally {
            reading.calls().pop();
        }
    }

    /** Columns of one or the other. */
    static List<Rows.Column> either(List<Rows.Column> a, List<Rows.Column> b) {
        List<Rows.Column> columns = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            columns.add(new Rows.Column(
                    a.get(i).name().equals(b.get(i).name()) ? a.get(i).name() : "",
                    a.get(i).taint().or(b.get(i).taint())));
        }
        return columns;
    }
}
