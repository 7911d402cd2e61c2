package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.JsonRows;

/** Masks the JSON rows that travel in the reply itself, as bytes. */
final class InlineRows {
    private InlineRows() {}

    /** Masks in place; gives the rows in the recording's form. Each row must have the announced width. */
    static ReplyMasker.InlinePage mask(ResultTree tree, CellMasks masks) {
        JsonRows rows = tree.rows();
        JsonRowMasker masker = new JsonRowMasker(masks, RowEnvelope.CHUNK);
        int length = rows.to() - rows.from();
        ByteSink out = new ByteSink(length + 16, Integer.MAX_VALUE - 16);
        out.add((byte) '[');
        masker.feed(rows.body(), rows.from() + 1, length - 2, out);
        masker.finish();
        out.add((byte) ']');
        byte[] masked = out.take();
        tree.putRows(JsonRows.of(masked, rows.count()));
        return new ReplyMasker.InlinePage(masked, masker.rows(), masker.maskedCells());
    }
}
