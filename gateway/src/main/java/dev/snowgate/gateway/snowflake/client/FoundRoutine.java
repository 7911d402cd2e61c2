package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import dev.snowgate.catalog.Routine;
import dev.snowgate.catalog.Tags;
import dev.snowgate.sql.RoutineSignatures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function or procedure in a row of {@link GatewayStatement#ROUTINES_OF_NAME}. */
final class FoundRoutine {
    private FoundRoutine() {}

    static CatalogObject of(String database, List<@Nullable String> row, Instant at) {
        ObjectKind kind = ObjectKind.valueOf(text(row, 0));
        String name = text(row, 2);
        String language = text(row, 4);
        Optional<Routine> routine = RoutineSignatures.routine(
                kind,
                language,
                text(row, 3),
                text(row, 6),
                text(row, 7).equals("YES"),
                text(row, 8).equals("YES") || !text(row, 9).isBlank());
        String signature =
                routine.map(r -> Routine.signature(name, r.arguments())).orElse(name + text(row, 3));
        return new CatalogObject(
                        new ObjectName(database, text(row, 1), signature),
                        kind,
                        List.of(),
                        Optional.of(text(row, 5)).filter(body -> !body.isBlank()),
                        Tags.of("LANGUAGE", language),
                        at)
                .withRoutine(routine);
    }

    private static String text(List<@Nullable String> row, int column) {
        String text = column < row.size() ? row.get(column) : null;
        return text == null ? "" : text;
    }
}
