package dev.snowgate.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class SendWindowIT {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 400;
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void little_is_made_ahead_of_a_client_that_stops_and_all_of_it_arrives_when_it_goes_on() throws IOException {
        // Given
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, 128 * 1024)
                .handle((request, response) -> response.sendGroups(
                        SendWindow.limit(response, pieces()).map(piece -> Mono.just(Unpooled.wrappedBuffer(piece)))))
                .bindNow();
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(64 * 1024);
            client.setSoTimeout(20_000);
            client.connect(new InetSocketAddress("127.0.0.1", server.port()));
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream body = client.getInputStream();
            // When
            assertThat(body.read()).isEqualTo('H');
            int ahead = settled();
            // Then
            assertThat(ahead).isBetween(1, 24);
            long received = 1 + body.readAllBytes().length;
            assertThat(received).isGreaterThan((long) PIECE * PIECES);
            assertThat(made).hasValue(PIECES);
        } finally {
            server.disposeNow();
        }
    }

    private Flux<byte[]> pieces() {
        return Flux.generate((SynchronousSink<byte[]> sink) -> {
            if (made.get() == PIECES) {
                sink.complete();
            } else {
                made.incrementAndGet();
                sink.next(new byte[PIECE]);
            }
        });
    }

    /** What was made once nothing more is made for a second. */
    private int settled() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long since = System.nanoTime();
        int before = -1;
        while (System.nanoTime() < end) {
            if (made.get() != before) {
                before = made.get();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > Duration.ofSeconds(1).toNanos()) {
                return before;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("it never stopped");
    }
}
