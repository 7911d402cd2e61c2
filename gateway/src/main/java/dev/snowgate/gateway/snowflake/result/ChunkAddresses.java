package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.model.statement.StatementId;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Our addresses of chunks: the configured public origin, never the Host header, and a capability; the second secret travels in
 * {@code chunkHeaders}, which every driver sends back verbatim.
 */
public final class ChunkAddresses {
    /** The header that carries the second secret. */
    public static final String HEADER = "x-snowgate-chunk";

    /** The path under which chunks are served. */
    public static final String PATH = "/snowgate/chunks/";

    private final URI publicOrigin;
    private final ChunkCapability capability;
    private final Clock clock;

    public ChunkAddresses(URI publicOrigin, ChunkCapability capability, Clock clock) {
        this.publicOrigin = publicOrigin;
        this.capability = capability;
        this.clock = clock;
    }

    void putAddresses(ResultTree tree, StatementId statement, StoredChunks chunks) {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < chunks.parts().size(); i++) {
            urls.add(publicOrigin
                    .resolve(PATH + capability.path(statement, i, clock.instant()))
                    .toString());
        }
        tree.putChunks(urls, HEADER, capability.header(statement), chunks);
    }
}
