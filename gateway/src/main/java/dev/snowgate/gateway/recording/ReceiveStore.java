package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.Bindings;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.Owner;
import dev.snowgate.gateway.statement.Receipt;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.StoredText;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The first step: a statement is received, once per idempotence key; and its text, for when it is needed again. */
final class ReceiveStore {
    /** The event is appended where the row was inserted, and only there: the function is given the inserted row's session. */
    private static final String INSERT = """
            with received as (
            insert into statement (id, session_id, account, agent, person_claim, dialect, request_id, request_digest, describe_only,
                async, state, sealed_text, sealed_bindings, bindings_digest, context, epoch, upstream_request_id, received_at,
                last_polled_at)
            values (:id, :session, :account, :agent, :person, :dialect, :request, :requestDigest, :describeOnly, :async, 'RECEIVED',
                :sealedText, :sealedBindings, :bindingsDigest, :context, :epoch, :upstreamRequest, :at, :at)
            on conflict do nothing
            returning session_id)
            select e.last_seq from received cross join lateral append_events(received.session_id, :events) e
            """;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EntryStore entries;
    private final SealingLane lane;
    private final Clock clock;

    ReceiveStore(
            DatabaseStore database,
            KeyStore keys,
            EntryStore entries,
            SealingLane lane,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.entries = entries;
        this.lane = lane;
        this.clock = clock;
    }

    Mono<Receipt> receive(Statement statement, byte[] digest, UUID upstreamRequestId) {
        return database.read(keys.require(statement.session().id()))
                .flatMap(key -> lane.run(
                        statement.text().length() + statement.bindings().encoded().length,
                        () -> sealed(statement, digest, upstreamRequestId, key)))
                .flatMap(parameters -> database.call(INSERT, parameters, row -> RowStore.number(row, "last_seq")))
                .flatMap(inserted -> inserted.isPresent()
                        ? Mono.just(new Receipt.New(Entries.received(statement, digest, upstreamRequestId)))
                        : database.read(known(statement, digest)));
    }

    Mono<StoredText> text(StatementId id) {
        return database.read(database.sql(
                                "select session_id, sealed_text, sealed_bindings, bindings_digest from statement where id = :id",
                                Map.of("id", id.value()))
                        .map(row -> new SealedText(
                                new dev.snowgate.model.agent.SessionId(RowStore.uuid(row, "session_id")),
                                RowStore.bytes(row, "sealed_text"),
                                RowStore.bytes(row, "sealed_bindings"),
                                RowStore.find(row, "bindings_digest", byte[].class)
                                        .orElseGet(() -> new byte[0])))
                        .one()
                        .switchIfEmpty(Mono.error(() -> EntryStore.unknown(id)))
                        .zipWhen(text -> keys.require(text.session())))
                .flatMap(both -> lane.run(
                        both.getT1().text().length + both.getT1().request().length,
                        () -> both.getT1().open(id, both.getT2())));
    }

    private Map<String, Object> sealed(Statement statement, byte[] digest, UUID upstreamRequestId, DataKey key) {
        Owner owner = Owner.of(statement.session());
        Bindings bindings = statement.bindings();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", statement.id().value());
        parameters.put("session", statement.session().id().value());
        parameters.put("account", owner.account());
        parameters.put("agent", owner.agent().value());
        parameters.put("person", orNull(owner.person(), String.class));
        parameters.put("dialect", statement.dialect().name());
        parameters.put("request", statement.requestId());
        parameters.put("requestDigest", digest);
        parameters.put("describeOnly", statement.describeOnly());
        parameters.put("async", statement.async());
        parameters.put(
                "sealedText",
                key.seal(
                        Encoding.STATEMENT_TEXT.encode(new StatementText(statement.text(), Optional.empty())),
                        Place.ofStatement(statement.id(), "sealed_text")));
        parameters.put(
                "sealedBindings",
                key.seal(
                        StoredRequest.of(statement).bytes(bindings),
                        Place.ofStatement(statement.id(), "sealed_bindings")));
        parameters.put("bindingsDigest", bindings.digest());
        parameters.put("context", Encoding.SESSION_CONTEXT.encode(statement.context()));
        parameters.put("epoch", statement.context().epoch());
        parameters.put("upstreamRequest", upstreamRequestId);
        parameters.put("at", statement.receivedAt());
        parameters.put("events", EncodedEvent.batch(List.of(event(statement, key))));
        return parameters;
    }

    private EncodedEvent event(Statement statement, DataKey key) {
        Map<String, String> facts = new HashMap<>();
        facts.put("dialect", statement.dialect().name());
        facts.put("characters", Integer.toString(statement.text().length()));
        facts.put("bindingBytes", Integer.toString(statement.bindings().encoded().length));
        facts.put("describeOnly", Boolean.toString(statement.describeOnly()));
        facts.put("async", Boolean.toString(statement.async()));
        facts.put("droppedFields", String.join(",", statement.droppedFields()));
        // Under the session's key: proves the text while the key exists and cannot be used to guess it afterwards.
        facts.put(
                "textDigest",
                HexFormat.of().formatHex(key.digest(statement.text().getBytes(StandardCharsets.UTF_8))));
        facts.put(
                "bindingsDigest",
                HexFormat.of().formatHex(key.digest(statement.bindings().digest())));
        return EncodedEvent.of(SessionEvent.of(
                statement.session().id(),
                statement.id(),
                EventKind.RECEIVED,
                clock.instant(),
                statement.session().principal().agent().value(),
                facts));
    }

    private Mono<Receipt> known(Statement statement, byte[] digest) {
        return entries.findByRequest(statement.session(), statement.requestId())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the insert met no row and changed none")))
                .map(entry -> receipt(entry, digest));
    }

    private static Receipt receipt(LedgerEntry entry, byte[] digest) {
        return MessageDigest.isEqual(entry.requestDigest(), digest)
                ? new Receipt.Known(entry)
                : new Receipt.Reused(entry);
    }

    private record SealedText(
            dev.snowgate.model.agent.SessionId session, byte[] text, byte[] request, byte[] bindingsDigest) {
        StoredText open(StatementId id, DataKey key) {
            return StoredRequest.text(
                    Encoding.STATEMENT_TEXT
                            .decode(key.open(text, Place.ofStatement(id, "sealed_text")))
                            .original(),
                    key.open(request, Place.ofStatement(id, "sealed_bindings")),
                    bindingsDigest);
        }
    }
}
