package dev.snowgate.gateway;

import dev.snowgate.gateway.edge.ResultChunkFilter;
import dev.snowgate.gateway.edge.SentReply;
import dev.snowgate.gateway.session.RecordedEvents;
import dev.snowgate.gateway.snowflake.ProtocolExchange;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.StreamedReply;
import dev.snowgate.gateway.snowflake.client.LoopbackStorage;
import dev.snowgate.gateway.snowflake.result.ChunkCapability;
import dev.snowgate.gateway.snowflake.result.ChunkLane;
import dev.snowgate.gateway.snowflake.result.ChunkService;
import dev.snowgate.gateway.snowflake.result.PartSample;
import dev.snowgate.gateway.snowflake.result.PartitionService;
import dev.snowgate.gateway.snowflake.result.ResultProperties;
import dev.snowgate.gateway.snowflake.sqlapi.SqlApiDialect;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.statement.UpstreamReply;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A program of its own, so that its heap can be small: the whole way of a chunk, partition or reply from where it comes through the masking to a client, and
 * nothing else. Prints what happened as {@code name=value}.
 */
final class ChunkHeapRun {
    private static final StatementId STATEMENT = StatementId.random();
    private static final byte[] SECRET = new byte[32];
    private static final ChunkLane LANE = new ChunkLane(2);

    private ChunkHeapRun() {}

