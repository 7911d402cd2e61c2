package dev.snowgate.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Lets a response's next piece go only while the connection takes bytes. Reactor Netty alone asks for some hundred pieces ahead
 * whatever the client reads, which makes megabytes for each slow client.
 */
final class SendWindow extends ChannelInboundHandlerAdapter {
    private static final String NAME = "snowgate.send-window";
    private final Connection connection;
    private final AtomicReference<@Nullable MonoSink<Void>> waiting = new AtomicReference<>();

    private SendWindow(Connection connection) {
        this.connection = connection;
    }

    /** The pieces, each held back until those before it are on their way; as they are where there is no such connection. */
    static Flux<byte[]> limit(Object response, Flux<byte[]> pieces) {
        if (!(response instanceof HttpServerResponse server)) {
            return pieces;
        }
        return Flux.using(
                () -> on(server),
                window -> pieces.concatMap(piece -> window.open().thenReturn(piece), 1),
                SendWindow::close);
    }

    /** Writes the pieces, each as soon as the connection takes it. Nothing is committed before the first one is there. */
    static Mono<Void> write(ServerHttpResponse response, Flux<byte[]> pieces) {
        DataBufferFactory buffers = response.bufferFactory();
        return response.writeAndFlushWith(limit(ServerHttpResponseDecorator.getNativeResponse(response), pieces)
                .map(piece -> Mono.just(buffers.wrap(piece))));
    }

    private static SendWindow on(HttpServerResponse response) {
        AtomicReference<@Nullable SendWindow> window = new AtomicReference<>();
        response.withConnection(connection -> {
            SendWindow made = new SendWindow(connection);
            connection.addHandlerLast(NAME, made);
            window.set(made);
        });
        SendWindow made = window.get();
        if (made == null) {
            throw new IllegalStateException("a response without a connection");
        }
        return made;
    }

    private Mono<Void> open() {
        return Mono.create(sink -> {
            waiting.set(sink);
            letGo();
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        letGo();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        letGo();
        context.fireChannelInactive();
    }

    /** A closed connection lets go too: what comes after it finds out by itself. */
    private void letGo() {
        Channel channel = connection.channel();
        if (channel.isWritable() || !channel.isActive()) {
            MonoSink<Void> sink = waiting.getAndSet(null);
            if (sink != null) {
                sink.success();
            }
        }
    }

    private void close() {
        connection.removeHandler(NAME);
    }
}
