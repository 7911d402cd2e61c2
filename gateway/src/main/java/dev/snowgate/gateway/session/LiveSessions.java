package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import java.time.Clock;
import reactor.core.publisher.Mono;

/** Sessions by id, for work that nobody waits for: released asynchronous statements, results that are read again. */
public final class LiveSessions {
    private final SessionStore sessions;
    private final Clock clock;

    LiveSessions(SessionStore sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The session if it is open, not over and its agent is not suspended; else empty. */
    public Mono<AgentSession> find(SessionId id) {
        return sessions.find(id)
                .filter(stored -> stored.closedAt().isEmpty() && !stored.suspended())
                .map(StoredSession::session)
                .filter(session -> clock.instant().isBefore(session.expiresAt()));
    }
}
