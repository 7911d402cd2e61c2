package dev.snowgate.masking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Masks what lies at some paths. What is no object or array, or cannot be read, becomes null. */
record JsonPathMask(List<JsonPath> paths, JsonPaths.Inner inner) implements CellMask {
    private static final String NULL = "null";
    private static final String REDACTED = Json.quoted(TextMasks.REDACTED);

    static JsonPathMask of(JsonPaths paths) {
        return new JsonPathMask(paths.paths().stream().map(JsonPath::parse).toList(), paths.inner());
    }

    @Override
    public boolean keeps(CellType type) {
        return type.holdsText();
    }

    @Override
    public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
        try (JsonParser parser = Json.parser(cell)) {
            JsonToken root = parser.nextToken();
            if (root != JsonToken.START_OBJECT && root != JsonToken.START_ARRAY) {
                return null;
            }
            JsonSplice splice = new JsonSplice(cell, parser);
            long[] states = new long[paths.size()];
            java.util.Arrays.fill(states, JsonPath.begin());
            children(parser, states, splice);
            return parser.nextToken() == null ? splice.result() : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    /** Walks the object or array that the parser is at, to its end. */
    private void children(JsonParser parser, long[] states, JsonSplice splice) {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        long[] below = new long[states.length];
        for (int element = 0; ; element++) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY || token == null) {
                return;
            }
            boolean masked = false;
            long open = 0;
            for (int i = 0; i < below.length; i++) {
                JsonPath path = paths.get(i);
                below[i] = object ? path.into(states[i], parser.currentName()) : path.into(states[i], element);
                masked |= path.isAt(below[i]);
                open |= below[i];
            }
            JsonToken value = object ? parser.nextToken() : token;
            if (masked) {
                mask(value, splice);
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                if (open == 0) {
                    parser.skipChildren();
                } else {
                    children(parser, below, splice);
                }
            }
        }
    }

    private void mask(JsonToken value, JsonSplice splice) {
        switch (value) {
            case START_OBJECT, START_ARRAY -> splice.replaceContainer(NULL);
            case VALUE_NULL -> {}
            case VALUE_STRING -> splice.replaceToken(inner == JsonPaths.Inner.REDACT ? REDACTED : NULL);
            default -> splice.replaceToken(NULL);
        }
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        // an empty string grows most
        return length * (1 + REDACTED.length() / 2);
    }
}
