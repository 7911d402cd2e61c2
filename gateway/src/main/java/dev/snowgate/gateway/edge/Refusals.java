package dev.snowgate.gateway.edge;

import dev.snowgate.gateway.snowflake.EncodedReply;
import dev.snowgate.gateway.snowflake.RequestHead;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers with errors: each in the form of its path's dialect, each of them recorded. */
final class Refusals {
    private final Dialects dialects;
    private final RefusalRecord record;
    private final ReplySender sender;

    Refusals(Dialects dialects, RefusalRecord record, ReplySender sender) {
        this.dialects = dialects;
        this.record = record;
        this.sender = sender;
    }

    /** Answers with an error; a response that has begun can only be cut off. */
    Mono<Void> refuse(ServerWebExchange exchange, Throwable fault) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(fault);
        }
        // A body that was to be streamed may have said how it would be encoded.
        exchange.getResponse().getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
        GatewayException failure = Faults.of(fault);
        String path = exchange.getRequest().getURI().getRawPath();
        // What has a statement of its own is in the ledger already, and a refused log-in in the recording.
        boolean recorded =
                fault instanceof GatewayException ours && ours.statement().isPresent();
        Mono<Void> recording = recorded
                ? Mono.empty()
                : record.refused(bareHead(exchange.getRequest()), dialects.nameOf(path), failure);
        return recording.then(Mono.defer(() -> sender.send(exchange, dialects.failure(path, failure))));
    }

    /** Refuses a path that is none of ours. */
    Mono<Void> refuseUnknownPath(ServerWebExchange exchange) {
        return refuse(
                exchange, new GatewayException(GatewayErrorCode.UNKNOWN_PATH, "Snowgate does not serve this path."));
    }

    /**
     * The one answer on a driver's path with a status of its own: nothing was looked at, so drivers repeat the same request, and the
     * closed connection leads it to another replica.
     */
    Mono<Void> writeDraining(ServerWebExchange exchange) {
        GatewayException failure = Faults.of(new GatewayException(
                GatewayErrorCode.OVERLOADED, "This replica is shutting down. Send the same request again."));
        EncodedReply reply = dialects.failure(exchange.getRequest().getURI().getRawPath(), failure);
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return sender.send(
                exchange, new EncodedReply(HttpStatus.SERVICE_UNAVAILABLE.value(), reply.headers(), reply.body()));
    }

    // Without query and headers: reading them may be what failed.
    private static RequestHead bareHead(ServerHttpRequest request) {
        return new RequestHead(
                request.getMethod().name(),
                request.getURI().getRawPath(),
                Map.of(),
                Map.<String, List<String>>of(),
                ClientAddress.of(request, List.of()));
    }
}
