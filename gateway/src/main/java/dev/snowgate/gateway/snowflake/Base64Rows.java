package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.PageBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * Rows of a reply that are binary, as the JSON text in Base64 that they are. Holds values, so {@code toString} shows none.
 *
 * @param source holds the text
 * @param from its opening quote
 */
public record Base64Rows(ByteSource source, long from) implements HeldValue {
    private static final Base64Rows NONE = of(PageBytes.of(new byte[] {'"', '"'}));

    /** A text that is a whole page, with its quotes. */
    public static Base64Rows of(PageBytes text) {
        return new Base64Rows(text, 0);
    }

    /** The rows at a place of a reply: none where nothing or null stands. */
    public static Base64Rows at(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return NONE;
        }
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof Base64Rows rows) {
            return rows;
        }
        throw ReplyFields.notUnderstood("the rows are not a text");
    }

    /** Reads what the text stands for, in pieces. Fails where it is not Base64 from its first to its last letter. */
    public void readRows(Pieces reader) {
        byte[] piece = new byte[ByteSource.STEP];
        try (Text text = text();
                InputStream in = Base64.getDecoder().wrap(text)) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                reader.take(piece, 0, length);
            }
            if (text.read() >= 0) {
                throw new IOException("something follows the padding");
            }
        } catch (IOException e) {
            throw ReplyFields.notUnderstood("its rows are not Base64");
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write('"');
        try (InputStream text = text()) {
            text.transferTo(out);
        }
        out.write('"');
    }

    @Override
    public Optional<PageBytes> page() {
        return source instanceof PageBytes page && from == 0 ? Optional.of(page) : Optional.empty();
    }

    private Text text() throws IOException {
        InputStream in = source.open();
        in.skipNBytes(from + 1);
        return new Text(in);
    }

    @Override
    public String toString() {
        return "Base64Rows";
    }

    /** What stands before the closing quote. Of escapes, JSON writers use one in Base64, that of the slash. */
    private static final class Text extends InputStream {
        private final InputStream in;
        private boolean escaped;
        private boolean ended;

        Text(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int kept = 0;
            while (kept == 0 && length > 0 && !ended) {
                int count = in.read(bytes, from, length);
                if (count < 0) {
                    throw new IOException("a text without an end");
                }
                kept = keep(bytes, from, count);
            }
            return kept == 0 && length > 0 ? -1 : kept;
        }

        private int keep(byte[] bytes, int from, int count) throws IOException {
            int kept = 0;
            for (int i = from; i < from + count && !ended; i++) {
                byte b = bytes[i];
                if (escaped && b != '/') {
                    throw new IOException("an escape that Base64 does not need");
                }
                if (b == '"') {
                    ended = true;
                } else if (b == '\\') {
                    escaped = true;
                } else {
                    escaped = false;
                    bytes[from + kept++] = b;
                }
            }
            return kept;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
