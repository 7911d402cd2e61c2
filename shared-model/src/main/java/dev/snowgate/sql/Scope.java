package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Name;
import dev.snowgate.sql.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that an expression can see: sources of its query, aliases of its select list, then the query around it. */
final class Scope {
    private final Namespace names;
    private final @Nullable Scope outer;
    private final List<Rows> sources = new ArrayList<>();
    private final Map<String, Taint> aliases = new HashMap<>();
    private final Map<String, Taint> parameters = new HashMap<>();
    private final Map<String, Taint> arguments = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private boolean routine;
    private List<Rows.Column> star = new ArrayList<>();

    Scope(Namespace names, @Nullable Scope outer) {
        this.names = names;
        this.outer = outer;
    }

    /** A scope that only adds lambda parameters. */
    Scope withParameters(Map<String, Taint> added) {
        Scope inner = new Scope(names, this);
        inner.parameters.putAll(added);
        return inner;
    }

    /** The arguments of a routine, around everything in its body: a column of the same name does not hide what is passed. */
    static Scope ofRoutine(Namespace names, Map<String, Taint> arguments) {
        Scope scope = new Scope(names, null).withParameters(arguments);
        scope.arguments.putAll(arguments);
        scope.routine = true;
        return scope;
    }

    /** Whether this is inside the body of a routine: a bind is an argument there, not a value of the request. */
    boolean inRoutine() {
        return routine || outer != null && outer.inRoutine();
    }

    /** What the argument of that name is given. */
    @Nullable
    Taint argument(String name) {
        Taint here = arguments.get(name);
        return here != null || outer == null ? here : outer.argument(name);
    }

    void add(Rows rows) {
        sources.add(rows);
        star.addAll(rows.columns());
    }

    List<Rows> sources() {
        return sources;
    }

    /** Whether this query or one around it reads from anything. */
    boolean hasSources() {
        return !sources.isEmpty() || outer != null && outer.hasSources();
    }

    List<Rows.Column> star() {
        return star;
    }

    /** Sets the columns of {@code *}, for joins that merge columns. */
    void star(List<Rows.Column> columns) {
        star = new ArrayList<>(columns);
    }

    /** Names that the select list gives but whose value is not read yet; they hide columns of the query around. */
    void pending(Set<String> names) {
        pending.clear();
        pending.addAll(names);
    }

    void alias(String name, Taint taint) {
        pending.remove(name);
        aliases.merge(name, taint, Taint::or);
    }

    /** What the column reveals; a name that nothing explains is a problem, never a guess. */
    Taint column(List<Name> parts) {
        Taint found = find(parts);
        if (found != null) {
            return found;
        }
        Name last = parts.getLast();
        throw new SyntaxProblem(
                "unknown column",
                "The column " + names.fold(last) + " is not known in the tables that are read.",
                "Check the name, or qualify it with the table's alias.",
                parts.getFirst().at());
    }

    @Nullable
    Taint find(List<Name> parts) {
        Taint found = nearest(parts);
        Taint argument = parts.size() == 1 ? argument(names.fold(parts.getFirst())) : null;
        // which of both Snowflake means is not said anywhere
        return found == null || argument == null ? found : found.or(argument);
    }

    private @Nullable Taint nearest(List<Name> parts) {
        Taint here = exact(parts);
        if (here != null) {
            return here;
        }
        Taint rest = rest(parts);
        if (rest != null) {
            // it may be one of the columns that are not known, or one of the query around
            Taint around = outer == null ? null : outer.find(parts);
            return around == null ? rest : rest.or(around);
        }
        if (parts.size() == 1 && pending.contains(names.fold(parts.getFirst()))) {
            return null;
        }
        return outer == null ? null : outer.find(parts);
    }

    /** The column by its name in this query, not counting columns that are not known by name. */
    @Nullable
    Taint exact(List<Name> parts) {
        return parts.size() == 1 ? simple(parts.getFirst()) : qualified(parts);
    }

    /** Whether a column of that name is known here or in a query around. */
    boolean hasExact(List<Name> parts) {
        return exact(parts) != null || outer != null && outer.hasExact(parts);
    }

    private @Nullable Taint rest(List<Name> parts) {
        List<Rows> candidates = parts.size() == 1 ? sources : matching(parts.subList(0, parts.size() - 1));
        Taint result = null;
        for (Rows rows : candidates) {
            Taint found = rows.rest();
            if (found != null) {
                result = result == null ? found : result.or(found);
            }
        }
        return result;
    }

