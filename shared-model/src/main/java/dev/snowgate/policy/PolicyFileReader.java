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
    private static final int LONGEST_ARGUMENT = 200;

    private final PolicyWords words;
    private final MatchReader matches;
    private final List<YamlNode> names = new ArrayList<>();

    private PolicyFileReader(PolicyWords words) {
        this.words = words;
        this.matches = new MatchReader(words);
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
        Optional<ColumnScope> columns = fields.required("columns").map(n -> matches.columns(n, false));
        columns.filter(scope -> scope.reach() != ColumnScope.Reach.LISTED)
                .ifPresent(scope -> node.problem("A mask lists its columns.", "Give categories or names."));
        Optional<Mask> mask = fields.required("mask").flatMap(PolicyFileReader::maskFunction);
        PrincipalScope principals =
                fields.get("principals").map(matches::principals).orElse(PrincipalScope.ANY);
        Optional<PrincipalScope> unless = fields.get("unless").map(matches::principals);
        if (name.isEmpty() || columns.isEmpty() || mask.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new MaskRule(name.get(), node.file(), node.line(), columns.get(), principals, unless, mask.get()));
    }

    private static Optional<Mask> maskFunction(YamlNode node) {
        if (node.isNullWord()) {
            return Optional.of(Mask.of(MaskFunction.NULL));
        }
        if (!node.isMapping()) {
            return PolicyWords.constant(MaskFunction.class, node).map(Mask::of);
        }
        Optional<YamlFields> fields = node.fields(Set.of("function", "argument"));
        Optional<MaskFunction> function =
                fields.flatMap(f -> f.required("function")).flatMap(n -> PolicyWords.constant(MaskFunction.class, n));
        Optional<YamlNode> argument = fields.flatMap(f -> f.get("argument"));
        argument.ifPresent(n -> n.text()
                .filter(text -> text.length() > LONGEST_ARGUMENT)
                .ifPresent(t -> n.problem("The argument is longer than " + LONGEST_ARGUMENT + " characters.", "")));
        if (argument.isPresent()
                && function.filter(f -> f != MaskFunction.REDACT).isPresent()) {
            argument.get().problem("Only redact takes an argument.", "Leave it out.");
        }
        return function.map(f -> new Mask(f, argument.flatMap(YamlNode::text).orElse("")));
    }
}
