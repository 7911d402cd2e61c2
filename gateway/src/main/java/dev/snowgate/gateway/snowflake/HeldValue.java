package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.PageBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.POJONode;

/** A value in a reply that is kept as bytes instead of as a tree, and written as they are. */
public sealed interface HeldValue extends JacksonSerializable permits JsonRows, Base64Rows {
    /** Writes the value's JSON. */
    void writeTo(OutputStream out) throws IOException;

    /** The page that is the value's JSON, if one is. */
    Optional<PageBytes> page();

    /** The same as a node of a reply. */
    default JsonNode node() {
        return new POJONode(this);
    }

    @Override
    default void serialize(JsonGenerator generator, SerializationContext context) {
        if (!(generator.streamWriteOutputTarget() instanceof OutputStream target)) {
            // whoever writes a tree as text looks at it; no reply is written so
            generator.writeString(toString());
            return;
        }
        generator.writeRawValue("");
        generator.flush();
        try {
            if (target instanceof ReplyEnvelope envelope) {
                envelope.hold(this);
            } else {
                writeTo(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    default void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
        serialize(generator, context);
    }
}
