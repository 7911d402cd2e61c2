package dev.snowgate.gateway.recording;

import java.time.Clock;
import java.util.Optional;

/** Lets so many through in each second, and counts the others. */
final class RateBound {
    private final int most;
    private final Clock clock;
    private long second;
    private int taken;
    private long suppressed;

    RateBound(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** How many were suppressed since the last one that was let through; empty if this one is suppressed too. */
    synchronized Optional<Long> take() {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            taken = 0;
        }
        if (taken >= most) {
            suppressed++;
            return Optional.empty();
        }
        taken++;
        long before = suppressed;
        suppressed = 0;
        return Optional.of(before);
    }
}
