package dev.snowgate.gateway.snowflake.client;

import dev.snowgate.gateway.statement.ByteSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A reply's body as it came, up to a limit before and after inflating. A large one stays compressed: whoever reads it inflates it piece
 * by piece.
 */
final class ReplyBytes implements ByteSource {
    /** Bodies above it are read off the event loop and stay as they came. */
    private static final int LARGE = 64 * 1024;

    private final List<byte[]> parts = new ArrayList<>();
    private final long most;
    private long size;

    private ReplyBytes(long most) {
        this.most = most;
    }

    /** The body; a large one is emitted on a thread on which it may be read. */
    static Mono<ByteSource> collect(Flux<ByteBuf> body, long most) {
        return body.reduceWith(() -> new ReplyBytes(most), ReplyBytes::append).flatMap(ReplyBytes::settled);
    }

    private ReplyBytes append(ByteBuf part) {
        size += part.readableBytes();
        if (size > most) {
            throw tooLarge();
        }
        parts.add(ByteBufUtil.getBytes(part));
        return this;
    }

    private Mono<ByteSource> settled() {
        return size > LARGE
                ? elsewhere()
                : Mono.fromSupplier(this::small)
                        .flatMap(found -> found instanceof ReplyBytes ? elsewhere() : Mono.just(found));
    }

    private Mono<ByteSource> elsewhere() {
        return Mono.<ByteSource>just(this).publishOn(Schedulers.parallel());
    }

    /** What is small is inflated once for all readers; few bytes can be many when they are inflated. */
    private ByteSource small() {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(LARGE + 1);
            return bytes.length > LARGE ? this : ByteSource.of(bytes);
        } catch (IOException e) {
            throw damaged();
        }
    }

    @Override
    public InputStream open() {
        InputStream in = new SequenceInputStream(Collections.enumeration(
                parts.stream().map(ByteArrayInputStream::new).toList()));
        return isGzip() ? new Inflated(in) : in;
    }

    private boolean isGzip() {
        byte[] head = new byte[2];
        int filled = 0;
        for (int i = 0; i < parts.size() && filled < head.length; i++) {
            byte[] part = parts.get(i);
            for (int j = 0; j < part.length && filled < head.length; j++) {
                head[filled++] = part[j];
            }
        }
        return head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    private static RuntimeException tooLarge() {
        return UpstreamFault.notUnderstood("it is larger than accepted");
    }

    private static RuntimeException damaged() {
        return UpstreamFault.notUnderstood("its gzip is broken");
    }

    /** Inflates up to the limit. */
    private final class Inflated extends InputStream {
        private final InputStream gzip;
        private long read;

        Inflated(InputStream in) {
            try {
                gzip = new GZIPInputStream(in, 8192);
            } catch (IOException e) {
                throw damaged();
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            try {
                int count = gzip.read(bytes, from, length);
                read += Math.max(0, count);
                if (read > most) {
                    throw tooLarge();
                }
                return count;
            } catch (IOException e) {
                throw damaged();
            }
        }

        @Override
        public void close() throws IOException {
            gzip.close();
        }
    }
}
