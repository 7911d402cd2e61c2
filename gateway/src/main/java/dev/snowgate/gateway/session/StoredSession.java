package dev.snowgate.gateway.session;

import dev.snowgate.sealing.WrappedKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as the database holds it.
 *
 * @param key its data key, wrapped; absent once it was destroyed
 * @param upstream sealed upstream tokens; absent in the SQL API
 * @param suspended whether its agent, or every agent, is suspended
 */
record StoredSession(
        AgentSession session,
        @Nullable WrappedKey key,
        byte @Nullable [] upstream,
        Optional<Instant> closedAt,
        boolean suspended) {
    @Override
    public String toString() {
        return "StoredSession[" + session.id() + "]";
    }
}
