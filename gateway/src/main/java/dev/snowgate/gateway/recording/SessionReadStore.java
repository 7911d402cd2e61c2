package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.session.AgentSession;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Which categories of protected columns a session has read: one row each, written once. */
final class SessionReadStore {
    private static final String MARK = """
        insert into session_read (session_id, category) select :session, c from unnest(cast(:categories as text[])) c
        on conflict do nothing
        """;
    private final DatabaseStore database;

    SessionReadStore(DatabaseStore database) {
        this.database = database;
    }

    Mono<Void> mark(AgentSession session, Set<String> categories) {
        return session.readProtected().containsAll(categories)
                ? Mono.empty()
                : database.write(database.sql(
                                MARK,
                                Map.of(
                                        "session",
                                        session.id().value(),
                                        "categories",
                                        categories.stream().sorted().toArray(String[]::new)))
                        .fetch()
                        .rowsUpdated()
                        .then());
    }
}
