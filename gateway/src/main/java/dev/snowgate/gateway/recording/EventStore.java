package dev.snowgate.gateway.recording;

import dev.snowgate.model.agent.SessionId;
import dev.snowgate.recording.EncodedEvent;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Appends events to a session's chain in one round trip. To be the last work of a transaction: it holds the end of the chain until
 * the commit. The database alone gives sequence numbers and links.
 */
public final class EventStore {
    private final DatabaseStore database;

    public EventStore(DatabaseStore database) {
        this.database = database;
    }

    /** Appends them, in order, within the caller's transaction; nothing to append is no work. */
    public Mono<Void> append(SessionId session, List<EncodedEvent> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return database.sql(
                        "select last_seq from append_events(:session, :events)",
                        Map.of("session", session.value(), "events", EncodedEvent.batch(events)))
                .fetch()
                .first()
                .then();
    }
}
