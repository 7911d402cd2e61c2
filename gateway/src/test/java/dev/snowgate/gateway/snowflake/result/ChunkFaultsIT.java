package dev.snowgate.gateway.snowflake.result;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.session.RecordedEvents;
import dev.snowgate.gateway.snowflake.client.LoopbackStorage;
import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.masking.Masks;
import dev.snowgate.masking.TextKind;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.statement.StatementId;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Storage that is broken or hostile: the client gets an error, nothing unmasked, and the recording says why. */
@ExtendWith(BufferLeaks.class)
class ChunkFaultsIT {
    private static final ChunkLane LANE = new ChunkLane(2);
    private static final StatementId STATEMENT = StatementId.random();
    private static final int ROWS = 3_000;
    private static final ArrowSample ARROW = arrow("EMAIL");
    private static final byte[] JSON = json();
    private final RecordedEvents recorder = new RecordedEvents();
    private ResultProperties.Compression compression = ResultProperties.Compression.FAST;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<@Nullable StoredChunks> kept = new AtomicReference<>();
    private UnaryOperator<@Nullable StoredChunks> reread = UnaryOperator.identity();
    private @Nullable DisposableServer storage;

    @AfterEach
    void stop() {
        if (storage != null) {
            storage.disposeNow();
        }
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void a_whole_chunk_is_masked_in_its_format(StoredChunks.Format format) {
        // When
        Got got = get(format, gzipped(plain(format)), Mask.of(MaskFunction.EMAIL), ServedChunk.Encoding.GZIP);

        // Then
        assertThat(got.fault()).isNull();
        byte[] body = gunzip(got.bytes());
        assertThat(text(body)).doesNotContain("raw").contains("@x.example");
        assertThat(recorder.kinds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void what_detectors_find_in_a_chunk_is_recorded_with_its_page(StoredChunks.Format format) {
        // Given
        Mask net = Mask.scan(new Detection(Set.of(Detector.EMAIL), List.of(), Map.of()), EnumSet.allOf(TextKind.class));

        // When
        Got got = get(format, gzipped(plain(format)), net, ServedChunk.Encoding.GZIP);

        // Then
        assertThat(got.fault()).isNull();
        assertThat(recorder.kinds()).containsExactly("PAGES_DELIVERED");
        assertThat(recorder.facts().getFirst()).isEqualTo(Map.of("page", "1", "detections", "email " + ROWS));
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void a_chunk_without_a_mask_passes_as_it_is_compressed_and_the_record_says_so(StoredChunks.Format format) {
        // Given
        byte[] stored = gzip(plain(format));

        // When
        Got passed = get(format, sent(stored, "gzip"), null, ServedChunk.Encoding.GZIP);

        // Then
        assertThat(passed.encoding()).isEqualTo(ServedChunk.Encoding.GZIP);
        assertThat(passed.bytes()).isEqualTo(stored);
        assertThat(recorder.kinds()).containsExactly("PAGES_DELIVERED");
        assertThat(recorder.facts().getFirst()).containsEntry("digestOf", "compressed bytes");

        // and a client that takes no gzip gets the rows
        stop();
        Got inflated = get(format, sent(stored, "gzip"), null, ServedChunk.Encoding.IDENTITY);
        assertThat(inflated.encoding()).isEqualTo(ServedChunk.Encoding.IDENTITY);
        assertThat(inflated.bytes()).isEqualTo(plain(format));
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void damaged_and_mislabelled_bodies_are_withheld(StoredChunks.Format format) {
        byte[] plain = plain(format);
        byte[] stored = gzip(plain);
        byte[] corrupt = stored.clone();
        for (int i = corrupt.length / 3; i < corrupt.length / 3 + 40; i++) {
            corrupt[i] ^= 0x5A;
        }
        StoredChunks.Format other =
                format == StoredChunks.Format.JSON ? StoredChunks.Format.ARROW : StoredChunks.Format.JSON;

        withheld(format, sent(corrupt, "gzip"));
        withheld(format, sent(Arrays.copyOf(stored, stored.length / 2), "gzip"));
        withheld(format, sent(Arrays.copyOf(stored, stored.length - 4), "gzip"));
        withheld(format, sent(Arrays.copyOf(plain, plain.length / 2), ""));
        withheld(format, sent(plain, "gzip"));
        withheld(format, sent(stored, ""));
        withheld(format, sent(stored, "br"));
        withheld(format, sent(gzip(plain(other)), "gzip"));
        withheld(format, sent(gzip(new byte[0]), "gzip"));
    }

    @Test
    void other_columns_or_rows_than_announced_are_withheld() {
        byte[] wider = text(JSON).replace("\"]", "\",\"raw@y\"]").getBytes(StandardCharsets.UTF_8);
        byte[] fewer = text(JSON).substring(0, text(JSON).lastIndexOf(",[")).getBytes(StandardCharsets.UTF_8);
        byte[] more = (text(JSON) + ",[\"1\",\"a.raw@x.example\"]").getBytes(StandardCharsets.UTF_8);

        withheld(StoredChunks.Format.JSON, gzipped(wider));
        withheld(StoredChunks.Format.JSON, gzipped(fewer));
        withheld(StoredChunks.Format.JSON, gzipped(more));
        withheld(StoredChunks.Format.ARROW, gzipped(arrow("OTHER").stream()));
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void a_bomb_ends_at_the_limit_that_the_announced_size_sets(StoredChunks.Format format) {
        byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
        byte[] spaces = new byte[64 * 1024 * 1024];
        Arrays.fill(spaces, (byte) ' ');

        withheld(format, sent(bomb, "gzip"));
        withheld(format, sent(gzip(spaces), "gzip"));
    }

    @ParameterizedTest
    @EnumSource(StoredChunks.Format.class)
    void without_compression_a_masked_chunk_leaves_as_rows_even_to_a_client_that_takes_gzip(
            StoredChunks.Format format) {
        // Given
        compression = ResultProperties.Compression.IDENTITY;

        // When
        Got got = get(format, gzipped(plain(format)), Mask.of(MaskFunction.EMAIL), ServedChunk.Encoding.GZIP);

        // Then
        assertThat(got.encoding()).isEqualTo(ServedChunk.Encoding.IDENTITY);
        assertThat(text(got.bytes())).doesNotContain("raw").contains("@x.example");
    }

    @Test
    void a_redirect_is_not_followed() {
        Got got = get(
                StoredChunks.Format.JSON,
                (request, response) -> request.uri().contains("elsewhere")
                        ? response.sendByteArray(Mono.just(JSON))
                        : response.status(302).header("Location", "/elsewhere").send(),
                Mask.of(MaskFunction.EMAIL),
                ServedChunk.Encoding.IDENTITY);

        assertThat(got.fault()).isEqualTo(GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD);
        assertThat(got.bytes()).isEmpty();
        assertThat(requests).hasValue(1);
        assertThat(recorder.kinds()).containsExactly("WITHHELD");
    }

    @Test
    void an_address_that_has_expired_is_obtained_again_and_the_chunk_comes() {
        BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> whole = gzipped(JSON);

        Got got = get(
                StoredChunks.Format.JSON,
                (request, response) ->
                        requests.get() == 1 ? response.status(403).send() : whole.apply(request, response),
                Mask.of(MaskFunction.EMAIL),
                ServedChunk.Encoding.IDENTITY);

        assertThat(got.fault()).isNull();
        assertThat(text(got.bytes())).contains("p***@x.example").doesNotContain("raw");
        assertThat(requests).hasValue(2);
    }

    @Test
    void a_result_that_has_other_parts_when_it_is_read_again_or_none_is_gone() {
        List<UnaryOperator<@Nullable StoredChunks>> rereads =
                List.of(before -> null, before -> withRows(before, ROWS + 1L), before -> withRows(before, ROWS, 1));
        for (UnaryOperator<@Nullable StoredChunks> other : rereads) {
            reread = other;
            requests.set(0);

            Got got = get(
                    StoredChunks.Format.JSON,
                    (request, response) -> response.status(403).send(),
                    Mask.of(MaskFunction.EMAIL),
                    ServedChunk.Encoding.IDENTITY);
            stop();

            assertThat(got.fault()).isEqualTo(GatewayErrorCode.RESULT_EXPIRED);
            assertThat(got.bytes()).isEmpty();
            assertThat(requests).as("storage is not asked again").hasValue(1);
            assertThat(recorder.kinds()).last().isEqualTo("WITHHELD");
            assertThat(recorder.facts())
                    .last()
                    .satisfies(facts -> assertThat(facts).containsEntry("code", "RESULT_EXPIRED"));
        }
    }

    private static @Nullable StoredChunks withRows(@Nullable StoredChunks before, long... rows) {
        return before == null
                ? null
                : new StoredChunks(
                        LongStream.of(rows)
                                .mapToObj(count -> new StoredChunks.Part(
                                        before.parts().getFirst().url(), count, 1_000, 100))
                                .toList(),
                        before.headers(),
                        before.format(),
                        before.names(),
                        before.types(),
                        before.plan());
    }

    @Test
    void storage_that_stops_in_the_middle_is_a_timeout() {
        byte[] stored = gzip(JSON);
        Got got = get(
                StoredChunks.Format.JSON,
                (request, response) -> response.header("Content-Encoding", "gzip")
                        .header("Content-Length", Integer.toString(stored.length))
                        .send(
                                Flux.just(Unpooled.wrappedBuffer(stored, 0, stored.length / 2))
                                        .concatWith(Mono.never()),
                                buffer -> true),
                Mask.of(MaskFunction.EMAIL),
                ServedChunk.Encoding.IDENTITY);

        assertThat(got.fault()).isEqualTo(GatewayErrorCode.UPSTREAM_TIMEOUT);
        assertThat(text(got.bytes())).doesNotContain("raw");
        assertThat(recorder.kinds()).containsExactly("WITHHELD");
        assertThat(recorder.facts().getFirst()).containsEntry("page", "1");
    }

    private record Got(
            ServedChunk.Encoding encoding,
            byte[] bytes,
            @Nullable GatewayErrorCode fault) {}

    private void withheld(
            StoredChunks.Format format, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
        int before = recorder.kinds().size();
        Got got = get(format, answer, Mask.of(MaskFunction.EMAIL), ServedChunk.Encoding.IDENTITY);
        stop();
        assertThat(got.fault()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD);
        assertThat(text(got.bytes())).doesNotContain("raw");
        if (format == StoredChunks.Format.JSON) {
            String left = text(got.bytes()).strip();
            assertThat(left.isEmpty() || left.endsWith("]") || left.endsWith(","))
                    .as("nothing, or whole rows")
                    .isTrue();
        }
        assertThat(recorder.kinds()).hasSize(before + 1).last().isEqualTo("WITHHELD");
    }

    private Got get(
            StoredChunks.Format format,
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer,
            @Nullable Mask mask,
            ServedChunk.Encoding taken) {
        storage = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    requests.incrementAndGet();
                    return answer.apply(request, response);
                })
                .bindNow();
        ChunkCapability capability = new ChunkCapability(new byte[32], Duration.ofHours(1));
        ChunkService service = new ChunkService(
                capability,
                vault(format, mask, storage.port()),
                LoopbackStorage.client(storage.port(), Duration.ofSeconds(2)),
                recorder,
                new Masks(new byte[32]),
                client -> compression,
                id -> Mono.fromRunnable(() -> kept.updateAndGet(reread)),
                LANE,
                Clock.systemUTC());
        ServedChunk chunk = service.open(
                        capability.path(STATEMENT, 0, Instant.now()), capability.header(STATEMENT), taken, "192.0.2.1")
                .block(Duration.ofSeconds(20));
        assertThat(chunk).isNotNull();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
        chunk.bytes()
                .doOnNext(out::writeBytes)
                .onErrorResume(e -> {
                    fault.set(e);
                    return Mono.empty();
                })
                .then()
                .block(Duration.ofSeconds(60));
        Throwable seen = fault.get();
        if (seen != null) {
            assertThat(seen).isInstanceOf(GatewayException.class).hasMessageNotContaining("raw");
        }
        return new Got(
                chunk.encoding(), out.toByteArray(), seen instanceof GatewayException known ? known.code() : null);
    }

    private ChunkVault vault(StoredChunks.Format format, @Nullable Mask mask, int port) {
        kept.set(new StoredChunks(
                List.of(new StoredChunks.Part(
                        "http://127.0.0.1:" + port + "/chunk", ROWS, plain(format).length, gzip(plain(format)).length)),
                Map.of(),
                format,
                List.of("ID", "EMAIL"),
                List.of("fixed", "text"),
                new MaskPlan(
                        List.of(
                                new MaskPlan.PlannedColumn("ID", Optional.empty(), "", ""),
                                new MaskPlan.PlannedColumn("EMAIL", Optional.ofNullable(mask), "pii", "email")),
                        true)));
        return new ChunkVault() {
            @Override
            public Mono<Void> store(LedgerEntry entry, StoredChunks stored) {
                return Mono.empty();
            }

            @Override
            public Mono<Opened> find(StatementId statement) {
                return Mono.justOrEmpty(kept.get())
                        .map(chunks ->
                                new Opened(SessionId.random(), new AgentId("copilot"), chunks, OptionalLong.empty()));
            }
        };
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> gzipped(byte[] plain) {
        return sent(gzip(plain), "gzip");
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> sent(
            byte[] body, String encoding) {
        return (request, response) -> {
            HttpServerResponse head = encoding.isEmpty() ? response : response.header("Content-Encoding", encoding);
            return head.header("Content-Length", Integer.toString(body.length)).sendByteArray(Mono.just(body));
        };
    }

    private static byte[] plain(StoredChunks.Format format) {
        return format == StoredChunks.Format.JSON ? JSON : ARROW.stream();
    }

    private static String email(int row) {
        return "person" + row + ".raw@x.example";
    }

    private static byte[] json() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(i)
                    .append("\",\"")
                    .append(email(i))
                    .append("\"]");
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ArrowSample arrow(String name) {
        List<@Nullable String> ids = new java.util.ArrayList<>();
        List<@Nullable String> emails = new java.util.ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            ids.add(Integer.toString(i));
            emails.add(email(i));
        }
        return ArrowSample.of(
                List.of(
                        new ArrowSample.Column("ID", ArrowSample.Kind.FIXED4, 0, ids),
                        new ArrowSample.Column(name, ArrowSample.Kind.TEXT, 0, emails)),
                500);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
