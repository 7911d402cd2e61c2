package dev.snowgate.gateway.snowflake.result;

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

    private static GatewayException tooLarge(LedgerEntry entry) {
        return new GatewayException(
                GatewayErrorCode.RESULT_TOO_LARGE,
                "The result is larger than the " + entry.mostResultBytes().orElse(0)
                        + " bytes that the policy lets out. Select fewer columns or rows, or aggregate.",
                Optional.of(entry.id()),
                null);
    }
}
