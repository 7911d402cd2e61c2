package dev.snowgate.gateway.statement;

/**
 * A later part of a result that is asked for by number.
 *
 * @param entry the statement, found for the one who asks
 * @param opened what is known of its parts
 * @param number of the part; the rows of the reply itself are part 0
 * @param nulls how the client wants to read SQL NULL
 */
public record NumberedPart(LedgerEntry entry, ChunkVault.Opened opened, int number, Nulls nulls) {
    /** How SQL NULL is written. */
    public enum Nulls {
        /** As JSON's null. */
        NULL,
        /** As the text {@code "null"}. */
        TEXT
    }

    /** What was announced of it. */
    public StoredChunks.Part announced() {
        return opened.chunks().parts().get(number);
    }
}
