package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Collects which sessions were heard of, so that a poll costs no write; written from time to time in one statement. */
final class SeenSessions {
    private final Set<SessionId> seen = ConcurrentHashMap.newKeySet();
    private final SessionStore store;

    SeenSessions(SessionStore store) {
        this.store = store;
    }

    void note(SessionId session) {
        seen.add(session);
    }

    Mono<Void> write() {
        return Mono.defer(() -> {
            Set<SessionId> now = Set.copyOf(seen);
            seen.removeAll(now);
            return store.seen(now).doOnError(fault -> seen.addAll(now));
        });
    }
}
