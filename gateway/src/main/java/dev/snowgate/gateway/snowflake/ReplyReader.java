package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a reply as a tree but for its rows, which stay {@link HeldValue bytes} where they are. As strict as {@link StrictJson} everywhere, and
 * with a few buffers however long the rows are.
 */
final class ReplyReader {
    /** Rows in Arrow stand beside those in JSON, in the drivers' protocol only. */
    private static final String BASE64 = "rowsetBase64";

    private static final String JSON = "rowset";

    private final ByteSource body;
    private final List<String> rowsAt;

    private ReplyReader(ByteSource body, List<String> rowsAt) {
        this.body = body;
        this.rowsAt = rowsAt;
    }

    /**
     * Reads one reply.
     *
     * @param rowsAt the fields on the way to the list of rows; other than a list is read as a tree
     */
    static ObjectNode read(ByteSource body, List<String> rowsAt) {
        try (InputStream in = body.open();
                JsonParser parser = StrictJson.objectParser(in)) {
            ObjectNode reply = new ReplyReader(body, rowsAt).object(parser, 0);
            if (parser.nextToken() != null) {
                throw new StrictJsonException("something follows the JSON value");
            }
            return reply;
        } catch (JacksonException e) {
            throw StrictJson.told(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode object(JsonParser parser, int depth) {
        ObjectNode object = StrictJson.object();
        boolean last = depth == rowsAt.size() - 1;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            boolean onTheWay = rowsAt.get(depth).equals(name);
            if (onTheWay && last && value == JsonToken.START_ARRAY) {
                object.set(name, rows(parser).node());
            } else if (onTheWay && !last && value == JsonToken.START_OBJECT) {
                object.set(name, object(parser, depth + 1));
            } else if (last && isBase64(name) && value == JsonToken.VALUE_STRING) {
                object.set(name, new Base64Rows(body, at(parser)).node());
            } else {
                object.set(name, StrictJson.readInside(parser));
            }
        }
        return object;
    }

    private boolean isBase64(String name) {
        return name.equals(BASE64) && rowsAt.getLast().equals(JSON);
    }

    private JsonRows rows(JsonParser parser) {
        long from = at(parser);
        long count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        return new JsonRows(body, from, parser.currentLocation().getByteOffset(), count);
    }

    private static long at(JsonParser parser) {
        return parser.currentTokenLocation().getByteOffset();
    }
}
