package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.HeldReply;
import dev.snowgate.gateway.snowflake.Reply;
import dev.snowgate.gateway.snowflake.StreamedReply;
import dev.snowgate.gateway.snowflake.result.HeldMemory;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends replies as fast as their clients take them. */
final class ReplySender {
    private final HeldMemory memory;

    /**
     * @param memory what replies with many rows may take together while they are sent
     */
    ReplySender(HeldMemory memory) {
        this.memory = memory;
    }

    /** Fails before the first byte, so that the client can be told, where replies that are on their way have all memory. */
    Mono<Void> send(ServerWebExchange exchange, Reply reply) {
        ServerHttpResponse response = exchange.getResponse();
        return switch (reply) {
            case EncodedReply whole -> {
                begin(response, whole).setContentLength(whole.body().length);
                yield response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(whole.body())));
            }
            case HeldReply held ->
                Mono.using(
                        () -> taken(held),
                        share -> send(
                                response,
                                held,
                                AcceptedEncoding.isGzip(exchange.getRequest().getHeaders())),
                        HeldMemory.Share::close);
            case StreamedReply streamed -> {
                begin(response, streamed);
                yield SendWindow.write(response, streamed.body());
            }
        };
    }

    private HeldMemory.Share taken(HeldReply reply) {
        HeldMemory.Share share = memory.share();
        share.takePage(reply.page().held());
        return share;
    }

    private static Mono<Void> send(ServerHttpResponse response, HeldReply reply, boolean gzip) {
        HttpHeaders headers = begin(response, reply);
        if (!gzip) {
            headers.setContentLength(reply.length());
            return SendWindow.write(response, reply.plain());
        }
        List<byte[]> pieces = reply.gzip();
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        headers.setContentLength(
                pieces.stream().mapToLong(piece -> piece.length).sum());
        return SendWindow.write(response, Flux.fromIterable(pieces));
    }

    private static HttpHeaders begin(ServerHttpResponse response, Reply reply) {
        response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
        HttpHeaders headers = response.getHeaders();
        reply.headers().forEach(headers::set);
        headers.setCacheControl("no-store");
        return headers;
    }
}
