package dev.snowgate.gateway.statement;

import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Makes of a later part of a result, on its way, what the agent may see. */
public interface PartMasker {
    /**
     * The masked part in gzip, with back-pressure and in bounded memory. Nothing is fetched before it is subscribed to. Its page is in
     * the recording before its first byte and, with sizes and digest, before its last one. A row that is not whole or of another width, and
     * whatever else is not understood, ends it with {@link GatewayErrorCode#RESULT_WITHHELD}, which is recorded.
     *
     * @param source fetches the part and hands it to the reader
     */
    Flux<byte[]> mask(NumberedPart part, Function<PartReader, Flux<byte[]>> source);
}
