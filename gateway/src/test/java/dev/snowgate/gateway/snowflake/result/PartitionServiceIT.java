package dev.snowgate.gateway.snowflake.result;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.session.RecordedEvents;
import dev.snowgate.gateway.snowflake.client.LoopbackStorage;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.NumberedPart;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.gateway.testing.BufferLeaks;
import dev.snowgate.masking.Detection;
import dev.snowgate.masking.Detector;
import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.Masks;
import dev.snowgate.masking.TextKind;
import dev.snowgate.model.statement.StatementId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Partitions of the SQL API as they stream from Snowflake, whole and broken. */
@ExtendWith(BufferLeaks.class)
class PartitionServiceIT {
    private static final ChunkLane LANE = new ChunkLane(2);
    private static final int ROWS = 3_000;
    private static final String LIST = list();
    private static final Mask EMAIL = Mask.of(MaskFunction.EMAIL);
    private final Pages recorder = new Pages();
    private int status = 200;
    private @Nullable DisposableServer upstream;

    @AfterEach
    void stop() {
        if (upstream != null) {
            upstream.disposeNow();
        }
    }

    @AfterAll
    static void close() {
        LANE.close();
    }

    @Test
    void a_partition_is_masked_and_its_page_recorded_with_the_digest_of_its_rows() {
        // When
        Got got = get(gzip(body(LIST)), "gzip", EMAIL, NumberedPart.Nulls.NULL);

        // Then
        assertThat(got.fault()).isNull();
        String masked = gunzip(got.bytes());
        assertThat(masked)
                .startsWith("{\"data\":[[\"0\",\"p***@x.example\",null]")
                .endsWith("]}")
                .doesNotContain("raw");
        byte[] rows =
                masked.substring("{\"data\":".length(), masked.length() - 1).getBytes(StandardCharsets.UTF_8);
        assertThat(recorder.finished)
                .containsExactly("1: " + ROWS + " rows, " + rows.length + " bytes, " + ROWS + " cells");
        assertThat(recorder.digest).isEqualTo(Sha256.create().digest(rows));
        assertThat(recorder.events.kinds()).isEmpty();
    }

    @Test
    void a_body_without_compression_is_masked_too() {
        Got got = get(body(LIST), "", EMAIL, NumberedPart.Nulls.NULL);

        assertThat(got.fault()).isNull();
        assertThat(gunzip(got.bytes())).doesNotContain("raw").contains("@x.example");
    }

    @Test
    void nulls_are_written_as_texts_for_who_wants_that_and_the_digest_stays_that_of_the_rows() {
        // Given
        Got nulls = get(gzip(body(LIST)), "gzip", EMAIL, NumberedPart.Nulls.NULL);
        byte[] digest = recorder.digest;
        stop();

        // When
        Got texts = get(gzip(body(LIST)), "gzip", EMAIL, NumberedPart.Nulls.TEXT);

        // Then
        assertThat(gunzip(texts.bytes()))
                .isEqualTo(gunzip(nulls.bytes()).replace(",null]", ",\"null\"]"))
                .contains("not null, \\\"null");
        assertThat(recorder.digest).isEqualTo(digest);
    }

    @Test
    void without_a_mask_it_passes_as_it_is_compressed_and_the_record_says_so() {
        byte[] stored = gzip(body(LIST));

        Got got = get(stored, "gzip", null, NumberedPart.Nulls.NULL);

        assertThat(got.bytes()).isEqualTo(stored);
        assertThat(recorder.events.kinds()).containsExactly("PAGES_DELIVERED");
        assertThat(recorder.events.facts().getFirst()).containsEntry("digestOf", "compressed bytes");

        stop();
        Got texts = get(stored, "gzip", null, NumberedPart.Nulls.TEXT);
        assertThat(gunzip(texts.bytes())).contains(",\"null\"]").doesNotContain(",null]");
    }

