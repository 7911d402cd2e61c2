package dev.snowgate.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Where a result's chunks are and what to send for them.
 *
 * @param plainBytes announced size of each before compression and masking
 */
record ChunkList(List<String> urls, Map<String, String> headers, List<Long> plainBytes) {
    /** From the {@code data} of a reply in the drivers' protocol. */
    static ChunkList of(JsonNode data) {
        List<String> urls = data.path("chunks")
                .valueStream()
                .map(chunk -> chunk.path("url").asString())
                .toList();
        List<Long> bytes = data.path("chunks")
                .valueStream()
                .map(chunk -> chunk.path("uncompressedSize").asLong())
                .toList();
        Map<String, String> headers = new LinkedHashMap<>();
        data.path("chunkHeaders")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        if (urls.isEmpty()) {
            throw new IllegalStateException("the result has no chunks");
        }
        return new ChunkList(urls, headers, bytes);
    }

    /** This list, if the result has at least that size. */
    ChunkList ofAtLeast(long bytes) {
        long all = plainBytes.stream().mapToLong(Long::longValue).sum();
        if (all < bytes) {
            throw new IllegalStateException("the result has " + all + " bytes and not " + bytes);
        }
        return this;
    }
}
