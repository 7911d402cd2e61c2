package dev.snowgate.gateway.statement;

/**
 * A reply as the agent will see it.
 *
 * @param body what the dialect writes
 * @param page the inline rows as the agent sees them, in the recording's form (JSON rows, UTF-8); empty if there are none
 * @param rows rows of the whole result
 * @param inlineRows rows of this page
 * @param maskedCells cells masked in this page
 * @param maskedColumns 0-based positions of masked columns
 * @param detections what content detection found in this page, by detector, such as {@code card 1, email 12}; empty text if
 *     nothing
 */
public record MaskedReply(
        ReplyBody body,
        PageBytes page,
        long rows,
        long inlineRows,
        long maskedCells,
        java.util.List<Integer> maskedColumns,
        String detections) {
    /** A reply in which nothing was detected. */
    public MaskedReply(
            ReplyBody body,
            PageBytes page,
            long rows,
            long inlineRows,
            long maskedCells,
            java.util.List<Integer> maskedColumns) {
        this(body, page, rows, inlineRows, maskedCells, maskedColumns, "");
    }

    @Override
    public String toString() {
        return "MaskedReply[" + rows + " rows]";
    }
}
