package dev.snowgate.console.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A run of the synchronisation as people are told of it.
 *
 * @param databases how many are to be read
 * @param done how many of them were read and stored
 * @param reading the one that is being read, empty text if none
 * @param endedAt empty while it runs, and after a console died in it
 * @param problem a sentence for operators, empty text if there is none
 */
public record SyncRun(
        Instant startedAt,
        String startedBy,
        int databases,
        int done,
        String reading,
        int changed,
        int gone,
        Optional<Instant> endedAt,
        String problem) {}
