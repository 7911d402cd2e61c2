package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.MaskedReply;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.recording.EventKind;
import dev.snowgate.model.recording.SessionEvent;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.ChainedPage;
import dev.snowgate.recording.EncodedEvent;
import dev.snowgate.recording.PageChain;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.sealing.DataKey;
import dev.snowgate.sealing.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The last step: what the agent is about to see, durable before the reply leaves. The page is compressed, then sealed. */
final class ReturnStore {
    private static final byte[] NOTHING = new byte[0];
    private static final String FIRST = """
        select return_first_page(:id, :session, :at, :rows, :inlineRows, :bytes, :cells, :digest, :sealed, :root, :events) as done
        """;
    private final DatabaseStore database;
    private final KeyStore keys;
    private final EventStore events;
    private final EntryStore entries;
    private final PageStore pages;
    private final RecordLevels levels;
    private final SealingLane lane;
    private final Clock clock;

    ReturnStore(
            DatabaseStore database,
            KeyStore keys,
            EventStore events,
            EntryStore entries,
            PageStore pages,
            RecordLevels levels,
            SealingLane lane,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.events = events;
        this.entries = entries;
        this.pages = pages;
        this.levels = levels;
        this.lane = lane;
        this.clock = clock;
    }

    Mono<Void> returned(LedgerEntry entry, MaskedReply reply) {
        StatementId id = entry.id();
        return Mono.justOrEmpty(levels.take(id).map(keeps -> new Keep(entry.session(), keeps)))
                .switchIfEmpty(Mono.defer(() -> database.read(keep(id))))
                .flatMap(keep -> keys.require(keep.session())
                        .flatMap(key -> lane.run(reply.page().length(), () -> page(id, reply, keep, key))))
                .flatMap(page -> first(entry, reply, page)
                        .flatMap(done -> done
                                ? Mono.<Void>empty()
                                : database.write(entries.lock(id).flatMap(row -> returned(row, reply, page)))));
    }

    /** In one call, if no page of it was begun before; its place in the chain is then known beforehand. */
    private Mono<Boolean> first(LedgerEntry entry, MaskedReply reply, Page page) {
        Instant at = clock.instant();
        byte[] root = PageChain.first(
                new ChainedPage(
                        1,
                        0,
                        reply.inlineRows(),
                        reply.page().length(),
                        reply.maskedCells(),
                        true,
                        page.digest(),
                        NOTHING),
                entry.id());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", entry.id().value());
        parameters.put("session", page.session().value());
        parameters.put("at", at);
        parameters.put("rows", reply.rows());
        parameters.put("inlineRows", reply.inlineRows());
        parameters.put("bytes", reply.page().length());
        parameters.put("cells", reply.maskedCells());
        parameters.put("digest", page.digest());
        parameters.put("sealed", orNull(page.sealed(), byte[].class));
        parameters.put("root", root);
        SessionEvent event = SessionEvent.of(
                page.session(),
                entry.id(),
                EventKind.RETURNED,
                at,
                entry.owner().agent().value(),
                facts(reply, root));
        parameters.put("events", EncodedEvent.batch(List.of(EncodedEvent.of(event))));
        return database.call(FIRST, parameters, row -> RowStore.flag(row, "done"))
                .map(Optional::orElseThrow);
    }

    /** What of the page is kept. Children were decided with their request. */
    private Mono<Keep> keep(StatementId id) {
        return database.sql("""
            select s.session_id, s.mask_plan, coalesce(s.decision, p.decision) as decision
            from statement s left join statement p on p.id = s.parent where s.id = :id
            """, Map.of("id", id.value()))
                .map(row -> new Keep(
                        new SessionId(RowStore.uuid(row, "session_id")),
                        RecordLevels.keepsPage(
                                RowStore.find(row, "decision", byte[].class)
                                        .map(Encoding.DECISION::decode)
                                        .flatMap(RecordedDecision::obligations),
                                RowStore.find(row, "mask_plan", byte[].class).map(Encoding.MASK_PLAN::decode))))
                .one()
                .switchIfEmpty(Mono.error(() -> EntryStore.unknown(id)));
    }

    private static Page page(StatementId id, MaskedReply reply, Keep keep, DataKey key) {
        return new Page(
                keep.session(),
                digest(reply.page(), key),
                keep.page() ? key.seal(reply.page().gzip(), Place.ofPage(id, 0)) : null);
    }

    private Mono<Void> returned(Locked row, MaskedReply reply, Page page) {
        Instant at = clock.instant();
        return pages.begin(row.id(), 0)
                .flatMap(times -> pages.finish(
                                row.id(),
                                0,
                                reply.inlineRows(),
                                reply.page().length(),
                                reply.maskedCells(),
                                page.digest(),
                                page.sealed())
                        .flatMap(root -> update(row, reply, at)
                                .then(Mono.defer(() -> events.append(
                                        row.session(), List.of(event(row, reply, times == 1, root, at)))))));
    }

    /** A describe ends here: there is nothing to run. */
    private Mono<Void> update(Locked row, MaskedReply reply, Instant at) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", row.id().value());
        parameters.put("rows", reply.rows());
        parameters.put("bytes", reply.page().length());
        parameters.put("cells", reply.maskedCells());
        parameters.put("ended", orNull(row.describeOnly() && row.isRunning() ? at : null, Instant.class));
        return database.sql("""
            update statement set rows = :rows, bytes = coalesce(bytes, :bytes), masked_cells = coalesce(masked_cells, :cells),
                state = case when cast(:ended as timestamptz) is null then state else 'SUCCEEDED' end,
                ended_at = coalesce(cast(:ended as timestamptz), ended_at),
                lease_until = case when cast(:ended as timestamptz) is null then lease_until end
            where id = :id
            """, parameters).fetch().rowsUpdated().then();
    }

    private static EncodedEvent event(Locked row, MaskedReply reply, boolean first, byte[] root, Instant at) {
        return EncodedEvent.of(row.event(first ? EventKind.RETURNED : EventKind.REREAD, at, facts(reply, root)));
    }

    private static Map<String, String> facts(MaskedReply reply, byte[] root) {
        return Map.of(
                "rows",
                Long.toString(reply.rows()),
                "inlineRows",
                Long.toString(reply.inlineRows()),
                "bytes",
                Long.toString(reply.page().length()),
                "maskedCells",
                Long.toString(reply.maskedCells()),
                "detections",
                reply.detections(),
                "maskedColumns",
                reply.maskedColumns().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "pageRoot",
                HexFormat.of().formatHex(root));
    }

    private static byte[] digest(PageBytes page, DataKey key) {
        Mac digest = key.newDigest();
        byte[] piece = new byte[(int) Math.min(ByteSource.STEP, Math.max(1, page.length()))];
        try (InputStream in = page.open()) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                digest.update(piece, 0, length);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return digest.doFinal();
    }

    private record Keep(SessionId session, boolean page) {}

    private record Page(SessionId session, byte[] digest, byte @Nullable [] sealed) {
        @Override
        public String toString() {
            return "Page";
        }
    }
}
