package dev.snowgate.sql;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.sql.syntax.Cursor;
import dev.snowgate.sql.syntax.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of objects that statements speak of, by their words. */
final class ObjectTypes {
    /**
     * One kind of object.
     *
     * @param words its words joined by blanks
     * @param level where its name lives: schema, database, schemata or account
     * @param meaning what changing one means beside the change: plain, code, external, privilege, cost
     */
    record Type(String words, ObjectKind kind, String level, String meaning) {
        ObjectName name(List<Name> parts, Namespace names) {
            return switch (level) {
                case "database" -> new ObjectName(names.fold(parts.getLast()), "", "");
                case "schemata" -> names.schemaName(parts);
                case "account" ->
                    new ObjectName(
                            "", parts.size() > 1 ? names.fold(parts.getFirst()) : "", names.fold(parts.getLast()));
                default -> names.object(parts);
            };
        }

        boolean isTable() {
            return words.endsWith("TABLE");
        }

        /** Whether other objects live in it. */
        boolean isNamespace() {
            return level.equals("database") || level.equals("schemata");
        }

        boolean isRoutine() {
            return kind == ObjectKind.FUNCTION || kind == ObjectKind.PROCEDURE;
        }

        boolean isView() {
            return kind == ObjectKind.VIEW || kind == ObjectKind.MATERIALIZED_VIEW;
        }
    }

    private static final Map<String, Type> TYPES = read();
    private static final int MAX_WORDS = 3;
    /** Classes that are found by the search path. */
    private static final Set<String> CLASSES =
            Set.of("FORECAST", "ANOMALY_DETECTION", "CLASSIFICATION", "TOP_INSIGHTS");

    private ObjectTypes() {}

    private static Map<String, Type> read() {
        Map<String, Type> types = new HashMap<>();
        for (String line : Resources.lines("object-types.txt")) {
            String[] parts = line.split("\\s+");
            String words = parts[0].replace('_', ' ');
            types.put(words, new Type(words, ObjectKind.valueOf(parts[1]), parts[2], parts[3]));
        }
        return types;
    }

    /** Takes the words of a type if they follow. */
    static Optional<Type> accept(Cursor c) {
        return accept(c, false);
    }

    /** Takes the words of a type, which may be a class by its short name. */
    static Optional<Type> acceptOrClass(Cursor c) {
        if (CLASSES.contains(c.peek().word()) && c.peek(1).isName()) {
            return Optional.of(new Type("SNOWFLAKE.ML." + c.next().word(), ObjectKind.OTHER, "schema", "code"));
        }
        return accept(c);
    }

    /** Takes the words of a type in the plural if they follow. */
    static Optional<Type> acceptPlural(Cursor c) {
        return accept(c, true);
    }

    private static Optional<Type> accept(Cursor c, boolean plural) {
        if (c.sees("SNOWFLAKE", ".") && c.peek(2).isName()) {
            StringBuilder words = new StringBuilder();
            c.dotted()
                    .forEach(part -> words.append(words.isEmpty() ? "" : ".")
                            .append(part.value().toUpperCase(Locale.ROOT)));
            return Optional.of(new Type(words.toString(), ObjectKind.OTHER, "schema", "code"));
        }
        for (int length = MAX_WORDS; length > 0; length--) {
            StringBuilder words = new StringBuilder();
            for (int i = 0; i < length; i++) {
                words.append(i == 0 ? "" : " ").append(c.peek(i).word());
            }
            String key = plural ? singular(words.toString()) : words.toString();
            Type type = TYPES.get(key);
            if (type != null) {
                for (int i = 0; i < length; i++) {
                    c.next();
                }
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static String singular(String words) {
        if (words.endsWith("POLICIES") || words.endsWith("REPOSITORIES")) {
            return words.substring(0, words.length() - 3) + "Y";
        }
        return words.endsWith("INDEXES") ? words : words.endsWith("S") ? words.substring(0, words.length() - 1) : "";
    }
}
