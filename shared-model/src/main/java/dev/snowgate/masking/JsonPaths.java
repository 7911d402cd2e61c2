package dev.snowgate.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is masked inside semi-structured values, and with what. */
public record JsonPaths(List<String> paths, Inner inner) {
    private static final int MOST_PATHS = 100;

    /** What masked values become. */
    public enum Inner {
        /** JSON null. */
        NULL,
        /** Strings the full redaction, everything else null. */
        REDACT
    }

    /** @throws IllegalArgumentException with a message for people if a path cannot be read */
    public JsonPaths {
        paths = List.copyOf(new TreeSet<>(paths));
        if (paths.isEmpty() || paths.size() > MOST_PATHS) {
            throw new IllegalArgumentException("there are 1 to " + MOST_PATHS + " paths");
        }
        paths.forEach(JsonPath::parse);
    }

    /** Fails with a message for people if that is not a path. */
    public static void check(String path) {
        JsonPath.parse(path);
    }

    /** All paths of both; null inside if one of them says so. */
    JsonPaths with(JsonPaths other) {
        List<String> all = new ArrayList<>(paths);
        all.addAll(other.paths);
        return new JsonPaths(all, inner == Inner.NULL ? inner : other.inner);
    }

    String argument() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("inner", inner.name().toLowerCase(Locale.ROOT));
        var list = document.putArray("paths");
        paths.forEach(list::add);
        return document.toString();
    }

    static JsonPaths of(String argument) {
        JsonNode document = Json.tree(argument);
        List<String> paths = new ArrayList<>();
        document.path("paths").forEach(path -> paths.add(path.stringValue()));
        return new JsonPaths(
                paths, Inner.valueOf(document.path("inner").stringValue().toUpperCase(Locale.ROOT)));
    }
}
