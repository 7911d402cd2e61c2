package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.PartMasker;
import dev.snowgate.gateway.statement.PartReader;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.masking.Masks;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Streams partitions of the SQL API as chunks are streamed: on the same threads, in the same steps, recorded alike. What leaves is gzip
 * and an object with the one member {@code data}; the digest is of the list of rows.
 */
public final class PartitionService implements PartMasker {
    private final Masks masks;
    private final PageRecord pages;
    private final ChunkStream stream;
    private final HeldMemory memory;

    /**
     * @param lane inflating, masking and compressing run there
     */
    public PartitionService(Masks masks, Recorder recorder, ChunkLane lane) {
        this.masks = masks;
        this.pages = new PageRecord(recorder);
        this.stream = new ChunkStream(lane.scheduler());
        this.memory = lane.memory();
    }

    @Override
    public Flux<byte[]> mask(NumberedPart part, Function<PartReader, Flux<byte[]>> source) {
        PageRecord.Page page =
                new PageRecord.Page(part.entry().session(), part.entry().id(), part.number());
        // Deferred, because what is thrown before there is a stream would leave the connection with its bytes behind.
        PartReader reader = (encoding, bytes) -> Flux.defer(() -> stream.stream(
                        bytes, work(part, encoding), done -> pages.finished(page, part.announced(), done)))
                .onErrorMap(ResultFault.class, ChunkStream::withheld);
        return pages.of(page, Flux.defer(() -> source.apply(reader)))
                .onErrorMap(GatewayException.class, fault -> ofStatement(part, fault));
    }

    private ChunkWork work(NumberedPart part, String encoding) {
        StoredChunks chunks = part.opened().chunks();
        StoredChunks.Part announced = part.announced();
        if (chunks.format() != StoredChunks.Format.JSON) {
            throw new ResultFault("its format is not JSON");
        }
        boolean gzip = Gunzip.isNamed(encoding);
        if (gzip && part.nulls() == NumberedPart.Nulls.NULL && ResultSize.passes(part.opened())) {
            return new PassedChunk(announced.rows(), ResultSize.most(announced.compressedBytes()));
        }
        CellMasks cells = CellMasks.of(masks, chunks.plan(), chunks.types(), memory.share());
        return new ChunkCodec(
                new JsonRowMasker(cells, RowEnvelope.PARTITION),
                cells,
                new ChunkCodec.Form(gzip, true, ResultSize.mostInflated(part.opened(), announced)),
                new PartitionFrame(part.nulls()));
    }

    /** It has been recorded with its statement, so it is not to be recorded once more as a request that was refused. */
    private static GatewayException ofStatement(NumberedPart part, GatewayException fault) {
        return fault.statement().isPresent()
                ? fault
                : new GatewayException(
                        fault.code(),
                        String.valueOf(fault.getMessage()),
                        Optional.of(part.entry().id()),
                        fault);
    }
}
