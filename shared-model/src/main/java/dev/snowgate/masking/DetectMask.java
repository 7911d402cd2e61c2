package dev.snowgate.masking;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Masks what the scanner finds: in texts, and in the strings and names of semi-structured values. Semi-structured values
 * that cannot be read become null.
 *
 * @param net where this is the second net: the kinds that it looks at, all others stay as they are; else empty
 * @param longestName of the patterns, 0 if there are none
 */
record DetectMask(TextScanner scanner, Set<TextKind> net, int longestName) implements CellMask {
    /** The shortest address, {@code a@b.co}, becomes one character longer; nothing else that is found grows. */
    private static final int SHORTEST_GROWING = 6;

    static DetectMask of(Detection detection, Set<TextKind> net) {
        int longest = detection.patterns().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return new DetectMask(new TextScanner(detection), net, longest);
    }

    @Override
    public boolean keeps(CellType type) {
        return !net.isEmpty() || type.holdsText();
    }

    @Override
    public boolean leaves(CellType type) {
        return !net.isEmpty() && !TextKind.isAmong(net, type);
    }

    @Override
    public @Nullable String apply(CellType type, String cell, DetectionCounts counts) {
        if (leaves(type)) {
            return cell;
        }
        return type == CellType.TEXT ? scanner.mask(cell, counts) : inside(cell, counts);
    }

    private @Nullable String inside(String cell, DetectionCounts counts) {
        try (JsonParser parser = Json.parser(cell)) {
            JsonSplice splice = new JsonSplice(cell, parser);
            int roots = 0;
            int depth = 0;
            int names = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                roots += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.PROPERTY_NAME) {
                    names += replace(parser.currentName(), names, splice, counts) ? 1 : 0;
                } else if (token == JsonToken.VALUE_STRING) {
                    replace(parser.getString(), 0, splice, counts);
                }
            }
            return roots == 1 ? splice.result() : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    /** @param number of names replaced before: two names of one object must not become the same */
    private boolean replace(String text, int number, JsonSplice splice, DetectionCounts counts) {
        String masked = scanner.mask(text, counts);
        if (masked.equals(text)) {
            return false;
        }
        splice.replaceToken(Json.quoted(number == 0 ? masked : masked + "#" + (number + 1)));
        return true;
    }

    @Override
    public long mostCharacters(CellType type, long length) {
        return longestName == 0 ? length + length / SHORTEST_GROWING + 1 : length * (longestName + 2L);
    }
}
