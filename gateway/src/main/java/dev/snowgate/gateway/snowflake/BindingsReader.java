package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.statement.Bindings;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Copies bindings token by token into their canonical bytes (no white space, one spelling of each string) while checking their
 * shape: an object of objects, each with {@code type} and a {@code value} that is text, null or a list of those. Unknown fields of a
 * binding are dropped.
 */
final class BindingsReader {
    private BindingsReader() {}

    /** Reads the object that the parser stands on. {@code size} is the whole body's and bounds the result. */
    static Bindings read(JsonParser parser, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(size, 64 * 1024));
        int count = 0;
        try (JsonGenerator generator = StrictJson.mapper().createGenerator(out)) {
            generator.writeStartObject();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (Utf8.hasLoneSurrogate(name)) {
                    throw notText();
                }
                generator.writeName(name);
                copyBinding(parser, generator);
                count++;
            }
            generator.writeEndObject();
        }
        if (count == 0) {
            return Bindings.none();
        }
        byte[] encoded = out.toByteArray();
        return new Bindings(encoded, digest(encoded));
    }

    private static void copyBinding(JsonParser parser, JsonGenerator generator) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new StrictJsonException("a binding is not an object");
        }
        generator.writeStartObject();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "type", "fmt" -> {
                    generator.writeName(name);
                    copyCell(parser, generator, token);
                }
                case "value" -> {
                    generator.writeName(name);
                    copyValue(parser, generator, token);
                }
                case "schema" -> {
                    generator.writeName(name);
                    generator.copyCurrentStructureExact(parser);
                }
                default -> parser.skipChildren();
            }
        }
        generator.writeEndObject();
    }

    private static void copyValue(JsonParser parser, JsonGenerator generator, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            copyCell(parser, generator, token);
            return;
        }
        generator.writeStartArray();
        for (JsonToken cell = parser.nextToken(); cell != JsonToken.END_ARRAY; cell = parser.nextToken()) {
            copyCell(parser, generator, cell);
        }
        generator.writeEndArray();
    }

    private static void copyCell(JsonParser parser, JsonGenerator generator, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            generator.writeNull();
        } else if (token == JsonToken.VALUE_STRING) {
            String text = parser.getString();
            if (Utf8.hasLoneSurrogate(text)) {
                throw notText();
            }
            generator.writeString(text);
        } else {
            throw new StrictJsonException("the value of a binding is neither text nor null");
        }
    }

    private static StrictJsonException notText() {
        return new StrictJsonException("a binding holds half a character");
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
