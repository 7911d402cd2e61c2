package dev.snowgate.catalog;

import dev.snowgate.catalog.ProtectionRule.Kind;
import dev.snowgate.yaml.YamlException;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads rules of protection from YAML. */
final class ProtectionYaml {
    private static final Set<String> FILE_FIELDS =
            Set.of("apiVersion", "kind", "description", "protect", "rules", "tags", "policies");

    private ProtectionYaml() {}

    /**
     * The rules of a file of kind {@code Protection}.
     *
     * @throws YamlException naming every problem with its place
     */
    static List<ProtectionRule> read(String file, String text) {
        YamlProblems problems = new YamlProblems();
        List<ProtectionRule> rules = new ArrayList<>();
        YamlNode.parse(file, text, problems)
                .flatMap(root -> root.fields(FILE_FIELDS))
                .ifPresent(fields -> {
                    CatalogYaml.header(fields, "Protection");
                    if (!fields.has("protect")
                            && !fields.has("rules")
                            && !fields.has("tags")
                            && !fields.has("policies")) {
                        fields.required("protect");
                    }
                    rules.addAll(marks(file, fields));
                    rules.addAll(list(file, fields, "tags", Kind.TAG, "tag", Set.of("tag", "value", "category")));
                    rules.addAll(list(file, fields, "policies", Kind.POLICY, "policy", Set.of("policy", "category")));
                    rules.addAll(
                            list(file, fields, "rules", Kind.NAME, "column", Set.of("column", "category", "objects")));
                });
        problems.check();
        return rules;
    }

    static List<ProtectionRule> marks(String file, YamlFields root) {
        return list(file, root, "protect", Kind.MARK, "column", Set.of("column", "category", "source"));
    }

    private static List<ProtectionRule> list(
            String file, YamlFields root, String list, Kind kind, String patternField, Set<String> known) {
        List<ProtectionRule> rules = new ArrayList<>();
        for (YamlNode item : root.get(list).map(YamlNode::items).orElse(List.of())) {
            Optional<YamlFields> read = item.fields(known);
            if (read.isEmpty()) {
                continue;
            }
            YamlFields fields = read.get();
            Optional<YamlNode> pattern = fields.required(patternField);
            Optional<String> written = pattern.flatMap(YamlNode::text);
            Optional<String> category = fields.required("category").flatMap(ProtectionYaml::category);
            if (written.isEmpty() || category.isEmpty()) {
                continue;
            }
            ProtectionRule rule = new ProtectionRule(
                    kind,
                    written.get(),
                    fields.text("value", "*"),
                    fields.texts("objects"),
                    category.get(),
                    fields.text("source", "yaml:" + file));
            Optional<String> problem = rule.problem();
            if (problem.isPresent()) {
                YamlNode place = problem.get().endsWith("for objects.")
                        ? fields.get("objects").orElse(item)
                        : pattern.get();
                place.problem(problem.get(), advice(kind));
            } else {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case MARK -> "Write DATABASE.SCHEMA.OBJECT.COLUMN.";
            case TAG -> "Write the tag's name.";
            case POLICY -> "Write NAME, or DATABASE.SCHEMA.NAME.";
            case NAME -> "Write an RE2 expression such as (?i)^e_?mail, and objects as DATABASE.SCHEMA.OBJECT.";
        };
    }

    static Optional<String> category(YamlNode node) {
        Optional<String> category = node.text();
        if (category.isPresent() && !ProtectionRule.isCategory(category.get())) {
            node.problem("'" + category.get() + "' is not a category.", "Use lower-case letters, digits and dashes.");
            return Optional.empty();
        }
        return category;
    }
}
