package dev.snowgate.gateway.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process will do, with a deadline. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private Eventually() {}

    /** Returns when it holds; an exception counts as not yet. */
    public static void holds(BooleanSupplier condition) {
        Instant end = Instant.now().plus(DEADLINE);
        RuntimeException last = null;
        while (Instant.now().isBefore(end)) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (RuntimeException notYet) {
                last = notYet;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("it did not come to hold in time", last);
    }
}