    @Test
    void what_detectors_find_is_recorded_with_its_page() {
        Mask net = Mask.scan(new Detection(Set.of(Detector.EMAIL), List.of(), Map.of()), EnumSet.allOf(TextKind.class));

        Got got = get(gzip(body(LIST)), "gzip", net, NumberedPart.Nulls.NULL);

        assertThat(got.fault()).isNull();
        assertThat(recorder.events.kinds()).containsExactly("PAGES_DELIVERED");
        assertThat(recorder.events.facts().getFirst()).isEqualTo(Map.of("page", "1", "detections", "email " + ROWS));
    }

    @Test
    void members_beside_the_rows_do_not_leave() {
        byte[] more = ("{\"a\":{\"data\":[[\"x.raw@y\"]],\"b\":\"}\\\"]\"},\n \"n\" : -1.5e3 , \"data\":" + LIST
                        + ",\"t\":true,\"rows\":[[\"1\",\"x.raw@y\"],[]]}\n")
                .getBytes(StandardCharsets.UTF_8);

        Got got = get(gzip(more), "gzip", EMAIL, NumberedPart.Nulls.NULL);

        assertThat(got.fault()).isNull();
        assertThat(gunzip(got.bytes()))
                .startsWith("{\"data\":[[")
                .endsWith("]]}")
                .doesNotContain("raw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "{\"rows\":%s}",
                "{\"data\":%1$s,\"data\":%1$s}",
                "{\"data\":null,\"rows\":%s}",
                "{\"d\\u0061ta\":%s}",
                "{\"data\":%s",
                "{\"data\":%s}}",
                "{\"data\":%s,}",
                "{\"data\":%s} more",
                "{\"data\":%s}{\"data\":[]}",
                "{,\"data\":%s}",
                "{}",
                "",
                "[[\"1\",\"a.raw@b\",\"c\"]]"
            })
    void another_form_is_withheld(String form) {
        withheld(gzip(form.formatted(LIST).getBytes(StandardCharsets.UTF_8)), "gzip");
    }

    @Test
    void damaged_cut_mislabelled_and_exploding_bodies_are_withheld() {
        byte[] stored = gzip(body(LIST));
        byte[] corrupt = stored.clone();
        for (int i = corrupt.length / 3; i < corrupt.length / 3 + 40; i++) {
            corrupt[i] ^= 0x5A;
        }
        byte[] spaces = new byte[64 * 1024 * 1024];
        Arrays.fill(spaces, (byte) ' ');

        withheld(corrupt, "gzip");
        withheld(Arrays.copyOf(stored, stored.length / 2), "gzip");
        withheld(Arrays.copyOf(stored, stored.length - 4), "gzip");
        withheld(body(LIST), "gzip");
        withheld(stored, "");
        withheld(stored, "br");
        withheld(gzip(spaces), "gzip");
    }

    @Test
    void rows_of_another_width_or_number_are_withheld() {
        withheld(gzip(body(LIST.replace("\"5\",", "\"5\",\"y.raw@z\","))), "gzip");
        withheld(gzip(body("[" + LIST.substring(LIST.indexOf("],[") + 2))), "gzip");
        withheld(gzip(body(LIST.substring(0, LIST.length() - 1) + ",[\"1\",\"y.raw@z\",null]]")), "gzip");
    }

    @Test
    void snowflakes_refusals_are_told_as_what_they_are() {
        for (Map.Entry<Integer, GatewayErrorCode> known : Map.of(
                        404, GatewayErrorCode.RESULT_EXPIRED,
                        422, GatewayErrorCode.RESULT_EXPIRED,
                        503, GatewayErrorCode.UPSTREAM_UNAVAILABLE,
                        202, GatewayErrorCode.UPSTREAM_REPLY_NOT_UNDERSTOOD)
                .entrySet()) {
            status = known.getKey();
            Got got = get(body(LIST), "", EMAIL, NumberedPart.Nulls.NULL);
            stop();
            assertThat(got.fault()).isEqualTo(known.getValue());
            assertThat(got.bytes()).isEmpty();
            assertThat(recorder.events.kinds()).last().isEqualTo("WITHHELD");
        }
    }

    private record Got(byte[] bytes, @Nullable GatewayErrorCode fault) {}

    private void withheld(byte[] body, String encoding) {
        int before = recorder.events.kinds().size();
        recorder.finished.clear();
        Got got = get(body, encoding, EMAIL, NumberedPart.Nulls.NULL);
        stop();
        assertThat(got.fault()).isEqualTo(GatewayErrorCode.RESULT_WITHHELD);
        String left = inflatedSoFar(got.bytes());
        assertThat(left).doesNotContain("raw");
        assertThat(left.isEmpty() || left.equals("{\"data\":[") || left.endsWith("]") || left.endsWith(","))
                .as("nothing, or whole rows")
                .isTrue();
        assertThat(recorder.finished).isEmpty();
        assertThat(recorder.events.kinds()).hasSize(before + 1).last().isEqualTo("WITHHELD");
    }

    private Got get(byte[] body, String encoding, @Nullable Mask mask, NumberedPart.Nulls nulls) {
        upstream = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    response.status(status);
                    if (!encoding.isEmpty()) {
                        response.header("Content-Encoding", encoding);
                    }
                    return response.sendByteArray(Mono.just(body));
                })
                .bindNow();
        StoredChunks.Part announced = new StoredChunks.Part("", ROWS, body(LIST).length, gzip(body(LIST)).length);
        NumberedPart part = PartSample.of(announced, mask, nulls);
        int port = upstream.port();
        Flux<byte[]> masked = new PartitionService(new Masks(new byte[32]), recorder, LANE)
                .mask(part, reader -> LoopbackStorage.part(port, Duration.ofSeconds(5), reader));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
        masked.doOnNext(out::writeBytes)
                .onErrorResume(e -> {
                    fault.set(e);
                    return Mono.empty();
                })
                .then()
                .block(Duration.ofSeconds(60));
        Throwable seen = fault.get();
        if (seen == null) {
            return new Got(out.toByteArray(), null);
        }
        assertThat(seen).isInstanceOfSatisfying(GatewayException.class, known -> {
            assertThat(known).hasMessageNotContaining("raw");
            assertThat(known.statement()).contains(part.entry().id());
        });
        return new Got(out.toByteArray(), ((GatewayException) seen).code());
    }

    private static String list() {
        StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < ROWS; i++) {
            rows.append(i == 0 ? "" : i % 7 == 0 ? " , " : ",")
                    .append("[\"")
                    .append(i)
                    .append("\",\"person")
                    .append(i)
                    .append(".raw@x.example\",")
                    .append(i % 5 == 3 ? "\"not null, \\\"null\"" : "null")
                    .append(']');
        }
        return rows.append(']').toString();
    }

    private static byte[] body(String list) {
        return ("{\"data\":" + list + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client can make of a gzip stream that was cut. */
    private static String inflatedSoFar(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 1)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        } catch (IOException cut) {
            // what came before is looked at
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Keeps what is told of pages. */
    private static final class Pages implements dev.snowgate.gateway.statement.Recorder {
        private final RecordedEvents events = new RecordedEvents();
        private final List<String> finished = new ArrayList<>();
        private byte[] digest = {};

        @Override
        public Mono<Void> append(
                dev.snowgate.model.agent.SessionId session,
                java.util.Optional<StatementId> statement,
                String kind,
                Map<String, String> facts) {
            return events.append(session, statement, kind, facts);
        }

        @Override
        public Mono<Void> refusedExchange(String network, String what, Map<String, String> facts) {
            return events.refusedExchange(network, what, facts);
        }

        @Override
        public Mono<Void> pageStarted(StatementId statement, int page) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> pageFinished(
                StatementId statement, int page, long rows, long bytes, long maskedCells, byte[] rowsDigest) {
            return Mono.fromRunnable(() -> {
                finished.add(page + ": " + rows + " rows, " + bytes + " bytes, " + maskedCells + " cells");
                digest = rowsDigest;
            });
        }
    }
}
