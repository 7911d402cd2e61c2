package dev.snowgate.gateway.recording;

import java.time.Duration;
import java.util.UUID;

/**
 * How this replica marks what it runs.
 *
 * @param replica its id, new at every start
 * @param length how long a mark holds unless it is renewed
 */
public record Lease(UUID replica, Duration length) {
    /** Of a new replica: 60 s. */
    public static Lease ofNewReplica() {
        return new Lease(UUID.randomUUID(), Duration.ofSeconds(60));
    }
}
