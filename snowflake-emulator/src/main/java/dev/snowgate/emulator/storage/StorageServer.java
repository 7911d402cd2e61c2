package dev.snowgate.emulator.storage;

import dev.snowgate.emulator.Fault;
import dev.snowgate.emulator.admin.FaultList;
import dev.snowgate.emulator.result.StoredResult;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The storage that chunk URLs lead to. Refuses what real storage refuses: an Authorization header, a missing or wrong
 * key, a forged or expired URL.
 */
public final class StorageServer implements AutoCloseable {
    private static final String KEY_HEADER = "x-amz-server-side-encryption-customer-key";
    private final Function<String, @Nullable StoredResult> results;
    private final SignedUrls urls;
    private final FaultList faults;
    private final DisposableServer server;
    private final URI url;

    public StorageServer(
            String host,
            int port,
            LoopResources loops,
            Function<String, @Nullable StoredResult> results,
            SignedUrls urls,
            FaultList faults) {
        this.results = results;
        this.urls = urls;
        this.faults = faults;
        this.server = HttpServer.create()
                .host(host)
                .port(port)
                .runOn(loops)
                .handle(this::handle)
                .bindNow();
        this.url = URI.create("http://" + host + ":" + server.port());
    }

    public int port() {
        return server.port();
    }

    public URI url() {
        return url;
    }

    /** The headers that a reply tells the client to send with each chunk. */
    public static Map<String, String> chunkHeaders(String key) {
        return Map.of("x-amz-server-side-encryption-customer-algorithm", "AES256", KEY_HEADER, key);
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path = uri.path();
        Fault fault = faults.forPath(path, EnumSet.allOf(Fault.Kind.class));
        if (fault != null && fault.kind() == Fault.Kind.RESET) {
            request.withConnection(connection -> connection.channel().close());
            return Mono.never();
        }
        if (fault != null && fault.kind() == Fault.Kind.STATUS) {
            return refuse(response, (int) fault.value(), "InternalError", "Scripted fault");
        }
        if (fault != null && fault.kind() == Fault.Kind.DELAY) {
            return Mono.delay(Duration.ofMillis(fault.value())).then(Mono.from(serve(request, response, uri, null)));
        }
        return serve(request, response, uri, fault);
    }

    private Publisher<Void> serve(
            HttpServerRequest request, HttpServerResponse response, QueryStringDecoder uri, @Nullable Fault fault) {
        if (!request.method().name().equals("GET")) {
            return refuse(response, 405, "MethodNotAllowed", "Only GET is served here.");
        }
        if (request.requestHeaders().contains(HttpHeaderNames.AUTHORIZATION)) {
            return refuse(response, 403, "AccessDenied", "Only one auth mechanism allowed.");
        }
        SignedUrls.Verdict verdict = urls.check(uri.path(), parameter(uri, "Expires"), parameter(uri, "Signature"));
        if (verdict != SignedUrls.Verdict.GOOD) {
            return refuse(
                    response,
                    403,
                    "AccessDenied",
                    verdict == SignedUrls.Verdict.EXPIRED ? "Request has expired" : "The signature does not match.");
        }
        String[] parts = uri.path().split("/");
        StoredResult result = results.apply(parts[2]);
        int index = Integer.parseInt(parts[3]);
        if (result == null
                || index >= result.chunks().size()
                || !Files.exists(result.chunks().get(index).file())) {
            return refuse(response, 404, "NoSuchKey", "The specified key does not exist.");
        }
        if (!result.key().equals(request.requestHeaders().get(KEY_HEADER))) {
            return refuse(
                    response,
                    400,
                    "InvalidRequest",
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided.");
        }
        return send(request, response, result.chunks().get(index), fault);
    }

    private static @Nullable String parameter(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.getFirst();
    }

    private static Publisher<Void> send(
            HttpServerRequest request, HttpServerResponse response, StoredResult.Chunk chunk, @Nullable Fault fault) {
        Path file = chunk.file();
        long size = chunk.compressedSize();
        HttpServerResponse head = response.header("Content-Type", "application/octet-stream")
                .header("Content-Encoding", "gzip")
                .header("Content-Length", Long.toString(size));
        if (fault == null) {
            return head.sendFile(file, 0, size);
        }
        return switch (fault.kind()) {
            case TRUNCATE -> {
                long kept = fault.value() > 0 ? Math.min(fault.value(), size - 1) : size / 2;
                // flushed at once and cut a moment later, so that the client sees a beginning and no end
                yield head.send(
                        Mono.fromCallable(() -> Unpooled.wrappedBuffer(read(file, 0, (int) kept)))
                                .concatWith(Mono.never()),
                        buffer -> {
                            request.withConnection(connection -> connection
                                    .channel()
                                    .eventLoop()
                                    .schedule(() -> connection.channel().close(), 100, TimeUnit.MILLISECONDS));
                            return true;
                        });
            }
            case CORRUPT ->
                head.sendByteArray(Mono.fromCallable(() -> {
                    byte[] bytes = read(file, 0, (int) size);
                    for (int i = bytes.length / 3; i < bytes.length / 3 + 40 && i < bytes.length; i++) {
                        bytes[i] ^= 0x5a;
                    }
                    return bytes;
                }));
            case SLOW -> {
                int step = (int) Math.max(1, fault.value() / 10);
                int steps = (int) ((size + step - 1) / step);
                yield head.send(
                        Flux.range(0, steps)
                                .delayElements(Duration.ofMillis(100))
                                .map(i -> Unpooled.wrappedBuffer(readQuietly(
                                        file, (long) i * step, (int) Math.min(step, size - (long) i * step)))),
                        buffer -> true);
            }
            default -> head.sendFile(file, 0, size);
        };
    }

    private static byte[] readQuietly(Path file, long from, int length) {
        try {
            return read(file, from, length);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file, long from, int length) throws IOException {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(buffer, from);
        }
        return buffer.array();
    }

    private static Publisher<Void> refuse(HttpServerResponse response, int status, String code, String message) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return response.status(status).header("Content-Type", "application/xml").sendString(Mono.just(body));
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
