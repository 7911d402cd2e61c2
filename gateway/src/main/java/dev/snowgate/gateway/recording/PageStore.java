package dev.snowgate.gateway.recording;

import static dev.snowgate.gateway.recording.DatabaseStore.orNull;

import dev.snowgate.model.statement.StatementId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Pages of results in their statement's chain; within the caller's transaction or on their own. */
final class PageStore {
    private final DatabaseStore database;

    PageStore(DatabaseStore database) {
        this.database = database;
    }

    /** Notes that it is about to be sent; how often it was asked for by now. */
    Mono<Integer> begin(StatementId id, int page) {
        return database.sql("select begin_page(:id, :page) as times", Map.of("id", id.value(), "page", page))
                .map(row -> (int) RowStore.number(row, "times"))
                .one();
    }

    /** Appends it, once per content; the chain's link. */
    Mono<byte[]> finish(
            StatementId id,
            int page,
            long rows,
            long bytes,
            long maskedCells,
            byte[] digest,
            byte @Nullable [] sealed) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", id.value());
        parameters.put("page", page);
        parameters.put("rows", rows);
        parameters.put("bytes", bytes);
        parameters.put("cells", maskedCells);
        parameters.put("digest", digest);
        parameters.put("sealed", orNull(sealed, byte[].class));
        return database.sql(
                        "select finish_page(:id, :page, :rows, :bytes, :cells, true, :digest, :sealed) as link",
                        parameters)
                .map(row -> RowStore.bytes(row, "link"))
                .one();
    }
}
