package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.GrowingBytes;
import dev.snowgate.gateway.snowflake.InflatedBody;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The body of one request, read at most once and within limits. A body that is too large is still read to its end, within a
 * bound, because a client that is cut off while it sends never sees the answer and tries again.
 */
final class BodyReader {
    private static final int DRAIN_FACTOR = 4;
    private static final int LARGE = 256 * 1024;

    private final ServerHttpRequest request;
    private final EdgeProperties limits;
    private final AtomicBoolean started = new AtomicBoolean();

    BodyReader(ServerHttpRequest request, EdgeProperties limits) {
        this.request = request;
        this.limits = limits;
    }

    /** The inflated body of a statement. */
    Mono<byte[]> statement() {
        return read((int) limits.maxBody().toBytes(), (int) limits.maxInflated().toBytes());
    }

    /** The inflated body of anything else. */
    Mono<byte[]> small() {
        int most = (int) limits.maxSmallBody().toBytes();
        return read(most, most);
    }

    /** Reads what is left, if nobody has begun to, and forgets it. */
    Mono<Void> drain() {
        return Mono.defer(
                () -> started.compareAndSet(false, true) ? collect(0).then().onErrorComplete() : Mono.empty());
    }

    private Mono<byte[]> read(int mostWire, int mostInflated) {
        Optional<String> encoding = Optional.ofNullable(request.getHeaders().getFirst("Content-Encoding"));
        return Mono.defer(() -> {
            if (!started.compareAndSet(false, true)) {
                return Mono.error(new IllegalStateException("the body was read before"));
            }
            return collect(mostWire).flatMap(collected -> {
                if (collected.overflown) {
                    return Mono.error(InflatedBody.tooLarge());
                }
                byte[] wire = collected.bytes.toArray();
                Mono<byte[]> inflated = Mono.fromCallable(
                        () -> InflatedBody.of(wire, encoding, mostInflated, limits.maxInflateRatio()));
                // Inflating and parsing tens of MB would stop the event loop for everybody else.
                return wire.length < LARGE ? inflated : inflated.subscribeOn(Schedulers.boundedElastic());
            });
        });
    }

    private Mono<Collected> collect(int most) {
        long drainTo = limits.maxBody().toBytes() * DRAIN_FACTOR;
        long announced = Math.max(0, request.getHeaders().getContentLength());
        int expected = (int) Math.min(announced, most);
        return request.getBody().collect(() -> new Collected(most, drainTo, expected), Collected::add);
    }

    private static final class Collected {
        private final int most;
        private final long drainTo;
        private final GrowingBytes bytes;
        private long seen;
        private boolean overflown;

        Collected(int most, long drainTo, int expected) {
            this.most = most;
            this.drainTo = drainTo;
            this.bytes = new GrowingBytes(expected);
        }

        void add(DataBuffer buffer) {
            int length = buffer.readableByteCount();
            try {
                seen += length;
                if (seen > drainTo) {
                    throw InflatedBody.tooLarge();
                }
                if (overflown || (long) bytes.size() + length > most) {
                    overflown = true;
                } else {
                    buffer.read(bytes.room(length), bytes.size(), length);
                    bytes.grew(length);
                }
            } finally {
                DataBufferUtils.release(buffer);
            }
        }
    }
}
