package dev.snowgate.emulator.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Lets plain blocking code answer requests: each call has a thread of its own, never an event loop. No virtual one, since DuckDB is native code
 * and keeps the carrier for as long as it works: with two processors two such calls would stop all others.
 */
public final class Http implements AutoCloseable {
    private static final int MAX_BODY = 256 * 1024 * 1024;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "emulator-call");
        thread.setDaemon(true);
        return thread;
    });
    /** Snowflake compresses what is longer than some packets, for who takes it. */
    private static final int WORTH_COMPRESSING = 2 * 1024;

    private final Scheduler scheduler = Schedulers.fromExecutorService(threads);

    public HandlerFunction<ServerResponse> blocking(Function<Call, Reply> answer) {
        return request -> body(request)
                .flatMap(bytes -> Mono.fromCallable(() -> answer.apply(new Call(request, bytes)))
                        .subscribeOn(scheduler))
                .flatMap(reply -> write(request, reply));
    }

    private static Mono<byte[]> body(ServerRequest request) {
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), MAX_BODY)
                .map(Http::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Mono<ServerResponse> write(ServerRequest request, Reply reply) {
        if (reply.reset()) {
            HttpServerRequest connection = ServerHttpRequestDecorator.getNativeRequest(
                    request.exchange().getRequest());
            connection.withConnection(c -> c.channel().close());
            return Mono.never();
        }
        ServerResponse.BodyBuilder response = ServerResponse.status(reply.status());
        reply.headers().forEach(response::header);
        var file = reply.file();
        byte[] body = reply.body();
        if (file != null) {
            return response.body(BodyInserters.fromResource(new FileSystemResource(file)));
        }
        if (body != null && body.length >= WORTH_COMPRESSING && takesGzip(request) && !isEncoded(reply)) {
            return response.header("Content-Encoding", "gzip").bodyValue(gzip(body));
        }
        return response.bodyValue(body == null ? new byte[0] : body);
    }

    private static boolean takesGzip(ServerRequest request) {
        return request.headers().header("Accept-Encoding").stream().anyMatch(value -> value.contains("gzip"));
    }

    private static boolean isEncoded(Reply reply) {
        return reply.headers().keySet().stream().anyMatch("Content-Encoding"::equalsIgnoreCase);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** The level that costs benchmarks least. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }
}
