package dev.snowgate.catalog;

import dev.snowgate.catalog.Routine.Argument;
import dev.snowgate.catalog.Routine.Rights;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how a function or procedure of a catalogue file is called. One that does not list its arguments is only a name. */
final class RoutineYaml {
    static final Set<String> FIELDS = Set.of("language", "arguments", "returns", "execute-as", "secure", "external");
    private static final Set<String> ARGUMENT_FIELDS = Set.of("type", "default", "out");

    private RoutineYaml() {}

    static Optional<Routine> read(ObjectName name, ObjectKind kind, YamlFields fields) {
        boolean routine = kind == ObjectKind.FUNCTION || kind == ObjectKind.PROCEDURE;
        if (!routine) {
            FIELDS.stream()
                    .filter(fields::has)
                    .forEach(field -> fields.node()
                            .problem(
                                    "'" + field + "' is said of functions and procedures only.",
                                    "Add kind: function, or leave it out."));
            return Optional.empty();
        }
        if (!fields.has("arguments")) {
            return Optional.empty();
        }
        List<Argument> arguments = fields.get("arguments")
                .flatMap(YamlNode::entries)
                .map(entries -> entries.entrySet().stream()
                        .map(entry -> argument(entry.getKey(), entry.getValue()))
                        .toList())
                .orElse(List.of());
        checkName(name, arguments, fields);
        Optional<YamlNode> returns = fields.get("returns");
        boolean table = returns.filter(YamlNode::isMapping).isPresent();
        return Optional.of(new Routine(
                fields.text("language", "SQL").toUpperCase(Locale.ROOT),
                arguments,
                table
                        ? Routine.TABLE
                        : returns.flatMap(YamlNode::text).orElse("").toUpperCase(Locale.ROOT),
                table ? columns(returns.get()) : List.of(),
                rights(kind, fields),
                flag(fields, "secure"),
                flag(fields, "external")));
    }

    /** Overloads are told apart by the types in their names. */
    private static void checkName(ObjectName name, List<Argument> arguments, YamlFields fields) {
        String expected = Routine.signature(Routine.called(name).name(), arguments);
        if (!name.name().equals(expected)) {
            fields.node()
                    .problem("The name '" + name.name() + "' does not list the types.", "Write '" + expected + "'.");
        }
    }

    private static Argument argument(String name, YamlNode node) {
        if (node.isText()) {
            return new Argument(name, upper(node));
        }
        return node.fields(ARGUMENT_FIELDS)
                .map(fields -> new Argument(
                        name,
                        fields.required("type").map(RoutineYaml::upper).orElse(""),
                        fields.get("default").flatMap(YamlNode::text),
                        flag(fields, "out")))
                .orElseGet(() -> new Argument(name, ""));
    }

    private static List<Routine.Result> columns(YamlNode node) {
        List<Routine.Result> columns = new ArrayList<>();
        node.entries()
                .ifPresent(
                        entries -> entries.forEach((name, type) -> columns.add(new Routine.Result(name, upper(type)))));
        return columns;
    }

    private static Rights rights(ObjectKind kind, YamlFields fields) {
        Optional<YamlNode> node = fields.get("execute-as");
        if (node.isEmpty()) {
            return kind == ObjectKind.FUNCTION ? Rights.OWNER : Rights.UNKNOWN;
        }
        String word = node.get().text().orElse("");
        return switch (word) {
            case "owner" -> Rights.OWNER;
            case "caller" -> Rights.CALLER;
            default -> {
                node.get()
                        .problem(
                                "'" + word + "' is nobody whose rights a procedure can have.",
                                Suggestion.among(List.of("owner", "caller"), word));
                yield Rights.UNKNOWN;
            }
        };
    }

    private static boolean flag(YamlFields fields, String name) {
        return fields.text(name, "false").equals("true");
    }

    private static String upper(YamlNode node) {
        return node.text().orElse("").toUpperCase(Locale.ROOT);
    }
}
