package dev.snowgate.policy;

import dev.snowgate.catalog.ColumnName;
import dev.snowgate.catalog.Glob;
import dev.snowgate.policy.EstimateScope.Bounds;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The facts that made a rule speak, in words for the trail: one for each field that the rule has. No literal is among them. */
final class TrailFacts {
    private static final int MOST_NAMES = 3;
    private static final int LONGEST = 400;

    private TrailFacts() {}

    /** @param used the values that the rule's condition asked for */
    static String of(Rule rule, StatementFacts facts, Map<String, Object> used) {
        List<String> said = new ArrayList<>();
        said.add(touched(rule, facts));
        Match match = rule.match();
        principal(match.principals(), facts, said);
        columns(match.columns(), facts, said);
        session(match.session(), facts, said);
        list("functions", match.functions(), facts.statement().functions(), said);
        list("metadata", match.metadata(), facts.metadataClasses(), said);
        list("flags", match.flags(), facts.statement().flags(), said);
        if (!match.unload().isEmpty()) {
            facts.statement().unload().ifPresent(target -> said.add("unload to " + Words.of(target)));
        }
        if (!match.dialects().isEmpty()) {
            said.add(Words.of(facts.request().dialect()));
        }
        if (!match.when().isEmpty()) {
            ZonedDateTime at = facts.request().at().atZone(facts.request().zone());
            said.add("at " + at.getDayOfWeek().name().toLowerCase(Locale.ROOT) + " "
                    + at.toLocalTime().withNano(0) + " " + at.getZone());
        }
        if (match.estimate().says()) {
            estimate("rows", match.estimate().rows(), facts.estimate().rows(), said);
            estimate("bytes", match.estimate().bytes(), facts.estimate().bytes(), said);
        }
        used.forEach((name, value) -> said.add(name + " = " + value));
        String text = String.join("; ", said);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String touched(Rule rule, StatementFacts facts) {
        String kind = Words.of(facts.statement().kind());
        return facts.objects().stream()
                .filter(use -> rule.match().objects().covers(use, facts.catalog()))
                .findFirst()
                .map(use -> kind + ": " + Words.of(use.effect()) + " " + Words.of(use.name()))
                .orElse(kind);
    }

    private static void principal(PrincipalScope scope, StatementFacts facts, List<String> said) {
        DecisionRequest request = facts.request();
        list("agent", scope.agents(), List.of(request.principal().agent().value()), said);
        list("groups", scope.groups(), request.principal().groups(), said);
        list(
                "person",
                scope.persons(),
                request.principal().person().map(p -> List.of(p.claim())).orElse(List.of()),
                said);
        list("client", scope.clients(), List.of(request.client().name()), said);
        list("issuer", scope.issuers(), List.of(request.principal().issuer()), said);
        if (!scope.networks().isEmpty()) {
            said.add("address "
                    + request.facts()
                            .clientAddress()
                            .map(InetAddress::getHostAddress)
                            .orElse("not known"));
        }
    }

    private static void columns(ColumnScope scope, StatementFacts facts, List<String> said) {
        switch (scope.reach()) {
            case ANY -> {}
            case NONE_PROTECTED -> said.add("no protected column");
            case LISTED -> {
                String names = facts.columns().stream()
                        .filter(column -> scope.contains(column, facts.catalog()))
                        .sorted()
                        .limit(MOST_NAMES)
                        .map(ColumnName::toString)
                        .collect(Collectors.joining(", "));
                said.add(names.isEmpty() ? "no listed column" : "columns " + names);
            }
        }
    }

    private static void session(SessionScope scope, StatementFacts facts, List<String> said) {
        if (!scope.roles().isEmpty()) {
            said.add("role " + facts.before().role());
        }
        if (!scope.warehouses().isEmpty()) {
            said.add("warehouse " + facts.before().warehouse().orElse("none"));
        }
        if (!scope.transaction().isEmpty()) {
            said.add("transaction " + Words.of(facts.before().transaction()));
        }
        scope.readProtected()
                .ifPresent(globs -> said.add(
                        facts.readBefore().isEmpty()
                                ? "nothing protected read before"
                                : "read before: " + some(facts.readBefore())));
        scope.secondaryRoles()
                .ifPresent(globs -> said.add("secondary roles: "
                        + some(facts.statement().contextAfter().secondaryRoles())));
        if (!scope.parameters().isEmpty()) {
            said.add("parameters: " + some(facts.changedParameters()));
        }
    }

    private static void list(String what, List<Glob> globs, Collection<String> values, List<String> said) {
        if (!globs.isEmpty()) {
            List<String> fitting = values.stream()
                    .filter(value -> Glob.anyMatches(globs, value))
                    .toList();
            said.add(what + " " + some(fitting));
        }
    }

    private static void estimate(String what, Bounds bounds, Optional<Long> figure, List<String> said) {
        if (bounds.say()) {
            said.add("estimated " + what + " " + figure.map(String::valueOf).orElse("not known"));
        }
    }

    private static String some(Collection<String> values) {
        return values.isEmpty()
                ? "none"
                : values.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
    }
}
