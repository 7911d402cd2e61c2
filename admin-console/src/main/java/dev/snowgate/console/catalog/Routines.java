package dev.snowgate.console.catalog;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Tags;
import dev.snowgate.sql.RoutineSignatures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Functions and procedures of a database, by their name and the types of their arguments: {@code ADD_ONE(NUMBER)}. A body
 * that cannot be read, as that of a secure function, is missing. With whose rights a procedure runs is not shown.
 */
final class Routines {
    private static final String FUNCTIONS = """
            select function_schema, function_name, argument_signature, function_language, function_definition, last_altered,
                data_type, is_secure, is_external, external_access_integrations
            from "%s".information_schema.functions where function_schema <> 'INFORMATION_SCHEMA'
            """;
    private static final String PROCEDURES = """
            select procedure_schema, procedure_name, argument_signature, procedure_language, procedure_definition, last_altered,
                data_type, 'NO', 'NO', external_access_integrations
            from "%s".information_schema.procedures where procedure_schema <> 'INFORMATION_SCHEMA'
            """;

    private Routines() {}

    static List<CatalogObject> read(SnowflakeSession session, String database, Instant at) throws SQLException {
        List<CatalogObject> routines = new ArrayList<>();
        read(session, FUNCTIONS.formatted(database), database, ObjectKind.FUNCTION, at, routines);
        read(session, PROCEDURES.formatted(database), database, ObjectKind.PROCEDURE, at, routines);
        return routines;
    }

    private static void read(
            SnowflakeSession session,
            String query,
            String database,
            ObjectKind kind,
            Instant at,
            List<CatalogObject> routines)
            throws SQLException {
        session.each(query, List.of(), row -> {
            Timestamp altered = row.getTimestamp(6);
            String language = row.getString(4);
            Optional<Routine> routine = routine(row, kind);
            String name = row.getString(2);
            routines.add(new CatalogObject(
                    new ObjectName(
                            database,
                            row.getString(1),
                            routine.map(r -> Routine.signature(name, r.arguments()))
                                    .orElse(name + types(text(row, 3)))),
                    kind,
                    List.of(),
                    Optional.ofNullable(row.getString(5)).filter(body -> !body.isBlank()),
                    Tags.of("LANGUAGE", language == null ? "" : language),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.ofNullable(altered).map(Timestamp::toInstant),
                    at,
                    routine));
        });
    }

    /** How it is called, or nothing if what Snowflake says of its arguments is not understood. */
    private static Optional<Routine> routine(ResultSet row, ObjectKind kind) throws SQLException {
        return RoutineSignatures.routine(
                kind,
                text(row, 4),
                text(row, 3),
                text(row, 7),
                text(row, 8).equals("YES"),
                text(row, 9).equals("YES") || !text(row, 10).isBlank());
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    /** {@code (A NUMBER, B VARCHAR)} as {@code (NUMBER, VARCHAR)}. */
    static String types(String signature) {
        String inside = signature.strip().replaceAll("^\\(|\\)$", "").strip();
        return inside.isEmpty()
                ? "()"
                : Arrays.stream(inside.split(",", -1))
                        .map(argument ->
                                argument.strip().replaceFirst("^\\S+\\s+", "").toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
