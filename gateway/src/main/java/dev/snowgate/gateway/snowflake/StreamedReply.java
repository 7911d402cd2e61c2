package dev.snowgate.gateway.snowflake;

import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * A reply whose body is made while it is sent.
 *
 * @param status HTTP status
 * @param headers headers, {@code Content-Type} among them
 * @param body pieces; an error before the first one is answered like any other, one after it cuts the connection
 */
public record StreamedReply(int status, Map<String, String> headers, Flux<byte[]> body) implements Reply {
    public StreamedReply {
        headers = Map.copyOf(headers);
    }
}
