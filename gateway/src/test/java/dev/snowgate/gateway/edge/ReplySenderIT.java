package dev.snowgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.snowflake.HeldReply;
import dev.snowgate.gateway.snowflake.result.HeldMemory;
import dev.snowgate.gateway.snowflake.result.HeldMemorySample;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.PageWriter;
import dev.snowgate.gateway.testing.BufferLeaks;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Replies with many rows while they are sent. */
@ExtendWith(BufferLeaks.class)
class ReplySenderIT {
    private final byte[] rows = rows();
    private final HeldReply reply = new HeldReply(
            200,
            Map.of("Content-Type", "application/json"),
            "{\"data\":".getBytes(StandardCharsets.US_ASCII),
            page(rows),
            "}".getBytes(StandardCharsets.US_ASCII));
    private DisposableServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.disposeNow();
    }

    @Test
    void a_client_gets_the_same_with_and_without_compression() throws Exception {
        // Given
        start(HeldMemory.ofHeap());

        // When
        HttpResponse<byte[]> plain = read("identity");
        HttpResponse<byte[]> gzip = read("deflate, gzip;q=0.5");

        // Then
        byte[] expected = expected();
        assertThat(plain.body()).isEqualTo(expected);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValueAsLong("Content-Length")).hasValue(expected.length);
        assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(gzip.headers().firstValueAsLong("Content-Length")).hasValue(gzip.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(expected);
        assertThat(gzip.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void pages_on_their_way_share_a_limit_and_give_back_what_they_took() throws Exception {
        for (String encoding : new String[] {"gzip", "identity"}) {
            // Given: room for one, which somebody has who does not read
            HeldMemory memory = HeldMemorySample.of(reply.page().held() + 100);
            start(memory);
            InputStream stuck = client.send(request(encoding), HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            assertThat(stuck.read()).isNotNegative();

            // When / Then
            assertThat(read(encoding).statusCode()).isEqualTo(429);
            assertThat(HeldMemorySample.left(memory)).isEqualTo(100);
            stuck.close();
            assertThat(free(memory)).as("given back by who left").isTrue();
            assertThat(read(encoding).statusCode()).isEqualTo(200);
            assertThat(free(memory)).as("given back at the end").isTrue();
            server.disposeNow();
        }
    }

    @Test
    void a_page_that_never_fits_is_withheld() throws Exception {
        start(HeldMemorySample.of(reply.page().held() - 1));
        assertThat(read("gzip").statusCode()).isEqualTo(422);
    }

    private boolean free(HeldMemory memory) {
        Instant end = Instant.now().plusSeconds(30);
        while (HeldMemorySample.left(memory) < reply.page().held()
                && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return HeldMemorySample.left(memory) == reply.page().held() + 100;
    }

    private void start(HeldMemory memory) {
        ReplySender sender = new ReplySender(memory);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, 64 * 1024)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                                exchange -> sender.send(exchange, reply)
                                        .onErrorResume(GatewayException.class, fault -> refused(exchange, fault)))
                        .build()))
                .bindNow();
    }

    private static Mono<Void> refused(ServerWebExchange exchange, GatewayException fault) {
        exchange.getResponse().setRawStatusCode(fault.code().httpStatus());
        return exchange.getResponse().setComplete();
    }

    private HttpRequest request(String encoding) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("Accept-Encoding", encoding)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private HttpResponse<byte[]> read(String encoding) throws IOException, InterruptedException {
        return client.send(request(encoding), HttpResponse.BodyHandlers.ofByteArray());
    }

    private byte[] expected() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(reply.before());
        all.writeBytes(rows);
        all.writeBytes(reply.after());
        return all.toByteArray();
    }

    /** More than all buffers between server and client hold. */
    private static byte[] rows() {
        byte[] noise = new byte[12 * 1024 * 1024];
        new Random(9).nextBytes(noise);
        return ("[[\"" + Base64.getEncoder().encodeToString(noise) + "\"]]").getBytes(StandardCharsets.US_ASCII);
    }

    private static PageBytes page(byte[] rows) {
        try (PageWriter writer = new PageWriter()) {
            writer.write(rows, 0, rows.length);
            return writer.finish();
        }
    }
}
