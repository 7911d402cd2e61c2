package dev.snowgate.catalog;

import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlException;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a catalogue from YAML: databases, schemas, objects, columns in order, view texts, tags and protection. Names
 * are as Snowflake stores them, so upper case unless they were quoted.
 */
public final class CatalogYaml {
    static final String API_VERSION = "snowgate.dev/v1";
    private static final Set<String> FILE_FIELDS = Set.of("apiVersion", "kind", "description", "databases", "protect");
    private static final Set<String> SCHEMA_FIELDS = Set.of("tables", "views", "objects");
    private static final Set<String> OBJECT_FIELDS =
            Set.of("kind", "columns", "definition", "tags", "rows", "bytes", "location", "url", "integration");
    private static final Set<String> STAGE_FIELDS = Set.of("location", "url", "integration");
    private static final Set<String> COLUMN_FIELDS = Set.of("name", "type", "nullable", "protect", "tags", "masked-by");

    private final String file;
    private final List<CatalogObject> objects = new ArrayList<>();

    private CatalogYaml(String file) {
        this.file = file;
    }

    /**
     * All objects of the file, its {@code protect} marks applied.
     *
     * @throws YamlException naming every problem with its place
     */
    public static List<CatalogObject> read(String file, String text) {
        YamlProblems problems = new YamlProblems();
        CatalogYaml reader = new CatalogYaml(file);
        List<ProtectionRule> marks = new ArrayList<>();
        YamlNode.parse(file, text, problems)
                .flatMap(root -> root.fields(FILE_FIELDS))
                .ifPresent(fields -> {
                    header(fields, "Catalog");
                    fields.required("databases")
                            .flatMap(YamlNode::entries)
                            .ifPresent(databases -> databases.forEach(reader::database));
                    marks.addAll(ProtectionYaml.marks(file, fields));
                });
        problems.check();
        return ProtectionMarks.of(marks).applyTo(reader.objects);
    }

    /** Checks {@code apiVersion} and {@code kind}. */
    static void header(YamlFields fields, String kind) {
        fields.required("apiVersion")
                .ifPresent(node -> node.text()
                        .filter(version -> !version.equals(API_VERSION))
                        .ifPresent(v -> node.problem(
                                "This version of the format is not known.", "Write " + API_VERSION + ".")));
        fields.required("kind")
                .ifPresent(node -> node.text()
                        .filter(written -> !written.equals(kind))
                        .ifPresent(k -> node.problem("'" + k + "' is not expected here.", "Write " + kind + ".")));
    }

    private void database(String database, YamlNode node) {
        node.fields(Set.of("schemas"))
                .flatMap(fields -> fields.required("schemas"))
                .flatMap(YamlNode::entries)
                .ifPresent(schemas -> schemas.forEach((schema, content) ->
                        content.fields(SCHEMA_FIELDS).ifPresent(fields -> schema(database, schema, fields))));
    }

    private void schema(String database, String schema, YamlFields fields) {
        Map<String, Optional<ObjectKind>> groups = Map.of(
                "tables",
                Optional.of(ObjectKind.TABLE),
                "views",
                Optional.of(ObjectKind.VIEW),
                "objects",
                Optional.empty());
        groups.forEach((group, kind) -> fields.get(group)
                .flatMap(YamlNode::entries)
                .ifPresent(entries ->
                        entries.forEach((name, node) -> object(new ObjectName(database, schema, name), kind, node))));
    }

