package dev.snowgate.gateway.statement;

import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;

/** Keeps the addresses of a result's chunks, sealed with the session's key, one value per statement. */
public interface ChunkVault {
    /** Stores them, replacing earlier ones: a result that is read again has new addresses and perhaps more masks. */
    Mono<Void> store(LedgerEntry entry, StoredChunks chunks);

    /** The chunks of a statement; empty if it has none, if its agent is suspended, or 15 minutes after its session's log-out. */
    Mono<Opened> find(StatementId statement);

    /**
     * What was stored, with whose it is.
     *
     * @param mostResultBytes most bytes of the result that may leave, if that is limited
     */
    record Opened(SessionId session, AgentId agent, StoredChunks chunks, OptionalLong mostResultBytes) {}
}
