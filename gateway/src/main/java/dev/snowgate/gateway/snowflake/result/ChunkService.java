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
import io.netty.buffer.ByteBufUtil;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Serves a chunk: opens the capability, fetches the chunk from storage, masks it on the way. What cannot be opened — forged,
 * expired, of a suspended agent, without the second secret — is answered like something that never existed.
 */
public final class ChunkService {
    private final ChunkCapability capability;
    private final ChunkVault vault;
    private final StorageClient storage;
    private final PageRecord pages;
    private final Masks masks;
    private final ChunkStream stream;
    private final HeldMemory memory;
    private final Function<String, ResultProperties.Compression> compression;
    private final Function<StatementId, Mono<Void>> refresh;
    private final Clock clock;

    /**
     * @param compression of masked chunks towards a client of that address
     * @param refresh reads a result again where its storage addresses have expired
     * @param lane inflating, masking and compressing run there
     */
    public ChunkService(
            ChunkCapability capability,
            ChunkVault vault,
            StorageClient storage,
            Recorder recorder,
            Masks masks,
            Function<String, ResultProperties.Compression> compression,
            Function<StatementId, Mono<Void>> refresh,
            ChunkLane lane,
            Clock clock) {
        this.capability = capability;
        this.vault = vault;
        this.storage = storage;
        this.pages = new PageRecord(recorder);
        this.masks = masks;
        this.compression = compression;
        this.stream = new ChunkStream(lane.scheduler());
        this.memory = lane.memory();
        this.refresh = refresh;
        this.clock = clock;
    }

    /**
     * The masked body of a chunk; empty if both secrets do not open one.
     *
     * @param path the capability as it stands in the path
     * @param header the second secret, or empty text
     * @param taken the best encoding that the client takes
     * @param client its address, or another text if that is not known
     */
    public Mono<ServedChunk> open(String path, String header, ServedChunk.Encoding taken, String client) {
        return Mono.justOrEmpty(capability.open(path, header, clock.instant()))
                .flatMap(chunk -> vault.find(chunk.statement())
                        .filter(opened ->
                                chunk.number() < opened.chunks().parts().size())
                        .map(opened -> served(chunk, opened, taken, client)));
    }

    private ServedChunk served(
            ChunkCapability.Chunk chunk, ChunkVault.Opened opened, ServedChunk.Encoding taken, String client) {
        boolean passes = ResultSize.passes(opened);
        boolean gzip = taken == ServedChunk.Encoding.GZIP
                && (passes || compression.apply(client) == ResultProperties.Compression.FAST);
        return new ServedChunk(
                gzip ? ServedChunk.Encoding.GZIP : ServedChunk.Encoding.IDENTITY, body(chunk, opened, gzip));
    }

    private Flux<byte[]> body(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, boolean gzip) {
        Flux<byte[]> fetched = Flux.defer(() -> fetch(chunk, opened, gzip))
                .onErrorResume(
                        fault -> isExpired(fault),
                        expired -> refresh.apply(chunk.statement())
                                .then(Mono.defer(() -> again(chunk, opened)))
                                .flatMapMany(fresh -> fetch(chunk, fresh, gzip)));
        return pages.of(page(chunk, opened), fetched);
    }

    /** The addresses of now; the client was told how many chunks there are, and how many rows each has. */
    private Mono<ChunkVault.Opened> again(ChunkCapability.Chunk chunk, ChunkVault.Opened before) {
        return vault.find(chunk.statement())
                .filter(fresh -> rows(fresh).equals(rows(before)))
                .switchIfEmpty(Mono.error(() -> new GatewayException(
                        GatewayErrorCode.RESULT_EXPIRED,
                        "The result was read again and has other parts now. Send the statement again.")));
    }

    private static List<Long> rows(ChunkVault.Opened opened) {
        return opened.chunks().parts().stream().map(StoredChunks.Part::rows).toList();
    }

    private Flux<byte[]> fetch(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, boolean gzip) {
        StoredChunks.Part part = opened.chunks().parts().get(chunk.number());
        // Deferred, because what is thrown before there is a stream would leave the connection with its bytes behind.
        return storage.fetch(
                URI.create(part.url()),
                opened.chunks().headers(),
                opened.agent(),
                (head, bytes) -> Flux.defer(() -> stream.stream(
                                bytes.map(ByteBufUtil::getBytes),
                                work(opened, part, head, gzip),
                                done -> pages.finished(page(chunk, opened), part, done)))
                        .onErrorMap(ResultFault.class, ChunkStream::withheld));
    }

    private ChunkWork work(ChunkVault.Opened opened, StoredChunks.Part part, ChunkHead head, boolean gzip) {
        StoredChunks chunks = opened.chunks();
        boolean gzipIn = Gunzip.isNamed(head.contentEncoding());
        if (gzipIn && gzip && ResultSize.passes(opened)) {
            return new PassedChunk(part.rows(), ResultSize.most(part.compressedBytes()));
        }
        CellMasks cells = CellMasks.of(masks, chunks.plan(), chunks.types(), memory.share());
        RowMasker masker = switch (chunks.format()) {
            case JSON -> new JsonRowMasker(cells, RowEnvelope.CHUNK);
            case ARROW -> new ArrowRowMasker(cells, chunks.names(), announcedRows(part));
        };
        return new ChunkCodec(
                masker, cells, new ChunkCodec.Form(gzipIn, gzip, ResultSize.mostInflated(opened, part)), null);
    }

    private static long announcedRows(StoredChunks.Part part) {
        return part.rows() > 0 ? part.rows() : ArrowStreamReader.ROWS_NOT_ANNOUNCED;
    }

    /** The inline rows are page 0. */
    private static PageRecord.Page page(ChunkCapability.Chunk chunk, ChunkVault.Opened opened) {
        return new PageRecord.Page(opened.session(), chunk.statement(), chunk.number() + 1);
    }

    private static boolean isExpired(Throwable fault) {
        return fault instanceof GatewayException known && known.code() == GatewayErrorCode.RESULT_EXPIRED;
    }
}
