package dev.snowgate.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Canonical JSON of records: {@code {"type":…,"v":…,"value":…}} with keys sorted by their UTF-16 units, sets sorted by
 * the canonical text of their elements, absent values as null, instants in ISO form, no white space.
 */
final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // A record is its components, which are its fields; a method called get… or is… is no part of it.
            .changeDefaultVisibility(visibility -> visibility
                    .withFieldVisibility(JsonAutoDetect.Visibility.ANY)
                    .withGetterVisibility(JsonAutoDetect.Visibility.NONE)
                    .withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .addModule(new SimpleModule().addSerializer(Set.class, new SortedSet()))
            .build();

    private CanonicalJson() {}

    static byte[] write(String name, int version, Object value) {
        try {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("type", name);
            document.put("v", version);
            document.set("value", MAPPER.valueToTree(value));
            return MAPPER.writeValueAsBytes(sorted(document));
        } catch (JacksonException unencodable) {
            throw new CodecException("a value of type " + name + " cannot be encoded");
        }
    }

    /** Reads bytes of that version or an earlier one, which is brought up to it first. */
    static <T> T read(String name, int version, Class<T> type, byte[] bytes) {
        try {
            JsonNode document = MAPPER.readTree(bytes);
            if (!document.isObject()
                    || document.size() != 3
                    || !name.equals(document.path("type").asString(""))
                    || document.path("v").asInt(0) < 1
                    || document.path("v").asInt(0) > version) {
                throw new CodecException("these bytes are no " + name + " of version " + version);
            }
            if (document.path("v").asInt(0) < version) {
                EarlierVersions.complete(name, document.path("value"));
            }
            return MAPPER.treeToValue(document.get("value"), type);
        } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
            // No cause: its message quotes content.
            throw new CodecException("these bytes are no well-formed " + name);
        }
    }

    /** Canonical text of any tree that we make. */
    static String text(JsonNode node) {
        return new String(MAPPER.writeValueAsBytes(sorted(node)), StandardCharsets.UTF_8);
    }

    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                object.properties().stream()
                        .sorted(java.util.Map.Entry.comparingByKey())
                        .forEach(entry -> result.set(entry.getKey(), sorted(entry.getValue())));
                yield result;
            }
            case ArrayNode array -> {
                ArrayNode result = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> result.add(sorted(element)));
                yield result;
            }
            default -> node;
        };
    }

    /** Immutable sets iterate in an order that differs from run to run. */
    @SuppressWarnings("rawtypes")
    private static final class SortedSet extends ValueSerializer<Set> {
        @Override
        public void serialize(Set set, JsonGenerator generator, SerializationContext context) {
            List<JsonNode> elements = new ArrayList<>();
            for (Object element : set) {
                elements.add(sorted(MAPPER.valueToTree(element)));
            }
            elements.sort(Comparator.comparing(CanonicalJson::text));
            generator.writeStartArray();
            elements.forEach(element -> context.writeValue(generator, element));
            generator.writeEndArray();
        }
    }
}
