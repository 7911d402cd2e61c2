package dev.snowgate.gateway.session;

import dev.snowgate.model.agent.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** An upstream that opens every session and notes what was asked. */
final class FakeUpstreamSessions implements UpstreamSessions {
    final List<UpstreamLogIn> opened = new CopyOnWriteArrayList<>();
    final List<UpstreamTokens> closed = new CopyOnWriteArrayList<>();
    final List<SessionId> beaten = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Mono<UpstreamSession> open(UpstreamLogIn logIn) {
        return Mono.fromSupplier(() -> {
            opened.add(logIn);
            int number = count.incrementAndGet();
            return new UpstreamSession(
                    new UpstreamTokens("up-session-" + number, "up-master-" + number, number),
                    "SNOWGATE",
                    "COPILOT",
                    Map.of(
                            "role", Optional.of(logIn.role()),
                            "warehouse", Optional.of(logIn.warehouse()),
                            "database", logIn.database(),
                            "schema", logIn.schema()),
                    Map.of("AUTOCOMMIT", true),
                    new TreeMap<>(Map.of("TIMEZONE", "UTC")),
                    List.of("UNKNOWN_ONE"));
        });
    }

    @Override
    public Mono<Void> beat(SessionId session) {
        return Mono.fromRunnable(() -> beaten.add(session));
    }

    @Override
    public Mono<Void> close(UpstreamTokens tokens) {
        return Mono.fromRunnable(() -> closed.add(tokens));
    }
}
