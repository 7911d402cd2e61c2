package dev.snowgate.gateway.snowflake.result;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The JSON text of a structured value while it is read.
 *
 * @param parser at the first token of the next value
 * @param text what it reads
 */
record NestedText(JsonParser parser, String text) {
    /** As large as a column's bytes may be; also {@code NaN} and {@code Infinity}, which variants may hold. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ArrowFraming.MOST_BODY)
                    .maxNameLength(ArrowFraming.MOST_BODY)
                    .build())
            .build();

    static JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Moves to the next value or name; false at the end of the object or list. */
    boolean next() {
        JsonToken token = parser.nextToken();
        return token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY;
    }

    /** The name that the text is at; moves to its value. */
    String name() {
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /** The text of a scalar, as JSON rows have it in a column of its own; null for what is none. */
    @Nullable
    String scalar() {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
            case VALUE_TRUE -> "1";
            case VALUE_FALSE -> "0";
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    /** The JSON of the value itself. */
    String json() {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (isObject() || isList()) {
            parser.skipChildren();
            return text.substring(start, (int) parser.currentTokenLocation().getCharOffset() + 1);
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        StringBuilder json = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(parser.getString(), json);
        return json.append('"').toString();
    }
}
