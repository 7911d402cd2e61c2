package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.result.ChunkAddresses;
import dev.snowgate.gateway.snowflake.result.ChunkService;
import dev.snowgate.gateway.snowflake.result.ServedChunk;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.model.network.Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The end of the chunk route: streams a masked chunk to whoever has both of its secrets. Drivers read the status here: 403 makes
 * them ask for new addresses, 503 try again, 404 fail at once. The type is never JSON, because one driver would parse the body.
 */
public final class ResultChunkFilter implements GatewayFilter {
    private final ChunkService chunks;
    private final Recorder recorder;
    private final List<Network> proxies;

    /**
     * @param proxies whose word on the client's address counts
     */
    public ResultChunkFilter(ChunkService chunks, Recorder recorder, List<Network> proxies) {
        this.chunks = chunks;
        this.recorder = recorder;
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getHeaders().containsHeader(HttpHeaders.RANGE)) {
            return refuse(exchange, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
        }
        return chunks.open(capability(request), secret(request), taken(request), client(request))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(body -> body.map(chunk -> write(exchange, chunk)).orElseGet(() -> unknown(exchange)))
                .onErrorResume(GatewayException.class, fault -> failed(exchange, fault));
    }

    private Mono<Void> write(ServerWebExchange exchange, ServedChunk chunk) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
        headers.setCacheControl("no-store");
        if (chunk.encoding() == ServedChunk.Encoding.GZIP) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return SendWindow.write(response, chunk.bytes());
    }

    private Mono<Void> unknown(ServerWebExchange exchange) {
        return recorder.refusedExchange(
                        client(exchange.getRequest()), "chunk", Map.of("reason", "its secrets open nothing"))
                .then(Mono.defer(() -> refuse(exchange, HttpStatus.NOT_FOUND)));
    }

    /** Before the first byte the status tells the driver what to do; after it only the broken connection can. */
    private Mono<Void> failed(ServerWebExchange exchange, GatewayException fault) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(fault);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().clear();
        response.setStatusCode(status(fault.code()));
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getHeaders().setCacheControl("no-store");
        byte[] told = String.valueOf(fault.getMessage()).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().setContentLength(told.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(told)));
    }

    private static HttpStatus status(GatewayErrorCode code) {
        return switch (code) {
            // Drivers try 403 again for minutes; what could be done was done here.
            case RESULT_EXPIRED -> HttpStatus.GONE;
            case UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT, RECORDING_UNAVAILABLE, OVERLOADED ->
                HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.NOT_FOUND;
        };
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status) {
        exchange.getResponse().setStatusCode(status);
        exchange.getResponse().getHeaders().setContentLength(0);
        return exchange.getResponse().setComplete();
    }

    private static String capability(ServerHttpRequest request) {
        String path = request.getPath().value();
        return path.startsWith(ChunkAddresses.PATH) ? path.substring(ChunkAddresses.PATH.length()) : "";
    }

    private static String secret(ServerHttpRequest request) {
        return Optional.ofNullable(request.getHeaders().getFirst(ChunkAddresses.HEADER))
                .orElse("");
    }

    private static ServedChunk.Encoding taken(ServerHttpRequest request) {
        return AcceptedEncoding.isGzip(request.getHeaders())
                ? ServedChunk.Encoding.GZIP
                : ServedChunk.Encoding.IDENTITY;
    }

    private String client(ServerHttpRequest request) {
        return ClientAddress.of(request, proxies);
    }
}
