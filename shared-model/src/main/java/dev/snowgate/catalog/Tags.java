package dev.snowgate.catalog;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tags as texts: {@code NAME} and, with a value, also {@code NAME=value}, so that a policy can name either. */
public final class Tags {
    private Tags() {}

    /** The texts of a tag. */
    public static Set<String> of(String name, String value) {
        return value.isEmpty() ? Set.of(name) : Set.of(name, name + "=" + value);
    }

    /** The texts of several tags. */
    public static Set<String> of(Map<String, String> tags) {
        Set<String> texts = new LinkedHashSet<>();
        tags.forEach((name, value) -> texts.addAll(of(name, value)));
        return texts;
    }

    /** Name to value; a tag without a value has an empty one. */
    static Map<String, String> values(Collection<String> texts) {
        Map<String, String> values = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals > 0) {
                values.put(text.substring(0, equals), text.substring(equals + 1));
            } else {
                values.putIfAbsent(text, "");
            }
        }
        return values;
    }

    /** As in Snowflake, a column inherits the tags of its object unless it carries the same tag itself. */
    static Map<String, String> effective(CatalogObject object, CatalogColumn column) {
        Map<String, String> tags = values(object.tags());
        tags.putAll(values(column.tags()));
        tags.remove(TemporaryObject.TAG);
        tags.keySet().removeIf(tag -> tag.startsWith(CarriedOver.REMEMBERED));
        return tags;
    }
}
