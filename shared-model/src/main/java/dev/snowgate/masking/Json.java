package dev.snowgate.masking;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of masks' arguments and of semi-structured cells. */
final class Json {
    /** Snowflake's largest value is 128 MB. */
    private static final int LONGEST = 134_217_728;

    /** Also {@code NaN} and {@code Infinity}, which variants may hold. */
    private static final JsonFactory CELLS = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /** Reads a cell. */
    static JsonParser parser(String cell) {
        return CELLS.createParser(ObjectReadContext.empty(), cell);
    }

    /** A JSON string. */
    static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }
}
