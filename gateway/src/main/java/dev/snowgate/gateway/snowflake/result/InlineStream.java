package dev.snowgate.gateway.snowflake.result;

import dev.snowgate.gateway.snowflake.Base64Rows;
import dev.snowgate.gateway.statement.PageWriter;
import dev.snowgate.gateway.statement.ReplyColumn;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/**
 * Masks the Arrow stream that travels in the reply itself, batch by batch: read from its Base64, masked, written as Base64 again and as rows
 * for the recording. Of a stream without a masked column each byte is as it came.
 */
final class InlineStream implements AutoCloseable {
    private final ArrowRowMasker masker;
    private final ArrowPage shown;
    private final PageWriter reply = new PageWriter();
    private final PageWriter page = new PageWriter();
    private final OutputStream encoded = Base64.getEncoder().wrap(new Open(reply));
    private final ByteSink masked = new ByteSink(4 * 1024, Integer.MAX_VALUE - 16);
    private long bytes;

    private InlineStream(CellMasks masks, List<ReplyColumn> columns) {
        List<String> names = CellMasks.names(columns);
        masker = new ArrowRowMasker(masks, names, ArrowStreamReader.ROWS_NOT_ANNOUNCED);
        shown = new ArrowPage(names, CellMasks.types(columns), page, masks.memory());
    }

    /** Masks in place; gives the rows in the recording's form. */
    static ReplyMasker.InlinePage mask(ResultTree tree, CellMasks masks, List<ReplyColumn> columns) {
        try (InlineStream stream = new InlineStream(masks, columns)) {
            stream.reply.write('"');
            tree.arrowRows().readRows(stream::feed);
            return stream.finish(tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void feed(byte[] piece, int from, int length) throws IOException {
        bytes += length;
        masker.feed(piece, from, length, masked);
        shown.show(masked.array(), masked.size());
        encoded.write(masked.array(), 0, masked.size());
        masked.clear();
    }

    private ReplyMasker.InlinePage finish(ResultTree tree) throws IOException {
        shown.end();
        if (bytes > 0) {
            masker.finish();
            encoded.close();
            reply.write('"');
            tree.putArrowRows(Base64Rows.of(reply.finish()));
        }
        return new ReplyMasker.InlinePage(page.finish(), masker.rows(), masker.maskedCells());
    }

    @Override
    public void close() {
        reply.close();
        page.close();
    }

    /** Keeps what is behind it open when the end of the text is written. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {}
    }
}
