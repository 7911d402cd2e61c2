package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.catalog.NameGlob;
import dev.snowgate.policy.Rule.Approval;
import dev.snowgate.policy.Rule.Grants;
import dev.snowgate.policy.Rule.Limits;
import dev.snowgate.policy.Rule.Permission;
import dev.snowgate.policy.Rule.Release;
import dev.snowgate.policy.Rule.RuleEffect;
import dev.snowgate.policy.Rule.Unknowns;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlFields;
import dev.snowgate.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one rule. */
final class RuleReader {
    private static final Set<String> OWN = Set.of(
            "name",
            "description",
            "effect",
            "unless",
            "condition",
            "reason",
            "advice",
            "release",
            "predicate-use",
            "cardinality-use",
            "protected-write",
            "unknowns",
            "approval",
            "obligations");
    /** Fields that would say nothing on a rule that grants nothing. */
    private static final List<String> GRANTING =
            List.of("release", "predicate-use", "cardinality-use", "protected-write", "unknowns", "approval");

    private static final Set<String> OBLIGATIONS =
            Set.of("row-limit", "result-size-limit", "statement-timeout", "warehouses", "roles", "record");

    private final PolicyWords words;
    private final MatchReader matches;

    RuleReader(PolicyWords words, MatchReader matches) {
        this.words = words;
        this.matches = matches;
    }

    Optional<Rule> read(YamlNode node, List<YamlNode> names) {
        Set<String> known = new HashSet<>(OWN);
        known.addAll(MatchReader.FIELDS);
        Optional<YamlFields> read = node.fields(known);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlFields fields = read.get();
        fields.get("name").ifPresent(names::add);
        Optional<String> name = fields.required("name").flatMap(PolicyWords::name);
        Optional<RuleEffect> effect = fields.required("effect").flatMap(RuleReader::effect);
        Match match =
                matches.match(fields, effect.filter(e -> e != RuleEffect.ALLOW).isPresent());
        Optional<Match> unless =
                fields.get("unless").flatMap(n -> n.fields(MatchReader.FIELDS)).map(f -> matches.match(f, true));
        Optional<Condition> condition = fields.get("condition").flatMap(Condition::compile);
        Grants grants = grants(fields);
        effect.ifPresent(e -> check(e, fields));
        if (name.isEmpty() || effect.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule(
                name.get(),
                node.file(),
                node.line(),
                effect.get(),
                match,
                unless,
                condition,
                fields.text("reason", "Rule " + name.get() + " speaks against this statement."),
                fields.text("advice", ""),
                grants,
                fields.get("approval").map(RuleReader::approval).orElse(Approval.DEFAULT)));
    }

    private static Optional<RuleEffect> effect(YamlNode node) {
        Optional<RuleEffect> effect = node.text().flatMap(text -> Words.find(RuleEffect.class, text));
        if (effect.isEmpty()) {
            node.problem(
                    "An effect is allow, require-approval, deny or limit.",
                    Suggestion.among(
                            Words.all(RuleEffect.class),
                            node.isText() ? node.text().orElse("") : ""));
        }
        return effect;
    }

    private static void check(RuleEffect effect, YamlFields fields) {
        if (effect == RuleEffect.ALLOW && !fields.has("objects")) {
            fields.node()
                    .problem(
                            "A rule that allows must say which objects it allows.",
                            "Write objects: any, none, or a list.");
        }
        if (effect == RuleEffect.DENY || effect == RuleEffect.LIMIT) {
            String what = effect == RuleEffect.DENY ? "denies" : "limits";
            GRANTING.stream()
                    .flatMap(key -> fields.get(key).stream().map(n -> java.util.Map.entry(key, n)))
                    .forEach(e ->
                            e.getValue().problem("A rule that " + what + " cannot have '" + e.getKey() + "'.", ""));
        }
        if (effect == RuleEffect.LIMIT && !fields.has("obligations")) {
            fields.node().problem("A rule that limits needs obligations.", "");
        }
        if ((effect == RuleEffect.DENY || effect == RuleEffect.REQUIRE_APPROVAL) && !fields.has("reason")) {
            fields.node()
                    .problem(
                            "A rule that refuses or holds needs a reason.",
                            "It is what the agent and the reviewer read.");
        }
        if (effect == RuleEffect.DENY) {
            fields.get("obligations").ifPresent(n -> n.problem("A rule that denies cannot have 'obligations'.", ""));
        }
    }

