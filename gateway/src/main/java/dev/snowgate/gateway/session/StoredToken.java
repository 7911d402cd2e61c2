package dev.snowgate.gateway.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of our tokens with its session.
 *
 * @param generation 0 at log-in, one more with each renewal
 * @param supersededAt when it was renewed, if it was
 * @param successor sealed pair that its renewal gave
 * @param predecessorAlive whether an older session token of the session still answers
 */
record StoredToken(
        StoredSession stored,
        int generation,
        Instant expiresAt,
        @Nullable Instant supersededAt,
        byte @Nullable [] successor,
        boolean predecessorAlive) {

    boolean superseded() {
        return supersededAt != null;
    }

    /** Whether a replaced token still answers. */
    boolean within(Duration overlap, Instant now) {
        return supersededAt == null || now.isBefore(supersededAt.plus(overlap));
    }

    @Override
    public String toString() {
        return "StoredToken[" + stored + "]";
    }
}