    private void object(ObjectName name, Optional<ObjectKind> group, YamlNode node) {
        Optional<YamlFields> read = node.fields(OBJECT_FIELDS);
        if (read.isEmpty()) {
            return;
        }
        YamlFields fields = read.get();
        Optional<ObjectKind> kind =
                fields.get("kind").flatMap(CatalogYaml::kind).or(() -> group);
        if (kind.isEmpty()) {
            node.problem("What kind of object " + name + " is must be said.", "Add kind: table, view, stage, …");
        }
        if (kind.filter(ObjectKind.STAGE::equals).isPresent()) {
            objects.add(stage(name, fields));
            return;
        }
        STAGE_FIELDS.stream()
                .flatMap(field -> fields.get(field).stream())
                .forEach(only -> only.problem("Only a stage has a place.", "Leave it out, or write kind: stage."));
        List<CatalogColumn> columns = fields.get("columns").map(this::columns).orElse(List.of());
        objects.add(new CatalogObject(
                name,
                kind.orElse(ObjectKind.OTHER),
                columns,
                fields.get("definition").flatMap(YamlNode::text),
                Set.copyOf(new LinkedHashSet<>(fields.texts("tags"))),
                fields.get("rows").flatMap(CatalogYaml::figure),
                fields.get("bytes").flatMap(CatalogYaml::figure),
                Optional.empty(),
                Instant.EPOCH));
    }

    private static CatalogObject stage(ObjectName name, YamlFields fields) {
        Optional<String> url = fields.get("url").flatMap(YamlNode::text);
        Optional<StageEntry.Location> location = fields.get("location").flatMap(node -> {
            String word = node.text().orElse("");
            if (!word.equals("internal") && !word.equals("external")) {
                node.problem("'" + word + "' is no place of a stage.", "Write internal or external.");
                return Optional.empty();
            }
            return StageEntry.location(word);
        });
        fields.get("location")
                .filter(node -> url.isPresent() && location.equals(Optional.of(StageEntry.Location.INTERNAL)))
                .ifPresent(node -> node.problem("A stage with a URL is external.", "Leave one of both out."));
        return StageEntry.of(
                name,
                location.or(() -> url.map(address -> StageEntry.Location.EXTERNAL)),
                url,
                fields.get("integration").flatMap(YamlNode::text),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static Optional<ObjectKind> kind(YamlNode node) {
        List<String> words = Arrays.stream(ObjectKind.values())
                .map(k -> k.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String word = node.text().orElse("");
        if (!words.contains(word)) {
            node.problem("'" + word + "' is not a kind of object.", Suggestion.among(words, word));
            return Optional.empty();
        }
        return Optional.of(ObjectKind.values()[words.indexOf(word)]);
    }

    /** A mapping of name to type or details, or a list of details with names. */
    private List<CatalogColumn> columns(YamlNode node) {
        List<CatalogColumn> columns = new ArrayList<>();
        if (node.isList()) {
            for (YamlNode item : node.items()) {
                item.fields(COLUMN_FIELDS)
                        .ifPresent(fields -> fields.required("name")
                                .flatMap(YamlNode::text)
                                .ifPresent(name -> columns.add(column(name, fields))));
            }
        } else {
            node.entries()
                    .ifPresent(entries -> entries.forEach((name, value) -> {
                        if (value.isText()) {
                            columns.add(new CatalogColumn(name, type(value), true, Optional.empty()));
                        } else {
                            value.fields(COLUMN_FIELDS).ifPresent(fields -> columns.add(column(name, fields)));
                        }
                    }));
        }
        long names = columns.stream().map(CatalogColumn::name).distinct().count();
        if (names != columns.size()) {
            node.problem("Two columns have the same name.", "");
        }
        return columns;
    }

    private CatalogColumn column(String name, YamlFields fields) {
        String type = fields.required("type").map(CatalogYaml::type).orElse("");
        boolean nullable = !fields.text("nullable", "true").equals("false");
        return new CatalogColumn(
                name,
                type,
                nullable,
                fields.get("protect").flatMap(ProtectionYaml::category).map(c -> new Protection(c, "yaml:" + file)),
                Set.copyOf(fields.texts("tags")),
                fields.get("masked-by").flatMap(YamlNode::text));
    }

    private static Optional<Long> figure(YamlNode node) {
        String text = node.text().orElse("");
        if (!text.matches("[0-9]{1,18}")) {
            node.problem("'" + text + "' is not a number.", "Write digits only.");
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text));
    }

    private static String type(YamlNode node) {
        return node.text().orElse("").toUpperCase(Locale.ROOT);
    }
}
