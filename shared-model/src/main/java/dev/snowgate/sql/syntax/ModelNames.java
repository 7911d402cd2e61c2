package dev.snowgate.sql.syntax;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Short names of models. Calls are judged by the model itself, so that no name can stand for another model. */
final class ModelNames {
    private final Map<String, List<Name>> models = new HashMap<>();

    /** Adds a name; false if it means another model already. */
    boolean add(Name name, List<Name> model) {
        return models.putIfAbsent(key(name), List.copyOf(model)) == null;
    }

    /** The model that the name stands for, or the name itself. */
    List<Name> model(List<Name> name) {
        return name.size() == 1 ? models.getOrDefault(key(name.getFirst()), name) : name;
    }

    private static String key(Name name) {
        return name.quoted() ? name.value() : name.value().toUpperCase(Locale.ROOT);
    }
}
