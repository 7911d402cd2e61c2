package dev.snowgate.emulator.result;

import java.nio.file.Path;
import java.util.List;

/**
 * A result as it is kept: the first rows in memory in wire form, the others in compressed files.
 *
 * @param inline rows joined by commas (JSON) or one Arrow stream
 * @param inlineRows rows in {@code inline}
 * @param key base64 of the key that a chunk request has to show, as with encryption by a client's key
 */
public record StoredResult(
        List<Column> columns,
        Format format,
        byte[] inline,
        long inlineRows,
        List<Chunk> chunks,
        long rows,
        String key) {

    /** Wire form of the rows. */
    public enum Format {
        /** JSON with booleans as 1 and 0. */
        JSON,
        /** JSON with booleans as true and false, for the SQL API. */
        JSON_V2,
        ARROW
    }

    /** One chunk in its gzip file. */
    public record Chunk(Path file, long rows, long uncompressedSize, long compressedSize) {}
}