    private @Nullable Taint simple(Name name) {
        String folded = names.fold(name);
        if (parameters.containsKey(folded)) {
            return parameters.get(folded);
        }
        Taint result = null;
        for (Rows rows : sources) {
            Taint found = in(rows, folded);
            if (found != null) {
                result = result == null ? found : result.or(found);
            }
        }
        Taint alias = aliases.get(folded);
        if (alias != null) {
            // which of both Snowflake means depends on the clause: both count
            result = result == null ? alias : result.or(alias);
        }
        return result != null ? result : unnamed(name);
    }

    /** A quoted name can be the text of an expression without an alias: then it can be any of the unnamed columns. */
    private @Nullable Taint unnamed(Name name) {
        if (!name.quoted()) {
            return null;
        }
        Taint result = null;
        for (Rows rows : sources) {
            for (Rows.Column column : rows.columns()) {
                if (column.name().isEmpty()) {
                    result = result == null ? column.taint() : result.or(column.taint());
                }
            }
        }
        return result;
    }

    private @Nullable Taint qualified(List<Name> parts) {
        if (parts.size() == 2 && parameters.containsKey(names.fold(parts.getFirst()))) {
            return parameters.get(names.fold(parts.getFirst()));
        }
        Taint result = null;
        for (Rows rows : matching(parts.subList(0, parts.size() - 1))) {
            Taint found = in(rows, names.fold(parts.getLast()));
            if (found == null && parts.getLast().quoted()) {
                found = unnamed(parts.getLast());
            }
            if (found != null) {
                result = result == null ? found : result.or(found);
            }
        }
        return result;
    }

    private static @Nullable Taint in(Rows rows, String folded) {
        Taint result = null;
        for (Rows.Column column : rows.columns()) {
            if (column.name().equals(folded)) {
                result = result == null ? column.taint() : result.or(column.taint());
            }
        }
        return result;
    }

    /** The sources that a qualifier names. */
    List<Rows> matching(List<Name> qualifier) {
        List<Rows> found = new ArrayList<>();
        for (Rows rows : sources) {
            if (matches(rows, qualifier)) {
                found.add(rows);
            }
        }
        return found;
    }

    private boolean matches(Rows rows, List<Name> qualifier) {
        if (qualifier.size() == 1) {
            return rows.alias().equals(names.fold(qualifier.getFirst()));
        }
        ObjectName object = rows.object();
        if (object == null) {
            return false;
        }
        boolean same = object.name().equals(names.fold(qualifier.getLast()))
                && object.schema().equals(schema(qualifier.get(qualifier.size() - 2)));
        return same
                && (qualifier.size() == 2
                        || qualifier.size() == 3 && object.database().equals(names.fold(qualifier.getFirst())));
    }

    /** A schema that is left out between two dots is PUBLIC. */
    private String schema(Name name) {
        return name.value().isEmpty() ? "PUBLIC" : names.fold(name);
    }

    /** The rows of {@code t.*}, here or in the query around. */
    List<Rows> starSources(List<Name> qualifier) {
        List<Rows> found = matching(qualifier);
        if (found.isEmpty() && outer != null) {
            return outer.starSources(qualifier);
        }
        return found;
    }

    /** What {@code $n} reveals: the n-th column of every source that it can mean. */
    Taint positional(List<Name> qualifier, int index, int at) {
        List<Rows> candidates = qualifier.isEmpty() ? sources : matching(qualifier);
        Taint result = null;
        if (candidates.size() > 1) {
            // whether it counts within each source or across all of them is not said
            List<Rows.Column> all =
                    candidates.stream().flatMap(rows -> rows.columns().stream()).toList();
            result = index >= 1 && (index <= all.size() || Rows.hasRest(all))
                    ? Rows.of(all).at(index - 1)
                    : null;
        }
        for (Rows rows : candidates) {
            boolean there = index >= 1 && (index <= rows.columns().size() || rows.rest() != null);
            Taint found = there ? rows.at(index - 1) : null;
            if (found != null) {
                result = result == null ? found : result.or(found);
            }
        }
        if (result == null) {
            if (outer != null) {
                return outer.positional(qualifier, index, at);
            }
            throw new SyntaxProblem(
                    "unknown column $" + index, "No source has a column at that position.", "Name the column.", at);
        }
        return result;
    }
}
