package dev.snowgate.gateway.snowflake.client;

import java.util.OptionalLong;

/**
 * What the storage says of a chunk before its bytes.
 *
 * @param contentEncoding such as {@code gzip}; empty text if none
 * @param contentLength bytes as sent, if known
 */
public record ChunkHead(String contentEncoding, OptionalLong contentLength) {}
