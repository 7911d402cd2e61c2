package dev.snowgate.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a mapping whose keys were checked. */
public final class YamlFields {
    private final YamlNode owner;
    private final Map<String, YamlNode> values;

    YamlFields(YamlNode owner, Map<String, YamlNode> values) {
        this.owner = owner;
        this.values = values;
    }

    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The field, reporting a problem at the mapping if it is missing. */
    public Optional<YamlNode> required(String key) {
        if (!values.containsKey(key)) {
            owner.problem("'" + key + "' is missing.", "");
        }
        return get(key);
    }

    /** The text of a field, or the fallback. */
    public String text(String key, String fallback) {
        return get(key).flatMap(YamlNode::text).orElse(fallback);
    }

    /** Texts of a list field (or of a single text), empty if absent. */
    public List<String> texts(String key) {
        return get(key).map(YamlNode::texts).orElse(List.of());
    }

    /** The mapping itself, for its place. */
    public YamlNode node() {
        return owner;
    }
}
