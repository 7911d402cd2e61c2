package dev.snowgate.console.catalog;

import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.catalog.ObjectName;
import java.time.Instant;
import java.util.Optional;

/**
 * An object as the page shows it.
 *
 * @param columns how many it has
 * @param protectedColumns how many of them are protected
 * @param rows how many rows it had when it was read
 * @param place where a stage leads to, empty text for everything else and where nobody knows
 */
public record ObjectEntry(
        ObjectName name,
        ObjectKind kind,
        int columns,
        int protectedColumns,
        Optional<Long> rows,
        Instant seenAt,
        String place) {}
