package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
                        () -> new Work(codec),
                        open -> input.publishOn(scheduler, 1)
                                .concatMap(piece -> pieces(open, piece), 1)
                                .concatWith(Mono.defer(() -> open.last(record))),
                        Work::close)
                .filter(piece -> piece.length > 0)
                // What asks for the next piece is the event loop of the client: a step must not run where it was asked
                // for.
                .subscribeOn(scheduler)
                .onErrorMap(ResultFault.class, ChunkStream::withheld);
    }

    private static Flux<byte[]> pieces(Work work, byte[] piece) {
        return Flux.defer(() -> {
            work.feed(piece);
            return Flux.generate(sink -> step(work, sink));
        });
    }

    private static void step(Work work, SynchronousSink<byte[]> sink) {
        byte[] output = work.step();
        if (output == null) {
            sink.complete();
        } else {
            sink.next(output);
        }
    }

    static GatewayException withheld(ResultFault fault) {
        return new GatewayException(
                GatewayErrorCode.RESULT_WITHHELD, "The result was cut off: " + fault.getMessage() + ".");
    }

    /** The codec in use. A client that leaves ends it from its own thread, while a step may run: the end waits for the step. */
    private static final class Work implements AutoCloseable {
        private final ChunkWork codec;
        private boolean closed;

        Work(ChunkWork codec) {
            this.codec = codec;
        }

        synchronized void feed(byte[] piece) {
            if (!closed) {
                codec.feed(piece);
            }
        }

        synchronized byte @Nullable [] step() {
            return closed ? null : codec.step();
        }

        synchronized Mono<byte[]> last(Function<ChunkWork, Mono<Void>> record) {
            if (closed) {
                return Mono.empty();
            }
            byte[] end = codec.finish();
            return record.apply(codec).thenReturn(end);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                codec.close();
            }
        }
    }
}
