package dev.snowgate.recording;

/** One row of {@code result_page} as read from the database, not yet believed. Arrays are not copied. */
public record ChainedPage(
        long seq, int page, long rows, long bytes, long maskedCells, boolean complete, byte[] digest, byte[] link) {
    @Override
    public String toString() {
        return "ChainedPage[" + page + "]";
    }
}
