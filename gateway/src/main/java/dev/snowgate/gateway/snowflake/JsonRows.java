package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ByteSource;
import dev.snowgate.gateway.statement.PageBytes;
import dev.snowgate.gateway.statement.PageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.POJONode;

/**
 * The rows of a reply as the bytes that they are: a JSON list with its brackets, in the place of a tree with an object per cell.
 * Written into a reply byte by byte as they stand here. Holds values, so {@code toString} shows the size only.
 *
 * @param source holds the list
 * @param from first byte of the list
 * @param to one past its last byte
 * @param count rows in it
 */
public record JsonRows(ByteSource source, long from, long to, long count) implements HeldValue {
    private static final JsonRows NONE = of(PageBytes.of(new byte[] {'[', ']'}), 0);

    /** A list that is a whole page. */
    public static JsonRows of(PageBytes list, long count) {
        return new JsonRows(list, 0, list.length(), count);
    }

    /** The rows at a place of a reply: none where nothing or null stands. */
    public static JsonRows at(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return NONE;
        }
        if (node instanceof POJONode pojo && pojo.getPojo() instanceof JsonRows rows) {
            return rows;
        }
        if (node instanceof ArrayNode array) {
            return of(PageBytes.of(StrictJson.write(array)), array.size());
        }
        throw ReplyFields.notUnderstood("the rows are not a list");
    }

    /** The same as a node of a reply. */
    public JsonNode node() {
        return new POJONode(this);
    }

    /** As a tree; for small results that the gateway itself asked for. */
    public JsonNode tree() {
        return StrictJson.read(bytes());
    }

    /** The list alone, at once; for small ones. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        read(from, to, out::write);
        return out.toByteArray();
    }

    /** Reads what stands between the brackets, in pieces. */
    public void readRows(Pieces reader) {
        read(from + 1, to - 1, reader);
    }

    /** The same with the text {@code "null"} in the place of each null. */
    public JsonRows nullsAsText() {
        NullsAsText asText = new NullsAsText();
        try (PageWriter page = new PageWriter()) {
            read(from, to, (bytes, at, length) -> asText.write(bytes, at, length, page::write));
            return of(page.finish(), count);
        }
    }

    @Override
    public void writeTo(OutputStream out) {
        read(from, to, out::write);
    }

    @Override
    public Optional<PageBytes> page() {
        return source instanceof PageBytes page && from == 0 && to == page.length()
                ? Optional.of(page)
                : Optional.empty();
    }

    private void read(long first, long end, Pieces reader) {
        byte[] piece = new byte[(int) Math.min(ByteSource.STEP, end - first)];
        try (InputStream in = source.open()) {
            in.skipNBytes(first);
            for (long left = end - first; left > 0; ) {
                int length = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (length < 0) {
                    throw ReplyFields.notUnderstood("its rows end too early");
                }
                reader.take(piece, 0, length);
                left -= length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "JsonRows[" + count + " rows, " + (to - from) + " bytes]";
    }
}
