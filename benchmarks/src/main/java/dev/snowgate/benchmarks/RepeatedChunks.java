package dev.snowgate.benchmarks;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands between gateway and emulator and makes results large: in every reply with chunks, the list of chunks is that of a result
 * the emulator made once, named again and again up to a size. So a gigabyte costs the emulator one chunk, and its storage serves files.
 */
final class RepeatedChunks implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Map<String, JsonNode> made = new ConcurrentHashMap<>();
    private final HttpClient http;
    private final URI target;
    private final DisposableServer server;
    private volatile long atLeastBytes;

    private RepeatedChunks(URI target) {
        this.target = target;
        this.http = HttpClient.create();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::relay)
                .bindNow();
    }

    static RepeatedChunks before(URI target) {
        return new RepeatedChunks(target);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The chunks of this reply stand for those of all results of its format. */
    void keep(JsonNode data) {
        if (data.path("chunks").isEmpty()) {
            throw new IllegalArgumentException("a reply without chunks");
        }
        made.put(format(data), data);
    }

    /** From now on results have this size at least, before compression. */
    void grow(long bytes) {
        atLeastBytes = bytes;
    }

    private Publisher<Void> relay(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> ask(request, body))
                .flatMap(answer -> response.status(answer.status())
                        .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .sendByteArray(Mono.just(answer.body()))
                        .then());
    }

    private Mono<Answer> ask(HttpServerRequest request, byte[] body) {
        return http.headers(headers -> copy(request.requestHeaders(), headers))
                .responseTimeout(Duration.ofSeconds(60))
                .request(request.method())
                .uri(target + request.uri())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((head, bytes) -> bytes.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(reply -> new Answer(head.status().code(), grown(reply))));
    }

    private record Answer(int status, byte[] body) {}

    private static void copy(HttpHeaders from, HttpHeaders to) {
        from.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!List.of("host", "accept-encoding", "connection", "transfer-encoding")
                    .contains(name)) {
                to.set(name, header.getValue());
            }
        });
    }

    private byte[] grown(byte[] reply) {
        if (atLeastBytes == 0 || reply.length == 0 || !(JSON.readTree(reply) instanceof ObjectNode root)) {
            return reply;
        }
        if (!(root.path("data") instanceof ObjectNode data)
                || data.path("chunks").isEmpty()) {
            return reply;
        }
        JsonNode like = made.get(format(data));
        if (like == null) {
            return reply;
        }
        List<JsonNode> chunks = repeated(like.path("chunks"));
        long rows = inlineRows(data)
                + chunks.stream()
                        .mapToLong(chunk -> chunk.path("rowCount").asLong())
                        .sum();
        ArrayNode list = data.putArray("chunks");
        chunks.forEach(list::add);
        data.set("chunkHeaders", like.path("chunkHeaders"));
        data.set("qrmk", like.path("qrmk"));
        data.put("total", rows).put("returned", rows);
        return JSON.writeValueAsBytes(root);
    }

    private List<JsonNode> repeated(JsonNode chunks) {
        List<JsonNode> all = new ArrayList<>();
        for (long bytes = 0; bytes < atLeastBytes; ) {
            JsonNode next = chunks.get(all.size() % chunks.size());
            all.add(next);
            bytes += next.path("uncompressedSize").asLong();
        }
        return all;
    }

    private static long inlineRows(JsonNode data) {
        long inChunks = data.path("chunks")
                .valueStream()
                .mapToLong(chunk -> chunk.path("rowCount").asLong())
                .sum();
        return data.path("total").asLong() - inChunks;
    }

    private static String format(JsonNode data) {
        return data.path("queryResultFormat").asString("json");
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }
}
