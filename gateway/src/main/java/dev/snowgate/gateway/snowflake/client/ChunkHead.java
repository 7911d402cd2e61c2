package dev.snowgate.gateway.snowflake.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the storage says of a chunk before its bytes.
 *
 * @param contentEncoding such as {@code gzip}; empty text if none
 * @param contentLength bytes as sent, if known
 */
public record ChunkHead(String contentEncoding, OptionalLong contentLength) {
    static ChunkHead of(HttpHeaders headers) {
        String encoding = Optional.ofNullable(headers.get(HttpHeaderNames.CONTENT_ENCODING))
                .orElse("");
        String length =
                Optional.ofNullable(headers.get(HttpHeaderNames.CONTENT_LENGTH)).orElse("");
        return new ChunkHead(
                encoding.strip().toLowerCase(Locale.ROOT),
                length.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(length)) : OptionalLong.empty());
    }
}
