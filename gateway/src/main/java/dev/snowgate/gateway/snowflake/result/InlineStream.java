package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.statement.ReplyColumn;
import java.util.List;

/** Masks the Arrow stream that travels in the reply itself. */
final class InlineStream {
    private static final byte[] NO_ROWS = {'[', ']'};

    private InlineStream() {}

    /** Masks in place; gives the rows in the recording's form. A stream without a masked column stays as it is. */
    static ReplyMasker.InlinePage mask(ResultTree tree, CellMasks masks, List<ReplyColumn> columns) {
        byte[] stream = tree.arrowRows();
        if (stream.length == 0) {
            return new ReplyMasker.InlinePage(NO_ROWS, 0, 0);
        }
        List<String> names = CellMasks.names(columns);
        ArrowRowMasker masker = new ArrowRowMasker(masks, names, ArrowStreamReader.ROWS_NOT_ANNOUNCED);
        ByteSink out = new ByteSink(stream.length + 1024, Integer.MAX_VALUE - 16);
        masker.feed(stream, 0, stream.length, out);
        masker.finish();
        byte[] masked = out.take();
        if (masks.masksAnything()) {
            tree.putArrowRows(masked);
        }
        byte[] page = ArrowPage.of(masked, names, CellMasks.types(columns));
        return new ReplyMasker.InlinePage(page, masker.rows(), masker.maskedCells());
    }
}
