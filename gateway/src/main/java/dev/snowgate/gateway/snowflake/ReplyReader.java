package dev.snowgate.gateway.snowflake;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** Reads a reply as a tree but for its rows, which stay {@link JsonRows bytes}. As strict as {@link StrictJson} everywhere. */
final class ReplyReader {
    private final byte[] body;
    private final List<String> rowsAt;

    private ReplyReader(byte[] body, List<String> rowsAt) {
        this.body = body;
        this.rowsAt = rowsAt;
    }

    /**
     * Reads one reply.
     *
     * @param rowsAt the fields on the way to the list of rows; other than a list is read as a tree
     */
    static ObjectNode read(byte[] body, List<String> rowsAt) {
        try (JsonParser parser = StrictJson.objectParser(body)) {
            ObjectNode reply = new ReplyReader(body, rowsAt).object(parser, 0);
            if (parser.nextToken() != null) {
                throw new StrictJsonException("something follows the JSON value");
            }
            return reply;
        } catch (JacksonException e) {
            throw StrictJson.told(e);
        }
    }

    private ObjectNode object(JsonParser parser, int depth) {
        ObjectNode object = StrictJson.object();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            boolean onTheWay = rowsAt.get(depth).equals(name);
            boolean last = depth == rowsAt.size() - 1;
            if (onTheWay && last && value == JsonToken.START_ARRAY) {
                object.set(name, rows(parser).node());
            } else if (onTheWay && !last && value == JsonToken.START_OBJECT) {
                object.set(name, object(parser, depth + 1));
            } else {
                object.set(name, StrictJson.readInside(parser));
            }
        }
        return object;
    }

    private JsonRows rows(JsonParser parser) {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        return new JsonRows(body, from, Math.toIntExact(parser.currentLocation().getByteOffset()), count);
    }
}
