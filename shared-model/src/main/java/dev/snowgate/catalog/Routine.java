package dev.snowgate.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a function or procedure is called, what it gives back and with whose rights its body runs. The body itself is the definition of its
 * catalogue entry; an entry without a routine is one of which not even the arguments are known.
 *
 * @param language of the body in upper case, such as {@code SQL} or {@code PYTHON}; empty if Snowflake did not say
 * @param arguments in their order
 * @param returns type of the result in upper case; {@code TABLE} for rows; empty if Snowflake did not say
 * @param columns columns of the rows, if it gives rows and they are declared
 * @param rights with whose rights, and therefore in which schema, a procedure runs
 * @param secure whether its body is hidden from those who may call it
 * @param external whether it can send what it is given somewhere else: an external function, or one with external access
 */
public record Routine(
        String language,
        List<Argument> arguments,
        String returns,
        List<Result> columns,
        Rights rights,
        boolean secure,
        boolean external) {
    /** What {@link #returns} says of one that gives rows. */
    public static final String TABLE = "TABLE";

    /** Stands for the types of a routine of which nothing but its name is known: every call by that name may mean it. */
    public static final String ANY_TYPES = "(?)";

    public Routine {
        arguments = List.copyOf(arguments);
        columns = List.copyOf(columns);
    }

    /** Whether it gives rows. */
    public boolean givesRows() {
        return returns.equals(TABLE);
    }

    /** The name under which a routine is catalogued, {@code NAME(TYPES)}, as the name that calls it goes by. */
    public static ObjectName called(ObjectName catalogued) {
        int types = catalogued.name().indexOf('(');
        return types < 0
                ? catalogued
                : new ObjectName(
                        catalogued.database(),
                        catalogued.schema(),
                        catalogued.name().substring(0, types));
    }

    /** The name of the entry that says: something goes by this name, and nothing is known of it. */
    public static ObjectName unread(ObjectName called) {
        return new ObjectName(called.database(), called.schema(), called.name() + ANY_TYPES);
    }

    /** Whether it is the name of such an entry. */
    public static boolean isUnread(ObjectName catalogued) {
        return catalogued.name().endsWith(ANY_TYPES);
    }

    /** Such an entry: after a statement that made, changed or dropped a routine of that name, until all of that name are read again. */
    public static CatalogObject unreadEntry(ObjectName called, ObjectKind kind, Instant at) {
        return new CatalogObject(unread(called), kind, List.of(), Optional.empty(), Set.of(), at);
    }

    /** {@code NAME(TYPE, TYPE)} of a routine with these arguments. */
    public static String signature(String name, List<Argument> arguments) {
        return name
                + arguments.stream()
                        .map(argument -> argument.type().toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * One argument.
     *
     * @param name as stored
     * @param type in upper case
     * @param given what it is if a call leaves it out, as an expression; empty if it cannot be left out
     * @param out whether the call gives a value back through it
     */
    public record Argument(String name, String type, Optional<String> given, boolean out) {
        /** One that every call must give. */
        public Argument(String name, String type) {
            this(name, type, Optional.empty(), false);
        }
    }

    /** A column of the rows that it gives. */
    public record Result(String name, String type) {}

    /** Where a body looks for names that are not qualified. */
    public enum Rights {
        /** In the schema of the routine; all functions, and procedures unless they say otherwise. */
        OWNER,
        /** In the session of the caller. */
        CALLER,
        /** Either: Snowflake did not say. */
        UNKNOWN
    }
}
