package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.PageBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * A reply with many rows: the page of them deflated, as it was recorded, between the two parts of the rest. It leaves as gzip without
 * being compressed again, or inflated piece by piece as the client takes it.
 *
 * @param status HTTP status
 * @param headers headers besides length and encoding, {@code Content-Type} among them
 * @param before what stands before the page
 * @param after what stands behind it
 */
public record HeldReply(int status, Map<String, String> headers, byte[] before, PageBytes page, byte[] after)
        implements Reply {
    public HeldReply {
        headers = Map.copyOf(headers);
    }

    /** The body as one gzip member, in pieces. */
    public List<byte[]> gzip() {
        return page.gzip(before, after);
    }

    /** Bytes of {@link #plain}. */
    public long length() {
        return before.length + page.length() + after.length;
    }

    /** The body without compression; a piece is inflated when it is asked for, never on an event loop. */
    public Flux<byte[]> plain() {
        return Flux.concat(Flux.just(before), inflated(), Flux.just(after));
    }

    private Flux<byte[]> inflated() {
        return Flux.<byte[], InputStream>generate(page::open, HeldReply::next, HeldReply::close)
                .subscribeOn(Schedulers.parallel());
    }

    private static InputStream next(InputStream in, SynchronousSink<byte[]> sink) {
        try {
            byte[] piece = in.readNBytes(ByteSource.STEP);
            if (piece.length == 0) {
                sink.complete();
            } else {
                sink.next(piece);
            }
        } catch (IOException e) {
            sink.error(e);
        }
        return in;
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "HeldReply[" + status + ", " + length() + " bytes]";
    }
}
