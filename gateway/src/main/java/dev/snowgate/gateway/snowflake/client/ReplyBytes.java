package dev.snowgate.gateway.snowflake.client;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Collects a reply's body up to a limit, before and after inflating. */
final class ReplyBytes {
    /** Bodies above it are inflated off the event loop. */
    private static final int LARGE = 64 * 1024;

    private ReplyBytes() {}

    static Mono<byte[]> collect(Flux<ByteBuf> body, long most) {
        return body.reduceWith(ByteArrayOutputStream::new, (all, part) -> append(all, part, most))
                .map(ByteArrayOutputStream::toByteArray)
                .flatMap(bytes -> inflated(bytes, most));
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream all, ByteBuf part, long most) {
        if (all.size() + part.readableBytes() > most) {
            throw UpstreamFault.notUnderstood("it is larger than accepted");
        }
        byte[] bytes = new byte[part.readableBytes()];
        part.readBytes(bytes);
        all.writeBytes(bytes);
        return all;
    }

    private static Mono<byte[]> inflated(byte[] bytes, long most) {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
            return Mono.just(bytes);
        }
        Mono<byte[]> inflating = Mono.fromCallable(() -> inflate(bytes, most));
        return bytes.length > LARGE ? inflating.subscribeOn(Schedulers.parallel()) : inflating;
    }

    private static byte[] inflate(byte[] bytes, long most) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 8192)) {
            byte[] inflated = in.readNBytes((int) most + 1);
            if (inflated.length > most) {
                throw UpstreamFault.notUnderstood("it is larger than accepted");
            }
            return inflated;
        } catch (IOException e) {
            throw UpstreamFault.notUnderstood("its gzip is broken");
        }
    }
}
