package dev.snowgate.gateway.recording;

import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.EncodedEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Events that change no state of a statement, and the pages of chunks. Refused exchanges go to the one chain of the door, at most
 * {@value #MOST_PER_SECOND} a second and replica: more are counted and the count is in the next one's facts.
 */
public final class RecorderStore implements Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderStore.class);
    private static final int MOST_PER_SECOND = 20;
    private static final int LONGEST_FACT = 300;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final PageStore pages;
    private final Clock clock;
    private final RateBound door;

    public RecorderStore(DatabaseStore database, KeyStore keys, EventStore events, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.pages = new PageStore(database);
        this.clock = clock;
        this.door = new RateBound(MOST_PER_SECOND, clock);
    }

    @Override
    public Mono<Void> append(
            SessionId session, Optional<StatementId> statement, String kind, Map<String, String> facts) {
        return database.write(actor(session)
                .map(actor -> new SessionEvent(
                        session, EventKind.valueOf(kind), clock.instant(), statement, actor, new TreeMap<>(facts)))
                .flatMap(event -> events.append(session, List.of(EncodedEvent.of(event)))));
    }

    @Override
    public Mono<Void> refusedExchange(String network, String what, Map<String, String> facts) {
        return Mono.defer(() -> door.take()
                        .map(suppressed -> append(door(network, what, facts, suppressed)))
                        .orElseGet(Mono::empty))
                .onErrorResume(RecorderStore::logged);
    }

    @Override
    public Mono<Void> pageStarted(StatementId statement, int page) {
        return database.write(pages.begin(statement, page).then());
    }

    @Override
    public Mono<Void> pageFinished(
            StatementId statement, int page, long rows, long bytes, long maskedCells, byte[] digest) {
        return database.write(session(statement)
                .flatMap(keys::require)
                .flatMap(key -> pages.finish(statement, page, rows, bytes, maskedCells, key.digest(digest), null))
                .then());
    }

    private Mono<Void> append(SessionEvent event) {
        return database.write(events.append(event.session(), List.of(EncodedEvent.of(event))));
    }

    /** What comes from outside is cut: the door's chain is no place to leave texts at. */
    private SessionEvent door(String network, String what, Map<String, String> facts, long suppressed) {
        TreeMap<String, String> cut = new TreeMap<>();
        facts.forEach((name, value) -> cut.put(name, cut(value)));
        cut.put("network", cut(network));
        cut.put("what", cut(what));
        if (suppressed > 0) {
            cut.put("suppressedBefore", Long.toString(suppressed));
        }
        EventKind kind =
                what.equals(EventKind.LOGIN_REFUSED.name()) ? EventKind.LOGIN_REFUSED : EventKind.EXCHANGE_REFUSED;
        return SessionEvent.of(SessionEvent.DOOR, kind, clock.instant(), "gateway", cut);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_FACT ? text : text.substring(0, LONGEST_FACT);
    }

    private Mono<String> actor(SessionId session) {
        return database.sql("select agent from agent_session where id = :id", Map.of("id", session.value()))
                .map(row -> RowStore.text(row, "agent"))
                .one()
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("there is no such session")));
    }

    private Mono<SessionId> session(StatementId statement) {
        return database.sql("select session_id from statement where id = :id", Map.of("id", statement.value()))
                .map(row -> new SessionId(RowStore.uuid(row, "session_id")))
                .one()
                .switchIfEmpty(Mono.error(() -> EntryStore.unknown(statement)));
    }

    private static Mono<Void> logged(Throwable fault) {
        LOG.atWarn().addKeyValue("fault", fault.getClass().getSimpleName()).log("A refused exchange was not recorded");
        return Mono.empty();
    }
}
