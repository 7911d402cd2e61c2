package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.ChunkVault;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.LedgerEntry;
import dev.snowgate.gateway.statement.StoredChunks;
import dev.snowgate.model.statement.Dialect;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds results to the most bytes that the policy lets out: inline rows as they leave, the rest as announced. What is larger is
 * not released at all; what turns out larger than it was announced is cut off while it streams.
 */
final class ResultSize {
    /** Snowflake's chunks are some 100 MB at most; the announced size, with room, is the limit where there is one. */
    private static final long MOST_INFLATED = 2L * 1024 * 1024 * 1024;

    private ResultSize() {}

    /** Fails where the whole result is larger than it may be, or where the size of a part is not announced. */
    static void check(LedgerEntry entry, long inlineBytes, Optional<StoredChunks> chunks) {
        if (entry.mostResultBytes().isEmpty()) {
            return;
        }
        long bytes = inlineBytes;
        // the SQL API counts the inline page among the parts
        int first = entry.dialect() == Dialect.SQL_API ? 1 : 0;
        for (StoredChunks.Part part : chunks.map(StoredChunks::parts).stream()
                .flatMap(parts -> parts.stream().skip(first))
                .toList()) {
            if (part.uncompressedBytes() <= 0) {
                throw tooLarge(entry);
            }
            bytes += part.uncompressedBytes();
        }
        if (bytes > entry.mostResultBytes().getAsLong()) {
            throw tooLarge(entry);
        }
    }

    /** Most bytes of one part, so that the result stays within its limit if all others are as large as announced. */
    static long most(StoredChunks chunks, StoredChunks.Part part, OptionalLong mostResultBytes) {
        if (mostResultBytes.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long others = chunks.parts().stream()
                        .mapToLong(StoredChunks.Part::uncompressedBytes)
                        .sum()
                - part.uncompressedBytes();
        return Math.max(0, mostResultBytes.getAsLong() - others);
    }

    /** Most bytes that a part may inflate to. */
    static long mostInflated(ChunkVault.Opened opened, StoredChunks.Part part) {
        return Math.min(most(part.uncompressedBytes()), most(opened.chunks(), part, opened.mostResultBytes()));
    }

    /** The announced size with room, or what no part of a result exceeds. */
    static long most(long announced) {
        return announced > 0 ? Math.min(MOST_INFLATED, announced * 2 + 1024 * 1024) : MOST_INFLATED;
    }

    /** Whether the bytes of parts need not be looked at: nothing is masked, and no limit of size must be held against what is in them. */
    static boolean passes(ChunkVault.Opened opened) {
        return !opened.chunks().plan().masksAnything()
                && opened.mostResultBytes().isEmpty();
    }

    private static GatewayException tooLarge(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.RESULT_TOO_LARGE,
                "The result is larger than the " + entry.mostResultBytes().orElse(0)
                        + " bytes that the policy lets out. Select fewer columns or rows, or aggregate.",
                Optional.of(entry.id()),
                null);
    }
}
