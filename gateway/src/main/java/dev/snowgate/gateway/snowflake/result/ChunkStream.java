package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Streams one body through a {@link ChunkWork} with back-pressure: a piece of input is asked for when the client took the output
 * of the one before. The last piece leaves only after what was sent has been recorded, so a recorder that fails cuts the
 * connection before the result is whole.
 */
final class ChunkStream {
    private final Scheduler scheduler;

    /** With the bounded scheduler that the CPU work runs on. */
    ChunkStream(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * The masked body.
     *
     * @param input pieces of the body as storage sends them
     * @param codec made for this body alone; closed at the end, on a fault and on cancel
     * @param record records the end; completes when that is durable
     */
    Flux<byte[]> stream(Flux<byte[]> input, ChunkWork codec, Function<ChunkWork, Mono<Void>> record) {
        return Flux.using(
                        () -> codec,
                        open -> input.publishOn(scheduler, 1)
                                .concatMap(piece -> pieces(open, piece), 1)
                                .concatWith(Mono.defer(() -> last(open, record))),
                        ChunkWork::close)
                .filter(piece -> piece.length > 0)
                .onErrorMap(ResultFault.class, ChunkStream::withheld);
    }

    private static Flux<byte[]> pieces(ChunkWork codec, byte[] piece) {
        return Flux.defer(() -> {
            codec.feed(piece);
            return Flux.generate(sink -> step(codec, sink));
        });
    }

    private static void step(ChunkWork codec, SynchronousSink<byte[]> sink) {
        byte[] output = codec.step();
        if (output == null) {
            sink.complete();
        } else {
            sink.next(output);
        }
    }

    private static Mono<byte[]> last(ChunkWork codec, Function<ChunkWork, Mono<Void>> record) {
        byte[] end = codec.finish();
        return record.apply(codec).thenReturn(end);
    }

    static GatewayException withheld(ResultFault fault) {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD, "The result was cut off: " + fault.getMessage() + ".");
    }
}
