package dev.snowgate.policy;

import dev.snowgate.policy.PolicyProblem.Severity;
import dev.snowgate.yaml.Suggestion;
import dev.snowgate.yaml.YamlNode;
import dev.snowgate.yaml.YamlProblem;
import dev.snowgate.yaml.YamlProblems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads all files, follows includes, and reports every problem at its place. */
final class PolicyCompiler {
    private PolicyCompiler() {}

    record Compiled(List<Rule> rules, List<MaskRule> masks, List<PolicyProblem> warnings) {}

    static Compiled compile(List<PolicySource> sources) throws PolicyException {
        YamlProblems problems = new YamlProblems();
        Map<String, PolicyFile> files = new LinkedHashMap<>();
        for (PolicySource source : sources) {
            YamlNode.parse(source.path(), source.text(), problems)
                    .flatMap(root -> PolicyFileReader.read(root, problems))
                    .ifPresent(file -> {
                        PolicyFile other = files.putIfAbsent(file.name(), file);
                        if (other != null) {
                            file.node()
                                    .problem(
                                            "The name '" + file.name() + "' is also that of "
                                                    + other.node().file() + ".",
                                            "");
                        }
                    });
        }
        Set<PolicyFile> active = active(files);
        checkNames(active);
        if (!problems.found().isEmpty()) {
            throw new PolicyException(problems.found().stream()
                    .map(p -> problem(p, Severity.ERROR))
                    .toList());
        }
        List<Rule> rules = active.stream().flatMap(f -> f.rules().stream()).toList();
        List<MaskRule> masks = active.stream().flatMap(f -> f.masks().stream()).toList();
        return new Compiled(List.copyOf(rules), List.copyOf(masks), warnings(files, active, rules));
    }

    /** Policies, and the packs that they include, each once, in the order of the files. */
    private static Set<PolicyFile> active(Map<String, PolicyFile> files) {
        Deque<PolicyFile> open = new ArrayDeque<>();
        files.values().stream().filter(file -> !file.pack()).forEach(open::add);
        Set<String> reached = new LinkedHashSet<>();
        for (PolicyFile file : files.values()) {
            for (YamlNode include : file.includes()) {
                include.text()
                        .filter(name -> !files.containsKey(name))
                        .ifPresent(name -> include.problem(
                                "There is no policy or pack '" + name + "'.", Suggestion.among(files.keySet(), name)));
            }
        }
        while (!open.isEmpty()) {
            PolicyFile file = open.poll();
            if (reached.add(file.name())) {
                for (YamlNode include : file.includes()) {
                    include.text().map(files::get).ifPresent(open::add);
                }
            }
        }
        Set<PolicyFile> active = new LinkedHashSet<>();
        files.values().stream().filter(f -> reached.contains(f.name())).forEach(active::add);
        return active;
    }

    private static void checkNames(Set<PolicyFile> active) {
        Map<String, YamlNode> seen = new HashMap<>();
        for (PolicyFile file : active) {
            file.names()
                    .forEach(node -> node.text().ifPresent(name -> {
                        YamlNode other = seen.putIfAbsent(name, node);
                        if (other != null) {
                            node.problem(
                                    "The name '" + name + "' is also used at " + other.file() + ":" + other.line()
                                            + ".",
                                    "Names of rules and masks are unique, since decisions refer to them.");
                        }
                    }));
        }
    }

    private static List<PolicyProblem> warnings(
            Map<String, PolicyFile> files, Set<PolicyFile> active, List<Rule> rules) {
        List<PolicyProblem> warnings = new ArrayList<>();
        files.values().stream()
                .filter(file -> !active.contains(file))
                .forEach(file -> warnings.add(new PolicyProblem(
                        file.node().file(),
                        file.node().line(),
                        file.node().column(),
                        Severity.WARNING,
                        "The pack '" + file.name() + "' is included by no policy, so it has no effect.",
                        "")));
        for (Rule rule : rules) {
            RuleDoubts.about(rule)
                    .or(() -> RuleDoubts.shadowed(rule, rules))
                    .ifPresent(doubt ->
                            warnings.add(new PolicyProblem(rule.file(), rule.line(), 1, Severity.WARNING, doubt, "")));
        }
        return List.copyOf(warnings);
    }

    private static PolicyProblem problem(YamlProblem p, Severity severity) {
        return new PolicyProblem(p.file(), p.line(), p.column(), severity, p.message(), p.suggestion());
    }
}
