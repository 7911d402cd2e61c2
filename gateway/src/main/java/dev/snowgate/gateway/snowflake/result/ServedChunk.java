package dev.snowgate.gateway.snowflake.result;

import reactor.core.publisher.Flux;

/**
 * A chunk on its way to the client.
 *
 * @param encoding of the bytes
 * @param bytes the body; nothing is fetched before it is subscribed to
 */
public record ServedChunk(Encoding encoding, Flux<byte[]> bytes) {
    /** The {@code Content-Encoding} of a body. */
    public enum Encoding {
        IDENTITY,
        GZIP
    }
}
