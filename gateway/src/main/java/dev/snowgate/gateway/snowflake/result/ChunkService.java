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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private final ResultProperties.Compression compression;
    private final Function<StatementId, Mono<Void>> refresh;
    private final Clock clock;

    /**
     * @param compression of masked chunks
     * @param refresh reads a result again where its storage addresses have expired
     * @param lane inflating, masking and compressing run there
     */
    public ChunkService(
            ChunkCapability capability,
            ChunkVault vault,
            StorageClient storage,
            Recorder recorder,
            Masks masks,
            ResultProperties.Compression compression,
            Function<StatementId, Mono<Void>> refresh,
            ChunkLane lane,
            Clock clock) {
        this.capability = capability;
        this.vault = vault;
        this.storage = storage;
        this.recorder = recorder;
        this.masks = masks;
        this.compression = compression;
        this.stream = new ChunkStream(lane.scheduler());
        this.refresh = refresh;
        this.clock = clock;
    }

    /**
     * The masked body of a chunk; empty if both secrets do not open one.
     *
     * @param path the capability as it stands in the path
     * @param header the second secret, or empty text
     * @param taken the best encoding that the client takes
     */
    public Mono<ServedChunk> open(String path, String header, ServedChunk.Encoding taken) {
        return Mono.justOrEmpty(capability.open(path, header, clock.instant()))
                .flatMap(chunk -> vault.find(chunk.statement())
                        .filter(opened ->
                                chunk.number() < opened.chunks().parts().size())
                        .map(opened -> served(chunk, opened, taken)));
    }

    private ServedChunk served(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, ServedChunk.Encoding taken) {
        boolean passes = passes(opened);
        boolean gzip =
                taken == ServedChunk.Encoding.GZIP && (passes || compression == ResultProperties.Compression.FAST);
        return new ServedChunk(
                gzip ? ServedChunk.Encoding.GZIP : ServedChunk.Encoding.IDENTITY, body(chunk, opened, gzip));
    }

    private Flux<byte[]> body(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, boolean gzip) {
        return recorder.pageStarted(chunk.statement(), page(chunk))
                .thenMany(Flux.defer(() -> fetch(chunk, opened, gzip)))
                .onErrorResume(
                        fault -> isExpired(fault),
                        expired -> refresh.apply(chunk.statement())
                                .then(Mono.defer(() -> vault.find(chunk.statement())))
                                .flatMapMany(fresh -> fetch(chunk, fresh, gzip)))
                .onErrorResume(fault -> recorded(chunk, opened, fault).then(Mono.error(fault)));
    }

    /** What was not delivered, or only in part, is in the recording with its reason; the client's error does not wait for it in vain. */
    private Mono<Void> recorded(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, Throwable fault) {
        GatewayErrorCode code =
                fault instanceof GatewayException known ? known.code() : GatewayErrorCode.INTERNAL_FAULT;
        Map<String, String> facts = new TreeMap<>();
        facts.put("code", code.name());
        facts.put("page", Integer.toString(page(chunk)));
        if (fault instanceof GatewayException known) {
            facts.put("reason", String.valueOf(known.getMessage()));
        }
        return recorder.append(opened.session(), Optional.of(chunk.statement()), "WITHHELD", facts)
                .onErrorComplete();
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
                        done -> finished(chunk, opened, part, done))));
    }

    private ChunkWork work(ChunkVault.Opened opened, StoredChunks.Part part, ChunkHead head, boolean gzip) {
        StoredChunks chunks = opened.chunks();
        boolean gzipIn = switch (head.contentEncoding()) {
            case "gzip", "x-gzip" -> true;
            case "", "identity" -> false;
            default -> throw ChunkStream.withheld(new ResultFault("its compression is not understood"));
        };
        if (gzipIn && gzip && passes(opened)) {
            return new PassedChunk(part.rows(), most(part.compressedBytes()));
        }
        CellMasks cells = CellMasks.of(masks, chunks.plan(), chunks.types());
        RowMasker masker = switch (chunks.format()) {
            case JSON -> new JsonRowMasker(cells, RowEnvelope.CHUNK);
            case ARROW -> new ArrowRowMasker(cells, chunks.names(), announcedRows(part));
        };
        return new ChunkCodec(masker, cells.detections(), gzipIn, gzip, mostInflated(opened, part));
    }

    private Mono<Void> finished(
            ChunkCapability.Chunk chunk, ChunkVault.Opened opened, StoredChunks.Part part, ChunkWork work) {
        if (part.rows() > 0 && work.rows() != part.rows()) {
            return Mono.error(new ResultFault("a part of the result has another number of rows than announced"));
        }
        Mono<Void> page = recorder.pageFinished(
                chunk.statement(), page(chunk), work.rows(), work.bytes(), work.maskedCells(), work.digest());
        if (work instanceof PassedChunk) {
            return passed(chunk, opened).then(page);
        }
        return work.detections().isEmpty()
                ? page
                : detected(chunk, opened, work).then(page);
    }

    /** What was found in a page is durable before its last byte, as the page is. */
    private Mono<Void> detected(ChunkCapability.Chunk chunk, ChunkVault.Opened opened, ChunkWork work) {
        return recorder.append(
                opened.session(),
                Optional.of(chunk.statement()),
                "PAGES_DELIVERED",
                Map.of("page", Integer.toString(page(chunk)), "detections", work.detections()));
    }

    /** Whoever checks the digest of such a page must know what it is of. */
    private Mono<Void> passed(ChunkCapability.Chunk chunk, ChunkVault.Opened opened) {
        return recorder.append(
                opened.session(),
                Optional.of(chunk.statement()),
                "PAGES_DELIVERED",
                Map.of("page", Integer.toString(page(chunk)), "digestOf", "compressed bytes", "rows", "as announced"));
    }

    private static long announcedRows(StoredChunks.Part part) {
        return part.rows() > 0 ? part.rows() : ArrowStreamReader.ROWS_NOT_ANNOUNCED;
    }

    private static long mostInflated(ChunkVault.Opened opened, StoredChunks.Part part) {
        return Math.min(
                most(part.uncompressedBytes()), ResultSize.most(opened.chunks(), part, opened.mostResultBytes()));
    }

    /** Whether its bytes need not be looked at: nothing is masked, and no limit of size must be held against what is in them. */
    private static boolean passes(ChunkVault.Opened opened) {
        return !opened.chunks().plan().masksAnything()
                && opened.mostResultBytes().isEmpty();
    }

    private static long most(long announced) {
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
