package dev.snowgate.policy;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.policy.PolicyProblem.Severity;
import dev.snowgate.policy.SuiteReader.Content;
import dev.snowgate.policy.SuiteReader.Expected;
import dev.snowgate.policy.SuiteReader.Sql;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.yaml.YamlException;
import dev.snowgate.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs suites: files of kind {@code Suite} beside policies, in which principals and statements are crossed. */
public final class PolicySuite {
    private static final long SUITE_VERSION = 0;

    private PolicySuite() {}

    /**
     * One principal with one statement.
     *
     * @param line 1-based line of the test in the suite
     * @param difference what differs from the expectation, empty text if nothing does
     */
    public record Case(String test, int line, String principal, String statement, String difference) {
        public boolean passed() {
            return difference.isEmpty();
        }
    }

    /** All cases of one suite. */
    public record Report(String file, String name, List<Case> cases) {
        public Report {
            cases = List.copyOf(cases);
        }

        public List<Case> failed() {
            return cases.stream().filter(c -> !c.passed()).toList();
        }
    }

    /**
     * Runs one suite.
     *
     * @param suite the suite
     * @param files all files that it may name, by paths as in {@link PolicyFolder}
     * @throws PolicyException if the suite or what it names cannot be read
     */
    public static Report run(PolicySource suite, List<PolicySource> files) throws PolicyException {
        try {
            Map<String, PolicySource> byPath = files.stream()
                    .collect(Collectors.toMap(PolicySource::path, source -> source, (a, b) -> a, TreeMap::new));
            YamlProblems problems = new YamlProblems();
            Optional<Content> content = SuiteReader.read(suite, byPath, problems);
            problems.check();
            return run(suite, content.orElseThrow());
        } catch (YamlException e) {
            throw new PolicyException(e.problems().stream()
                    .map(p -> new PolicyProblem(
                            p.file(), p.line(), p.column(), Severity.ERROR, p.message(), p.suggestion()))
                    .toList());
        }
    }

    private static Report run(PolicySource suite, Content content) {
        PolicySet policies = PolicySet.compile(SUITE_VERSION, content.policies());
        List<CatalogObject> objects = new ArrayList<>();
        content.catalogs().forEach(c -> objects.addAll(CatalogYaml.read(c.path(), c.text())));
        List<CatalogObject> marked = objects;
        for (PolicySource marks : content.protection()) {
            marked = ProtectionMarks.read(marks.path(), marks.text()).applyTo(marked);
        }
        CatalogSnapshot catalog = CatalogSnapshot.of("SUITE", 1, marked);
        SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());
        List<Case> cases = new ArrayList<>();
        for (SuiteReader.Test test : content.tests()) {
            test.principals()
                    .forEach((principalName, who) -> test.statements().forEach((sqlName, sql) -> {
                        Decision decision = policies.decide(request(who, sql, catalog, analyser));
                        cases.add(new Case(
                                test.name(),
                                test.line(),
                                principalName,
                                sqlName,
                                difference(test.expected(), decision)));
                    }));
        }
        return new Report(suite.path(), content.name(), cases);
    }

    private static DecisionRequest request(
            SuiteReader.Who who, Sql sql, CatalogSnapshot catalog, SqlAnalyser analyser) {
        return new DecisionRequest(
                who.principal(),
                who.client(),
                sql.dialect(),
                analyser.analyse(sql.text(), sql.session().context(), catalog, QueryLineage.NONE),
                sql.session().context(),
                catalog,
                sql.at(),
                sql.zone(),
                new RequestFacts(
                        who.network(),
                        sql.session().readProtected(),
                        test -> sql.bound().stream().anyMatch(test)));
    }

    private static String difference(Expected expected, Decision decision) {
        List<String> differences = new ArrayList<>();
        DecisionView view = DecisionView.of(decision);
        if (!expected.decision().equals(view.decision())) {
            differences.add("expected " + expected.decision() + ", got " + view.decision() + " by " + view.rule() + " ("
                    + view.reason() + ")");
        }
        expected.rule()
                .filter(rule -> !rule.equals(view.rule()))
                .ifPresent(rule -> differences.add("expected rule " + rule + ", got " + view.rule()));
        expected.obligations().forEach((name, value) -> {
            String got = view.obligations().getOrDefault(name, "none");
            if (!got.equals(value)) {
                differences.add("expected " + name + " " + value + ", got " + got);
            }
        });
        expected.masked().ifPresent(masked -> {
            Map<String, String> got = view.masks();
            boolean same = masked.keySet().equals(got.keySet())
                    && masked.entrySet().stream()
                            .allMatch(
                                    e -> e.getValue().isEmpty() || e.getValue().equals(got.get(e.getKey())));
            if (!same) {
                differences.add("expected masks " + masked + ", got " + got);
            }
        });
        return String.join("; ", differences);
    }
}
