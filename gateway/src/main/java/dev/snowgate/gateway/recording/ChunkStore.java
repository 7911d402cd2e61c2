package dev.snowgate.gateway.recording;

import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.sealing.Place;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Chunk addresses in the column {@code sealed_chunks} of their statement. */
public final class ChunkStore implements ChunkVault {
    private static final Encoding<StoredChunks> CHUNKS = Encoding.of("chunks", 2, StoredChunks.class);
    private static final String COLUMN = "sealed_chunks";
    private static final String FIND = """
        select s.session_id, s.agent, s.sealed_chunks,
        """ + EntryStore.MOST_RESULT_BYTES + """

        from statement s
        join agent_session a on a.id = s.session_id
        where s.id = :id
          and s.sealed_chunks is not null
          and coalesce(a.closed_at > clock_timestamp() - interval '15 minutes', true)
          and not exists (select 1 from agent_standing d where d.agent in (s.agent, '*') and d.suspended_at is not null)
        """;
    private final DatabaseStore database;
    private final KeyStore keys;

    public ChunkStore(DatabaseStore database, KeyStore keys) {
        this.database = database;
        this.keys = keys;
    }

    @Override
    public Mono<Void> store(LedgerEntry entry, StoredChunks chunks) {
        return keys.require(entry.session())
                .map(key -> key.seal(CHUNKS.encode(chunks), Place.ofStatement(entry.id(), COLUMN)))
                .flatMap(bytes -> database.write(database.sql(
                                "update statement set sealed_chunks = :sealed where id = :id",
                                Map.of("sealed", bytes, "id", entry.id().value()))
                        .fetch()
                        .rowsUpdated()))
                .then();
    }

    @Override
    public Mono<Opened> find(StatementId statement) {
        return database.read(database.sql(FIND, Map.of("id", statement.value()))
                        .map(row -> new Sealed(
                                new SessionId(java.util.Objects.requireNonNull(row.get("session_id", UUID.class))),
                                new AgentId(RowStore.text(row, "agent")),
                                RowStore.bytes(row, COLUMN),
                                EntryStore.mostResultBytes(row)))
                        .one())
                .flatMap(found -> open(statement, found));
    }

    private Mono<Opened> open(StatementId statement, Sealed sealed) {
        return keys.require(sealed.session())
                .map(key -> key.open(sealed.chunks(), Place.ofStatement(statement, COLUMN)))
                .map(clear ->
                        new Opened(sealed.session(), sealed.agent(), CHUNKS.decode(clear), sealed.mostResultBytes()));
    }

    private record Sealed(SessionId session, AgentId agent, byte[] chunks, OptionalLong mostResultBytes) {}
}
