package dev.snowgate.gateway.statement;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Makes of a part of a result, as it comes, what its reader wants. */
public interface PartReader {
    /**
     * What is made of the body.
     *
     * @param encoding the {@code Content-Encoding} in lower case; empty text if there is none
     * @param bytes pieces of the body, as they are asked for
     */
    Publisher<byte[]> read(String encoding, Flux<byte[]> bytes);
}
