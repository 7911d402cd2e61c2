package dev.snowgate.masking;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The second net: what is looked for, and in which kinds of result columns. */
record Net(Detection detection, Set<TextKind> kinds) {
    Net {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a net needs kinds of columns");
        }
        kinds = Set.copyOf(kinds);
    }

    Net with(Net other) {
        EnumSet<TextKind> all = EnumSet.copyOf(kinds);
        all.addAll(other.kinds);
        return new Net(detection.with(other.detection), all);
    }

    String argument() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("detection", Json.tree(detection.argument()));
        var words = document.putArray("kinds");
        EnumSet.copyOf(kinds).forEach(kind -> words.add(kind.name().toLowerCase(Locale.ROOT)));
        return document.toString();
    }

    static Net of(String argument) {
        JsonNode document = Json.tree(argument);
        EnumSet<TextKind> kinds = EnumSet.noneOf(TextKind.class);
        for (JsonNode word : document.path("kinds")) {
            kinds.add(TextKind.valueOf(word.stringValue().toUpperCase(Locale.ROOT)));
        }
        return new Net(Detection.of(document.path("detection").toString()), kinds);
    }
}
