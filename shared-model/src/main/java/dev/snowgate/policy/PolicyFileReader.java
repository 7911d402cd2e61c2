package dev.snowgate.policy;

import dev.snowgate.masking.Mask;
import dev.snowgate.masking.MaskFunction;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one policy file. */
final class PolicyFileReader {
    static final String API_VERSION = "snowgate.dev/v1";
    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "name", "description", "include", "vars", "masks", "rules");
    private static final Set<String> MASK_FIELDS =
            Set.of("name", "description", "columns", "principals", "unless", "mask");

    private final PolicyWords words;
    private final MatchReader matches;
    private final MaskReader maskReader;
    private final List<YamlNode> names = new ArrayList<>();

    private PolicyFileReader(PolicyWords words) {
        this.words = words;
        this.matches = new MatchReader(words);
        this.maskReader = new MaskReader(words);
    }

    /** The file; what is wrong with it is in {@code problems}. */
    static Optional<PolicyFile> read(YamlNode root, YamlProblems problems) {
        Optional<YamlFields> fields = root.fields(FIELDS);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        PolicyFileReader reader = new PolicyFileReader(new PolicyWords(variables(fields.get())));
        return reader.file(root, fields.get());
    }

    private Optional<PolicyFile> file(YamlNode root, YamlFields fields) {
        fields.required("apiVersion")
                .ifPresent(node -> node.text()
                        .filter(version -> !version.equals(API_VERSION))
                        .ifPresent(v -> node.problem(
                                "This version of the format is not known.", "Write " + API_VERSION + ".")));
        boolean pack = fields.required("kind").map(PolicyFileReader::isPack).orElse(false);
        List<Rule> rules = new ArrayList<>();
        RuleReader ruleReader = new RuleReader(words, matches);
        for (YamlNode node : fields.get("rules").map(YamlNode::items).orElse(List.of())) {
            ruleReader.read(node, names).ifPresent(rules::add);
        }
        List<MaskRule> masks = new ArrayList<>();
        for (YamlNode node : fields.get("masks").map(YamlNode::items).orElse(List.of())) {
            mask(node).ifPresent(masks::add);
        }
        List<YamlNode> includes =
                fields.get("include").map(YamlNode::itemsOrSelf).orElse(List.of());
        return fields.required("name")
                .flatMap(PolicyWords::name)
                .map(name -> new PolicyFile(name, pack, root, includes, names, rules, masks));
    }

    private static boolean isPack(YamlNode node) {
        String kind = node.text().orElse("");
        if (!kind.equals("Policy") && !kind.equals("Pack")) {
            node.problem(
                    "'" + kind + "' is not a kind of policy file.", Suggestion.among(Set.of("Policy", "Pack"), kind));
        }
        return kind.equals("Pack");
    }

    private static Map<String, List<String>> variables(YamlFields fields) {
        Map<String, List<String>> variables = new LinkedHashMap<>();
        fields.get("vars")
                .flatMap(YamlNode::entries)
                .ifPresent(entries -> entries.forEach((name, node) -> {
                    if (!name.matches("[a-z][a-z0-9-]*")) {
                        node.problem(
                                "'" + name + "' is not a name for a variable.",
                                "Use lower-case letters, digits and dashes.");
                    }
                    variables.put(name, node.texts());
                }));
        return variables;
    }

    private Optional<MaskRule> mask(YamlNode node) {
        Optional<YamlFields> read = node.fields(MASK_FIELDS);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlFields fields = read.get();
        fields.get("name").ifPresent(names::add);
        Optional<String> name = fields.required("name").flatMap(PolicyWords::name);
        Optional<Mask> mask = fields.required("mask").flatMap(maskReader::read);
        boolean net = mask.filter(m -> m.function() == MaskFunction.SCAN).isPresent();
        Optional<ColumnScope> columns = fields.required("columns").map(n -> columns(n, net));
        PrincipalScope principals =
                fields.get("principals").map(matches::principals).orElse(PrincipalScope.ANY);
        Optional<PrincipalScope> unless = fields.get("unless").map(matches::principals);
        if (name.isEmpty() || columns.isEmpty() || mask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new MaskRule(name.get(), node.file(), node.line(), columns.get(), principals, unless, mask.get()));
    }

    /** A net lies under columns that no category marks: marked ones are masked or released. */
    private ColumnScope columns(YamlNode node, boolean net) {
        if (net && node.isText() && node.text().filter("any"::equals).isPresent()) {
            return ColumnScope.ANY;
        }
        ColumnScope scope = matches.columns(node, false);
        if (scope.reach() != ColumnScope.Reach.LISTED) {
            node.problem("A mask lists its columns.", "Give categories or names.");
        } else if (net && !scope.categories().isEmpty()) {
            node.problem(
                    "The mask scan is for columns without a category.", "Write any, or give names; else use detect.");
        }
        return scope;
    }
}
