package dev.snowgate.gateway.session;

import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A recorder that keeps what it was told. */
public final class RecordedEvents implements Recorder {
    private final List<String> kinds = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> facts = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    public List<String> kinds() {
        return kinds;
    }

    public List<Map<String, String>> facts() {
        return facts;
    }

    void breakDown() {
        broken = true;
    }

    @Override
    public Mono<Void> append(
            SessionId session, Optional<StatementId> statement, String kind, Map<String, String> more) {
        return Mono.defer(() -> {
            if (broken) {
                return Mono.error(new dev.snowgate.gateway.statement.GatewayException(
                        dev.snowgate.gateway.statement.GatewayErrorCode.RECORDING_UNAVAILABLE, "broken"));
            }
            kinds.add(kind);
            facts.add(more);
            return Mono.empty();
        });
    }

    @Override
    public Mono<Void> refusedExchange(String network, String what, Map<String, String> more) {
        return Mono.fromRunnable(() -> {
            kinds.add(what);
            facts.add(more);
        });
    }

    @Override
    public Mono<Void> pageStarted(StatementId statement, int page) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> pageFinished(
            StatementId statement, int page, long rows, long bytes, long maskedCells, byte[] digest) {
        return Mono.empty();
    }
}
