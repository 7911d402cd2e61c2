package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.model.agent.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The upstream session's counter of statements. A statement that is sent again has the number that it had, so that its body is
 * the same; numbers of the oldest are forgotten.
 */
final class StatementSequence {
    private static final int MOST_STATEMENTS = 20_000;
    private static final int MOST_SESSIONS = 20_000;
    private final Map<UUID, Long> numbers = bounded(MOST_STATEMENTS);
    private final Map<SessionId, Long> last = bounded(MOST_SESSIONS);

    synchronized long of(SessionId session, UUID requestId) {
        return numbers.computeIfAbsent(requestId, id -> last.merge(session, 1L, Long::sum));
    }

    private static <K> Map<K, Long> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                return size() > most;
            }
        };
    }
}
