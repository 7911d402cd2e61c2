package dev.snowgate.gateway.snowflake;

import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON without latitude: valid UTF-8 without a byte order mark, no duplicate key at any depth, nothing after the value, bounded
 * depth and lengths, numbers kept exact. Two readers that disagree about one text are the classic way around a gateway.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 2_000;
    private static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            // Text is bounded by the body's own limit, which the edge enforces before.
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader INSIDE = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /** Reads one JSON value. */
    public static JsonNode read(byte[] bytes) {
        Utf8.check(bytes);
        try {
            JsonNode value = MAPPER.readTree(bytes);
            if (value == null || value.isMissingNode()) {
                throw new StrictJsonException("the body is empty");
            }
            return value;
        } catch (JacksonException e) {
            throw told(e);
        }
    }

    /** Reads one JSON object. */
    public static ObjectNode readObject(byte[] bytes) {
        if (read(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new StrictJsonException("the body is not a JSON object");
    }

    /** Writes a tree as UTF-8. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Writes a tree as UTF-8. */
    static void write(JsonNode tree, OutputStream out) {
        MAPPER.writeValue(out, tree);
    }

    /** An empty object to build on. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The value that a parser stands on, with whatever follows it left unread. */
    static JsonNode readInside(JsonParser parser) {
        return INSIDE.readTree(parser);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** A parser at its first token, which is the start of an object. */
    static JsonParser objectParser(byte[] bytes) {
        Utf8.check(bytes);
        return atObject(MAPPER.createParser(bytes));
    }

    /** The same for bytes that are checked as they are read. */
    static JsonParser objectParser(InputStream bytes) {
        return atObject(MAPPER.createParser(new Utf8Stream(bytes)));
    }

    private static JsonParser atObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.close();
            throw new StrictJsonException("the body is not a JSON object");
        }
        return parser;
    }

    /** Our words for Jackson's complaint; its own may quote the body. */
    static StrictJsonException told(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        String original = e.getOriginalMessage();
        String text = original == null ? "" : original;
        if (text.startsWith("Duplicate")) {
            return new StrictJsonException("a field occurs twice" + where);
        }
        if (text.contains("nesting depth")) {
            return new StrictJsonException("nested deeper than " + MAX_DEPTH + " levels");
        }
        if (text.startsWith("Trailing token")) {
            return new StrictJsonException("something follows the JSON value" + where);
        }
        return new StrictJsonException("not valid JSON" + where);
    }
}
