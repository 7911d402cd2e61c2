package dev.snowgate.sql;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Routine.Argument;
import dev.snowgate.sql.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the catalogued routines that a call can mean. Types decide between overloads only at run time, so all that fit by number and names of
 * arguments count, of every schema that is searched. One that fits and of which not all is known makes the call unknown.
 */
final class RoutineLookup {
    /** What is called: a value, rows or a procedure. */
    enum Wanted {
        VALUE,
        ROWS,
        PROCEDURE
    }

    /** A routine that the call can mean, with what its arguments are given. */
    record Candidate(CatalogObject object, Routine routine, Map<String, Taint> arguments) {
        ObjectName name() {
            return Routine.called(object.name());
        }
    }

    private RoutineLookup() {}

    /** All that the call can mean; none if that is not known. {@code given} are the arguments in the order of the call. */
    static List<Candidate> find(Expr.Call call, List<Taint> given, Wanted wanted, Namespace names, Reading reading) {
        List<Candidate> found = find(call, given, wanted, names);
        if (found.isEmpty()) {
            names.routines(call.name()).stream()
                    .filter(name -> names.catalog().routines(name).stream()
                            .noneMatch(object -> object.routine().isPresent()))
                    .map(Routine::unread)
                    .forEach(reading.unread()::add);
        }
        return found;
    }

    private static List<Candidate> find(Expr.Call call, List<Taint> given, Wanted wanted, Namespace names) {
        boolean plain = call.over() == null
                && call.filter() == null
                && call.orderBy().isEmpty()
                && !call.distinct()
                && given.size() == call.arguments().size()
                && call.arguments().stream()
                        .noneMatch(argument ->
                                argument.value() instanceof Expr.Star || argument.value() instanceof Expr.Lambda);
        // quoted names in bodies mean something else in such a session
        boolean readable = !names.context().quotedIdentifiersIgnoreCase();
        if (!plain || !readable || !names.context().overlay().known()) {
            return List.of();
        }
        List<Candidate> found = new ArrayList<>();
        boolean certain = false;
        for (ObjectName name : names.routines(call.name())) {
            if (names.context().temporaryObjects().contains(Routine.unread(name).toString())) {
                return List.of();
            }
            for (CatalogObject object : names.catalog().routines(name)) {
                Optional<Routine> routine = object.routine();
                if (routine.isEmpty()) {
                    return List.of();
                }
                Optional<Bound> bound = bind(call, given, routine.get());
                if (bound.isEmpty()) {
                    continue;
                }
                certain |= bound.get().certain();
                if (!fits(object.kind(), routine.get(), wanted)) {
                    // which of both runs is not known, or it is used as what it is not
                    return List.of();
                }
                found.add(new Candidate(object, routine.get(), bound.get().values()));
            }
        }
        return certain ? found : List.of();
    }

    private static boolean fits(ObjectKind kind, Routine routine, Wanted wanted) {
        return routine.arguments().stream().noneMatch(Argument::out)
                && switch (wanted) {
                    case VALUE -> kind == ObjectKind.FUNCTION && !routine.givesRows();
                    case ROWS -> kind == ObjectKind.FUNCTION && routine.givesRows();
                    case PROCEDURE -> kind == ObjectKind.PROCEDURE;
                };
    }

    /**
     * What each argument is given.
     *
     * @param certain false if some are given nothing and can be left out only if Snowflake does not say so
     */
    private record Bound(Map<String, Taint> values, boolean certain) {}

    /** What each argument is given, or nothing if the call does not fit. */
    private static Optional<Bound> bind(Expr.Call call, List<Taint> given, Routine routine) {
        List<Argument> arguments = routine.arguments();
        if (given.size() > arguments.size()) {
            return Optional.empty();
        }
        List<List<Taint>> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(new ArrayList<>()));
        for (int i = 0; i < given.size(); i++) {
            String name = call.arguments().get(i).name();
            int at = name == null ? i : indexOf(name, arguments);
            if (at < 0) {
                return Optional.empty();
            }
            values.get(at).add(given.get(i));
        }
        Map<String, Taint> bound = new HashMap<>();
        boolean certain = true;
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (values.get(i).isEmpty()) {
                certain &= argument.given().isPresent();
                boolean constant =
                        argument.given().filter(RoutineSignatures::isConstant).isPresent();
                values.get(i).add(constant ? Taint.NONE : Taint.UNKNOWN);
            }
            bound.merge(argument.name(), Taint.of(values.get(i)), Taint::or);
        }
        return Optional.of(new Bound(bound, certain));
    }

    private static int indexOf(String name, List<Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
