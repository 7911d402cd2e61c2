package dev.snowgate.gateway.snowflake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.POJONode;

/**
 * The rows of a reply as the bytes that they are: a JSON list with its brackets, in the place of a tree with an object per cell.
 * Written into a reply byte by byte as they stand here. Holds values, so {@code toString} shows the size only.
 *
 * @param body holds the list; not changed by anybody
 * @param from first byte of the list
 * @param to one past its last byte
 * @param count rows in it
 */
public record JsonRows(byte[] body, int from, int to, int count) implements JacksonSerializable {
    private static final JsonRows NONE = new JsonRows(new byte[] {'[', ']'}, 0, 2, 0);

    /** A list that is a whole array. */
    public static JsonRows of(byte[] list, int count) {
        return new JsonRows(list, 0, list.length, count);
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
            return of(StrictJson.write(array), array.size());
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

    /** The list alone. */
    public byte[] bytes() {
        return from == 0 && to == body.length ? body : Arrays.copyOfRange(body, from, to);
    }

    /** The same with the text {@code "null"} in the place of each null. */
    public JsonRows nullsAsText() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from + 64);
        new NullsAsText().write(body, from, to - from, out::write);
        return of(out.toByteArray(), count);
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
        if (!(generator.streamWriteOutputTarget() instanceof OutputStream target)) {
            // whoever writes a tree as text looks at it; no reply is written so
            generator.writeString(toString());
            return;
        }
        generator.writeRawValue("");
        generator.flush();
        try {
            target.write(body, from, to - from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
        serialize(generator, context);
    }

    @Override
    public String toString() {
        return "JsonRows[" + count + " rows, " + (to - from) + " bytes]";
    }
}