    public static void main(String[] arguments) throws Exception {
        long rows = Long.parseLong(arguments[0]);
        if (arguments[1].equals("reply")) {
            try (GeneratedChunk storage = new GeneratedChunk(rows, 4 * 1024)) {
                DisposableServer gateway =
                        server(exchange -> reply(storage).flatMap(reply -> SentReply.write(exchange, reply)));
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/"))
                        .header("Accept-Encoding", "gzip")
                        .build();
                readAll(request, storage);
                System.exit(0);
            }
        }
        try (GeneratedChunk storage = new GeneratedChunk(rows)) {
            if (arguments[1].equals("partition")) {
                DisposableServer gateway = server(exchange -> SentReply.write(
                        exchange,
                        new StreamedReply(
                                200,
                                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                                partition(storage))));
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + gateway.port() + "/?partition=1"))
                        .build();
                readAll(request, storage);
                stopReading(request, storage);
                System.exit(0);
            }
            ChunkCapability capability = new ChunkCapability(SECRET, Duration.ofHours(1));
            DisposableServer gateway = gateway(storage, capability);
            URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/snowgate/chunks/"
                    + capability.path(STATEMENT, 0, Instant.now()));
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("x-snowgate-chunk", capability.header(STATEMENT))
                    .header("Accept-Encoding", "gzip")
                    .build();
            readAll(request, storage);
            stopReading(request, storage);
        }
        System.exit(0);
    }

    private static DisposableServer gateway(GeneratedChunk storage, ChunkCapability capability) {
        RecordedEvents recorder = new RecordedEvents();
        ChunkService chunks = new ChunkService(
                capability,
                new OneChunk("http://127.0.0.1:" + storage.port() + "/chunk"),
                LoopbackStorage.client(storage.port()),
                recorder,
                new Masks(SECRET),
                client -> ResultProperties.Compression.FAST,
                id -> Mono.empty(),
                LANE,
                Clock.systemUTC());
        ResultChunkFilter filter = new ResultChunkFilter(chunks, recorder, List.of());
        return server(exchange -> filter.filter(exchange, chain -> Mono.empty()));
    }

    private static Flux<byte[]> partition(GeneratedChunk upstream) {
        NumberedPart part = PartSample.of(
                new StoredChunks.Part("", 0, 0, 0), new Mask(MaskFunction.REDACT, "*"), NumberedPart.Nulls.TEXT);
        return new PartitionService(new Masks(SECRET), new RecordedEvents(), LANE)
                .mask(part, reader -> LoopbackStorage.part(upstream.port(), Duration.ofSeconds(30), reader));
    }

    /** As the pipeline does: read, mask, compress for the recording, write. */
    private static Mono<Reply> reply(GeneratedChunk upstream) {
        return LoopbackStorage.reply(upstream.port())
                .cast(UpstreamReply.Complete.class)
                .flatMap(reply -> PartSample.masked(reply, new Mask(MaskFunction.REDACT, "*"))
                        .map(masked -> new Outcome.Completed(STATEMENT, reply.queryId(), masked)))
                .doOnNext(outcome -> tell("recorded", outcome.reply().page().gzip().length))
                .map(outcome -> SqlApiDialect.create(1_000)
                        .writer()
                        .polled(new ProtocolExchange.ResultPoll("", Optional.empty(), true), outcome));
    }

    private static DisposableServer server(WebHandler handler) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, 128 * 1024)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.webHandler(handler).build()))
                .bindNow();
    }

    private static void readAll(HttpRequest request, GeneratedChunk storage) throws IOException, InterruptedException {
        long rows = 0;
        long masked = 0;
        long clear = 0;
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = body(client, request)) {
            byte[] buffer = new byte[64 * 1024];
            boolean first = true;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                if (first) {
                    tell("madeAtFirstByte", storage.plainBytes());
                    first = false;
                }
                for (int i = 0; i < count; i++) {
                    switch (buffer[i]) {
                        case '[' -> rows++;
                        case '*' -> masked++;
                        case '@' -> clear++;
                        default -> {}
                    }
                }
            }
        }
        tell("made", storage.plainBytes());
        tell("rows", rows);
        tell("masked", masked);
        tell("clear", clear);
    }

    private static void stopReading(HttpRequest request, GeneratedChunk storage)
            throws IOException, InterruptedException {
        storage.forget();
        try (HttpClient client = HttpClient.newHttpClient()) {
            InputStream body = body(client, request);
            tell("firstByte", body.read());
            tell("madeWhilePaused", settled(storage));
            body.close();
            client.shutdownNow();
        }
    }

    /** What was made once nothing more is made for two seconds. */
    private static long settled(GeneratedChunk storage) {
        Instant end = Instant.now().plusSeconds(60);
        long before = -1;
        Instant since = Instant.now();
        while (Instant.now().isBefore(end)) {
            long now = storage.sentBytes();
            if (now != before) {
                before = now;
                since = Instant.now();
            } else if (Duration.between(since, Instant.now()).toMillis() > 2_000) {
                return now;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return Long.MAX_VALUE;
    }

    private static InputStream body(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        tell("status", response.statusCode());
        return new GZIPInputStream(response.body());
    }

    private static void tell(String name, long value) {
        System.out.println(name + "=" + value);
    }

    /** A vault that knows one chunk, whose second column is masked. */
    private record OneChunk(String url) implements ChunkVault {
        @Override
        public Mono<Void> store(LedgerEntry entry, StoredChunks chunks) {
            return Mono.empty();
        }

        @Override
        public Mono<Opened> find(StatementId statement) {
            MaskPlan plan = new MaskPlan(
                    List.of(
                            new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                            new MaskPlan.PlannedColumn(
                                    "EMAIL", Optional.of(new Mask(MaskFunction.REDACT, "*")), "pii", "email"),
                            new MaskPlan.PlannedColumn("TEXT", Optional.empty(), "", "")),
                    true);
            StoredChunks chunks = new StoredChunks(
                    List.of(new StoredChunks.Part(url, 0, 0, 0)),
                    Map.of(),
                    StoredChunks.Format.JSON,
                    List.of("ID", "EMAIL", "TEXT"),
                    List.of("fixed", "text", "text"),
                    plan);
            return Mono.just(
                    new Opened(SessionId.random(), new AgentId("copilot"), chunks, java.util.OptionalLong.empty()));
        }
    }
}
