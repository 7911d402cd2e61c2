package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.JsonRows;
import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.PageWriter;

/** Masks the JSON rows that travel in the reply itself: inflated, scanned, masked and deflated piece by piece. */
final class InlineRows {
    private InlineRows() {}

    /** Masks in place; gives the rows in the recording's form. Each row must have the announced width. */
    static ReplyMasker.InlinePage mask(ResultTree tree, CellMasks masks) {
        JsonRows rows = tree.rows();
        JsonRowMasker masker = new JsonRowMasker(masks, RowEnvelope.CHUNK);
        ByteSink out =
                new ByteSink((int) Math.min(ByteSource.STEP, rows.to() - rows.from() + 16), Integer.MAX_VALUE - 16);
        try (PageWriter page = new PageWriter()) {
            page.write('[');
            rows.readRows((bytes, from, length) -> {
                masker.feed(bytes, from, length, out);
                page.write(out.array(), 0, out.size());
                out.clear();
            });
            masker.finish();
            page.write(']');
            PageBytes masked = page.finish();
            tree.putRows(JsonRows.of(masked, rows.count()));
            return new ReplyMasker.InlinePage(masked, masker.rows(), masker.maskedCells());
        }
    }
}
