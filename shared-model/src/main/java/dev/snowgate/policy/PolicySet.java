package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.masking.MaskPlan;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.PolicyTrail.Step;
import dev.snowgate.policy.Rule.Limits;
import dev.snowgate.policy.Verdict.Need;
import dev.snowgate.policy.Verdict.Refusal;
import dev.snowgate.sql.SqlAnalysis.NotUnderstood;
import dev.snowgate.sql.SqlAnalysis.Understood;
import dev.snowgate.sql.StatementAnalysis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One compiled version of the policies: immutable, thread-safe, without clock or I/O. The same request always gets the
 * same decision.
 */
public final class PolicySet {
    private final long version;
    private final List<PolicySource> sources;
    private final List<PolicyProblem> warnings;
    private final List<Rule> rules;
    private final List<MaskRule> masks;
    private final StatementJudge judge;

    private PolicySet(long version, List<PolicySource> sources, PolicyCompiler.Compiled compiled) {
        this.version = version;
        this.sources = List.copyOf(sources);
        this.warnings = compiled.warnings();
        this.rules = compiled.rules();
        this.masks = compiled.masks();
        this.judge = new StatementJudge(
                new RuleIndex(compiled.rules()), new MaskPlanner(compiled.masks()), new MaskedTexts(compiled.masks()));
    }

    /**
     * Compiles policies and packs.
     *
     * @param version the number that every decision will name
     * @param sources all files; packs count only if a policy includes them
     * @throws PolicyException naming every problem with its place
     */
    public static PolicySet compile(long version, List<PolicySource> sources) throws PolicyException {
        return new PolicySet(version, sources, PolicyCompiler.compile(sources));
    }

    /** Decides all statements of a request; the strictest answer counts for all of them. Never throws. */
    public Decision decide(DecisionRequest request) {
        return switch (request.analysis()) {
            case NotUnderstood not ->
                deny(
                        request,
                        new Refusal("not-understood", not.reason(), not.advice()),
                        List.of(new Step("not-understood", "", 0, "deny", not.construct(), 0)));
            case Understood understood ->
                understood.statements().isEmpty()
                        ? deny(
                                request,
                                new Refusal("not-understood", "There is no statement in the text.", ""),
                                List.of(new Step("not-understood", "", 0, "deny", "no statement", 0)))
                        : decide(request, understood);
        };
    }

    private Decision decide(DecisionRequest request, Understood understood) {
        List<Verdict> verdicts = new ArrayList<>();
        SessionContext context = request.context();
        Set<String> read = new TreeSet<>(request.facts().readProtected());
        for (StatementAnalysis statement : understood.statements()) {
            StatementFacts facts = new StatementFacts(request, statement, context, verdicts.size(), Set.copyOf(read));
            verdicts.add(judge(facts));
            read.addAll(facts.readCategories());
            context = statement.contextAfter();
        }
        List<Step> steps = verdicts.stream().flatMap(v -> v.steps().stream()).toList();
        Optional<Refusal> refusal =
                verdicts.stream().flatMap(v -> v.refusal().stream()).findFirst();
        if (refusal.isPresent()) {
            return deny(request, refusal.get(), steps);
        }
        List<Need> needs = verdicts.stream().flatMap(v -> v.needs().stream()).toList();
        Obligations obligations = obligations(verdicts);
        return needs.isEmpty()
                ? new Decision.Allow(obligations, trail(request, steps))
                : approval(request, needs, obligations, steps);
    }

    private Verdict judge(StatementFacts facts) {
        try {
            return judge.judge(facts);
        } catch (RuntimeException e) {
            return Verdict.refused(
                    new Refusal(
                            "evaluation-error", "The policy could not be evaluated.", "Tell the owners of the policy."),
                    List.of(new Step(
                            "evaluation-error", "", 0, "deny", e.getClass().getSimpleName(), facts.number())));
        }
    }

    private Decision approval(DecisionRequest request, List<Need> needs, Obligations obligations, List<Step> steps) {
        Optional<String> group = commonGroup(needs);
        if (group.isEmpty()) {
            return deny(
                    request,
                    new Refusal(
                            "approval-conflict",
                            "The statements need approval by different groups.",
                            "Send them as separate requests."),
                    steps);
        }
        Need first = needs.getFirst();
        Duration expires = needs.stream()
                .map(need -> need.options().stream()
                        .filter(option -> isOf(option, group.get()))
                        .map(Rule.Approval::expiresAfter)
                        .max(Comparator.naturalOrder())
                        .orElseThrow())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Decision.RequireApproval(
                obligations, trail(request, steps), first.rule(), first.reason(), group.get(), expires);
    }

    /** The group that can give every approval that is needed: empty text for every approver, empty if there is none. */
    private static Optional<String> commonGroup(List<Need> needs) {
        return Stream.concat(
                        Stream.of(""),
                        needs.stream()
                                .flatMap(need -> need.options().stream())
                                .map(Rule.Approval::group)
                                .sorted())
                .filter(group -> needs.stream()
                        .allMatch(need -> need.options().stream().anyMatch(option -> isOf(option, group))))
                .findFirst();
    }

    private static boolean isOf(Rule.Approval option, String group) {
        return option.group().isEmpty() || option.group().equals(group);
    }

    /** Obligations add up: the least of each limit, the most private record level. */
    private static Obligations obligations(List<Verdict> verdicts) {
        List<Limits> limits = verdicts.stream()
                .flatMap(v -> v.obliging().stream())
                .map(rule -> rule.grants().limits())
                .toList();
        List<MaskPlan> masks = verdicts.stream().map(Verdict::masks).toList();
        return new Obligations(
                masks,
                limits.stream().flatMap(l -> l.rows().stream()).min(Comparator.naturalOrder()),
                limits.stream().flatMap(l -> l.timeout().stream()).min(Comparator.naturalOrder()),
                limits.stream()
                        .map(Limits::record)
                        .max(Comparator.naturalOrder())
                        .orElse(Obligations.RecordLevel.AS_SEEN),
                limits.stream().flatMap(l -> l.resultSize().stream()).min(Comparator.naturalOrder()),
                all(verdicts, Verdict::warehouses),
                all(verdicts, Verdict::roles),
                all(verdicts, Verdict::reads));
    }

    private static Set<String> all(List<Verdict> verdicts, Function<Verdict, Set<String>> what) {
        return verdicts.stream().flatMap(v -> what.apply(v).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Decision deny(DecisionRequest request, Refusal refusal, List<Step> steps) {
        return new Decision.Deny(refusal.rule(), refusal.reason(), refusal.advice(), trail(request, steps));
    }

    private PolicyTrail trail(DecisionRequest request, List<Step> steps) {
        return new PolicyTrail(version, request.at(), request.zone().getId(), steps);
    }

    public long version() {
        return version;
    }

    /** What compiles but is probably not meant. */
    public List<PolicyProblem> warnings() {
        return warnings;
    }

    /** The same, and what has no effect on the objects and columns of that catalogue. */
    public List<PolicyProblem> warnings(CatalogSnapshot catalog) {
        return Stream.concat(warnings.stream(), CatalogDoubts.about(rules, masks, catalog).stream())
                .toList();
    }

    public List<PolicySource> sources() {
        return sources;
    }
}
