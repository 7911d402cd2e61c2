package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Records what the edge refuses. A refusal is given whether or not it can be recorded: nothing happens because of it. */
final class RefusalRecord {
    private final Recorder recorder;
    private final Duration timeout;

    RefusalRecord(Recorder recorder, Duration timeout) {
        this.recorder = recorder;
        this.timeout = timeout;
    }

    /** An exchange is refused; never fails. The path is left out: it may carry an id or a capability. */
    Mono<Void> refused(RequestHead head, String dialect, GatewayException why) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("dialect", dialect);
        facts.put("method", head.method().length() > 16 ? head.method().substring(0, 16) : head.method());
        facts.put("code", why.code().name());
        facts.put("number", Integer.toString(why.code().number()));
        why.statement().map(StatementId::toString).ifPresent(reference -> facts.put("reference", reference));
        return bounded(recorder.refusedExchange(head.network(), why.code().name(), facts));
    }

    /** A log-in left fields behind that the tables do not know. */
    Mono<Void> droppedAtLogIn(SessionId session, List<String> fields) {
        return recorder.append(
                session, Optional.empty(), "CONTEXT_CHANGED", Map.of("dropped_fields", String.join(",", fields)));
    }

    private Mono<Void> bounded(Mono<Void> record) {
        return record.timeout(timeout).onErrorComplete();
    }
}
