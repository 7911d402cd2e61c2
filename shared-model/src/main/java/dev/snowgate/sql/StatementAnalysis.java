package dev.snowgate.sql;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.model.statement.SessionContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one statement would do.
 *
 * @param kind what it is
 * @param effects what it does
 * @param objects what it touches
 * @param functions functions and procedures called, upper case, dotted as written
 * @param output result columns in order; empty for statements without a result of their own; the first ones where there is a
 *     {@code rest}
 * @param readColumns base columns whose values are used anywhere
 * @param predicateUse protected columns that decide which or how many rows come back, their order, an error or a count
 * @param cardinalityUse protected columns of which only the number of values is shown
 * @param writes lineage of written columns
 * @param unload where an unload goes
 * @param queryIds ids named in the text
 * @param lastQueryIdUse whether LAST_QUERY_ID() is called
 * @param contextAfter the context that this statement would leave behind; equal to the one before for most
 * @param contextAfterKnown false where the effect on the session cannot be told (CALL, scripts)
 * @param span its place in the executed text
 * @param title what it does in words for people: verb, object, such as {@code Read PROD.CRM.CUSTOMERS}
 * @param flags facts for people and policies: {@code time-travel}, {@code stage-read}, {@code or-replace}, …
 * @param inside kinds of the statements that run as parts of it: of a script, a flow, a literal that is executed, a stored task or
 *     procedure; empty for a statement by itself
 * @param rest what any column after {@code output} may reveal, where the number of columns depends on data (a pivot with ANY, a
 *     star over what is not known); empty if the result has no further columns
 */
public record StatementAnalysis(
        StatementKind kind,
        Set<Effect> effects,
        List<ObjectUse> objects,
        List<String> functions,
        List<OutputColumn> output,
        Set<ColumnName> readColumns,
        Set<ColumnName> predicateUse,
        Set<ColumnName> cardinalityUse,
        List<WriteLineage> writes,
        Optional<UnloadTarget> unload,
        List<QueryIdUse> queryIds,
        boolean lastQueryIdUse,
        SessionContext contextAfter,
        boolean contextAfterKnown,
        TextSpan span,
        String title,
        Set<String> flags,
        Set<StatementKind> inside,
        Optional<OutputColumn> rest) {
    /** Flag of a statement that reads a view or the like whose columns are of unknown origin. */
    public static final String OPAQUE = "opaque-object";

    /** Flag of a statement that reads a view whose query was not followed, though a person reviewed its columns. */
    public static final String NOT_FOLLOWED = "object-not-followed";

    /** Flag of a statement whose result has values that nobody can name as names of columns, where a mask does not reach. */
    public static final String NAMES_UNKNOWN = "names-of-unknown-values";

    /** How the flag of a statement begins that reads a view over an object that the catalog does not know; its name follows. */
    public static final String NOT_CATALOGUED = "not-catalogued:";

    /** Flag of a statement that changes what a temporary object or a variable of the session is made of. */
    static final String CHANGES_OVERLAY = "session-overlay";

    public StatementAnalysis {
        effects = Set.copyOf(effects);
        objects = List.copyOf(objects);
        functions = List.copyOf(functions);
        output = List.copyOf(output);
        readColumns = Set.copyOf(readColumns);
        predicateUse = Set.copyOf(predicateUse);
        cardinalityUse = Set.copyOf(cardinalityUse);
        writes = List.copyOf(writes);
        queryIds = List.copyOf(queryIds);
        flags = Set.copyOf(flags);
        inside = Set.copyOf(inside);
    }

    /** A statement by itself whose result has no columns but those of {@code output}. */
    public StatementAnalysis(
            StatementKind kind,
            Set<Effect> effects,
            List<ObjectUse> objects,
            List<String> functions,
            List<OutputColumn> output,
            Set<ColumnName> readColumns,
            Set<ColumnName> predicateUse,
            Set<ColumnName> cardinalityUse,
            List<WriteLineage> writes,
            Optional<UnloadTarget> unload,
            List<QueryIdUse> queryIds,
            boolean lastQueryIdUse,
            SessionContext contextAfter,
            boolean contextAfterKnown,
            TextSpan span,
            String title,
            Set<String> flags) {
        this(
                kind,
                effects,
                objects,
                functions,
                output,
                readColumns,
                predicateUse,
                cardinalityUse,
                writes,
                unload,
                queryIds,
                lastQueryIdUse,
                contextAfter,
                contextAfterKnown,
                span,
                title,
                flags,
                Set.of(),
                Optional.empty());
    }

    /** All that is known of the result's columns: {@code output}, then the rest. */
    public List<OutputColumn> results() {
        return Stream.concat(output.stream(), rest.stream()).toList();
    }

    /** What it is, and what the statements are that run as parts of it. */
    public Set<StatementKind> kinds() {
        Set<StatementKind> kinds = EnumSet.of(kind);
        kinds.addAll(inside);
        return kinds;
    }

    /** Whether it must run alone in its session: it changes the context or the temporary objects. */
    public boolean changesSession() {
        return effects.contains(Effect.SESSION) || !contextAfterKnown || flags.contains(CHANGES_OVERLAY);
    }
}