    private Grants grants(YamlFields fields) {
        Optional<YamlFields> obligations = fields.get("obligations").flatMap(node -> node.fields(OBLIGATIONS));
        return new Grants(
                fields.get("release").map(this::release).orElse(Release.NONE),
                permission(fields, "predicate-use"),
                permission(fields, "cardinality-use"),
                permission(fields, "protected-write"),
                fields.get("functions").map(words::globs).orElse(List.of()),
                fields.get("unknowns").map(RuleReader::unknowns).orElse(Unknowns.DENIED),
                obligations.map(this::limits).orElse(Limits.NONE));
    }

    private Limits limits(YamlFields obligations) {
        return new Limits(
                obligations.get("row-limit").flatMap(PolicyWords::count),
                obligations.get("result-size-limit").flatMap(PolicyWords::size),
                obligations.get("statement-timeout").flatMap(PolicyWords::duration),
                obligations.get("warehouses").map(words::globs).orElse(List.of()),
                obligations.get("roles").map(words::globs).orElse(List.of()),
                obligations
                        .get("record")
                        .flatMap(n -> PolicyWords.constant(Obligations.RecordLevel.class, n))
                        .orElse(Obligations.RecordLevel.AS_SEEN));
    }

    private static Unknowns unknowns(YamlNode node) {
        Optional<YamlFields> fields = node.fields(Set.of("objects", "functions", "lineage"));
        return fields.map(f -> new Unknowns(approved(f, "objects"), approved(f, "functions"), approved(f, "lineage")))
                .orElse(Unknowns.DENIED);
    }

    private static boolean approved(YamlFields fields, String key) {
        Optional<YamlNode> node = fields.get(key);
        Permission permission =
                node.flatMap(n -> PolicyWords.constant(Permission.class, n)).orElse(Permission.DENY);
        if (permission == Permission.ALLOW) {
            node.ifPresent(n -> n.problem(
                    "What is not known cannot be allowed.",
                    key.equals("lineage")
                            ? "Write approve: every column is masked then. To show them, add release: {unproven: true}."
                            : "Write approve: a person looks at it then."));
        }
        return permission == Permission.APPROVE;
    }

    private static Permission permission(YamlFields fields, String key) {
        return fields.get(key)
                .flatMap(node -> PolicyWords.constant(Permission.class, node))
                .orElse(Permission.DENY);
    }

    private Release release(YamlNode node) {
        Optional<YamlFields> fields = node.fields(Set.of("names", "categories", "tags", "unproven"));
        if (fields.isEmpty()) {
            return Release.NONE;
        }
        boolean unproven =
                fields.get().get("unproven").flatMap(RuleReader::truth).orElse(false);
        List<Glob> categories = fields.get().get("categories").map(words::globs).orElse(List.of());
        List<NameGlob> names =
                fields.get().get("names").map(n -> words.names(n, 4)).orElse(List.of());
        List<Glob> tags = fields.get().get("tags").map(words::globs).orElse(List.of());
        if (categories.isEmpty() && names.isEmpty() && tags.isEmpty()) {
            if (!unproven) {
                node.problem("A release needs names, categories, tags or unproven: true.", "");
            }
            return new Release(Release.NONE.columns(), unproven);
        }
        return new Release(new ColumnScope(ColumnScope.Reach.LISTED, names, categories, tags, Set.of()), unproven);
    }

    private static Optional<Boolean> truth(YamlNode node) {
        Optional<String> text = node.text();
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            node.problem("'" + text.get() + "' is neither true nor false.", "");
        }
        return text.map("true"::equals);
    }

    private static Approval approval(YamlNode node) {
        Optional<YamlFields> fields = node.fields(Set.of("group", "expires-after"));
        return new Approval(
                fields.map(f -> f.text("group", "")).orElse(""),
                fields.flatMap(f -> f.get("expires-after"))
                        .flatMap(PolicyWords::duration)
                        .orElse(Approval.DEFAULT.expiresAfter()));
    }
}
