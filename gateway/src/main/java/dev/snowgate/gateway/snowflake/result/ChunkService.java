package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.client.ChunkHead;
import dev.snowgate.gateway.snowflake.client.StorageClient;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.Masks;
import dev.snowgate.model.statement.StatementId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Serves a chunk: opens the capability, fetches the chunk from storage, masks it on the way. What cannot be opened — forged,
 * expired, of a suspended agent, without the second secret — is answered like something that never existed.
 */
public final class ChunkService {
    /** Snowflake's chunks are some 100 MB at most; the announced size, with room, is the limit where there is one. */
    private static final long MOST_INFLATED = 2L * 1024 * 1024 * 1024;

    private final ChunkCapability capability;
    private final ChunkVault vault;
    private final StorageClient storage;
    private final Recorder recorder;
    private final Masks masks;
    private final ChunkStream stream;
    private final Function<StatementId, Mono<Void>> refresh;
    private final Clock clock;

    /**
     * @param refresh reads a result again where its storage addresses have expired
     * @param lane inflating, masking and compressing run there
     */
    public ChunkService(
            ChunkCapability capability,
            ChunkVault vault,
            StorageClient storage,
            Recorder recorder,
            Masks masks,
            Function<StatementId, Mono<Void>> refresh,
            ChunkLane lane,
            Clock clock) {
        this.capability = capability;
        this.vault = vault;
        this.storage = storage;
        this.recorder = recorder;
        this.masks = masks;
        this.stream = new ChunkStream(lane.scheduler());
        this.refresh = refresh;
        this.clock = clock;
    }

    /**
     * The masked body of a chunk; empty if both secrets do not open one.
     *
     * @param path the capability as it stands in the path
     * @param header the second secret, or empty text
     * @param gzip whether the client takes gzip
     */
    public Mono<Flux<byte[]>> open(String path, String header, boolean gzip) {
        return Mono.justOrEmpty(capability.open(path, header, clock.instant()))
                .flatMap(chunk -> vault.find(chunk.statement())
                        .filter(opened ->
                                chunk.number() < opened.chunks().parts().size())
                        .map(opened -> body(chunk, opened, gzip)));
    }

    private Flux<byte[]> body(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, boolean gzip) {
        return recorder.pageStarted(chunk.statement(), page(chunk))
                .thenMany(Flux.defer(() -> fetch(chunk, opened, gzip)))
                .onErrorResume(
                        fault -> isExpired(fault),
                        expired -> refresh.apply(chunk.statement())
                                .then(Mono.defer(() -> vault.find(chunk.statement())))
                                .flatMapMany(fresh -> fetch(chunk, fresh, gzip)));
    }

    private Flux<byte[]> fetch(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, boolean gzip) {
        StoredChunks.Part part = opened.chunks().parts().get(chunk.number());
        return storage.fetch(
                URI.create(part.url()),
                opened.chunks().headers(),
                opened.agent(),
                (head, bytes) -> masked(chunk, opened.chunks(), part, head, bytes, gzip));
    }

    private Flux<byte[]> masked(
            ChunkCapability.Chunk chunk,
            StoredChunks chunks,
            StoredChunks.Part part,
            ChunkHead head,
            Flux<ByteBuf> bytes,
            boolean gzip) {
        boolean gzipIn = switch (head.contentEncoding()) {
            case "gzip", "x-gzip" -> true;
            case "", "identity" -> false;
            default -> throw new ResultFault("its compression is not understood");
        };
        CellMasks cells = CellMasks.of(masks, chunks.plan(), chunks.types());
        ChunkCodec codec = new ChunkCodec(cells, RowEnvelope.CHUNK, gzipIn, gzip, mostInflated(part));
        return stream.stream(bytes.map(ByteBufUtil::getBytes), codec, done -> finished(chunk, done));
    }

    private Mono<Void> finished(ChunkCapability.Chunk chunk, ChunkCodec codec) {
        return recorder.pageFinished(
                chunk.statement(), page(chunk), codec.rows(), codec.bytes(), codec.maskedCells(), codec.digest());
    }

    private static long mostInflated(StoredChunks.Part part) {
        long announced = part.uncompressedBytes();
        return announced > 0 ? Math.min(MOST_INFLATED, announced * 2 + 1024 * 1024) : MOST_INFLATED;
    }

    /** The inline rows are page 0. */
    private static int page(ChunkCapability.Chunk chunk) {
        return chunk.number() + 1;
    }

    private static boolean isExpired(Throwable fault) {
        return fault instanceof GatewayException known && known.code() == GatewayErrorCode.RESULT_EXPIRED;
    }
}
