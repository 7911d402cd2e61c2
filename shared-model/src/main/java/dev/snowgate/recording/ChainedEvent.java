package dev.snowgate.recording;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of {@code session_event} as read from the database, not yet believed. Arrays are not copied. */
public record ChainedEvent(
        long seq,
        Instant at,
        String kind,
        Optional<UUID> statement,
        String actor,
        byte[] body,
        byte @Nullable [] sealed,
        byte[] digest,
        byte[] link) {
    @Override
    public String toString() {
        return "ChainedEvent[" + seq + " " + kind + "]";
    }
}
