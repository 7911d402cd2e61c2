package dev.snowgate.console.policy;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.console.catalog.ConsoleCatalog;
import dev.snowgate.console.security.Roles;
import dev.snowgate.console.text.MarkedText.Mark;
import dev.snowgate.console.text.SqlMarkup;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.DecisionRequest;
import dev.snowgate.policy.PolicyException;
import dev.snowgate.policy.PolicyProblem;
import dev.snowgate.policy.PolicySet;
import dev.snowgate.policy.PolicySource;
import dev.snowgate.recording.RecordedAnalysis;
import dev.snowgate.recording.RecordedDecision;
import dev.snowgate.recording.StatementText;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import dev.snowgate.sql.SqlAnalysis;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Reads policy versions, and tries statements against them without sending anything anywhere. */
@Service
@PreAuthorize("hasAnyRole('" + Roles.ADMIN + "', '" + Roles.APPROVER + "', '" + Roles.AUDITOR + "')")
public class PolicyService {
    private static final int MOST_VERSIONS = 100;
    private static final int LONGEST_STATEMENT = 256 * 1024;
    private final PolicyStore store;
    private final ConsoleCatalog catalogs;
    private final Clock clock;
    private final SqlAnalyser analyser = new SqlAnalyser(AnalysisLimits.defaults());

    PolicyService(PolicyStore store, ConsoleCatalog catalogs, Clock clock) {
        this.store = store;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Versions, the newest first. */
    public List<PolicyVersion> versions() {
        return store.versions(MOST_VERSIONS);
    }

    /** The files of a version, suites included. */
    public List<PolicySource> files(long version) {
        return store.files(version);
    }

    /** What is wrong with a version; empty if it compiles without a warning. */
    public List<PolicyProblem> problems(long version) {
        try {
            return compile(version).warnings();
        } catch (PolicyException broken) {
            return broken.problems();
        }
    }

    /** Accounts whose catalog a statement can be tried on. */
    public List<String> accounts() {
        return catalogs.accounts();
    }

    /** Decides the statement as the gateway would, now, on the stored catalog. */
    public TryOut attempt(long version, Attempt attempt) {
        if (attempt.statement().length() > LONGEST_STATEMENT) {
            throw new IllegalArgumentException("A statement to try has at most 256 KB.");
        }
        long begun = System.nanoTime();
        PolicySet policy;
        try {
            policy = compile(version);
        } catch (PolicyException broken) {
            return new TryOut.Broken(broken.problems());
        }
        CatalogSnapshot catalog = catalogs.snapshot(attempt.account());
        SessionContext context = SessionContext.of(
                attempt.account(), "trial", attempt.role(), Optional.empty(), attempt.database(), attempt.schema());
        SqlAnalysis analysis = analyser.analyse(attempt.statement(), context, catalog, QueryLineage.NONE);
        RecordedDecision decision = RecordedDecision.from(policy.decide(new DecisionRequest(
                principal(attempt),
                new ClientApplication("console", ""),
                Dialect.DRIVER,
                analysis,
                context,
                catalog,
                clock.instant(),
                ZoneId.systemDefault())));
        return answer(attempt, analysis, decision, catalog, version, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static TryOut answer(
            Attempt attempt,
            SqlAnalysis analysis,
            RecordedDecision decision,
            CatalogSnapshot catalog,
            long version,
            Duration took) {
        RecordedAnalysis recorded = RecordedAnalysis.from(analysis);
        Optional<ExecutedText> executed = switch (analysis) {
            case SqlAnalysis.Understood understood -> Optional.of(understood.executed());
            case SqlAnalysis.NotUnderstood not -> not.executed();
        };
        Mark mark = switch (decision.effect()) {
            case ALLOW -> Mark.NONE;
            case REQUIRE_APPROVAL -> Mark.WHY;
            case DENY -> Mark.REFUSED;
        };
        return new TryOut.Answer(
                decision,
                recorded,
                Optional.of(SqlMarkup.asRun(new StatementText(attempt.statement(), executed), recorded, catalog, mark)),
                ResultColumns.of(recorded, decision, catalog),
                version,
                catalog.version(),
                took);
    }

    private static Principal principal(Attempt attempt) {
        return new Principal(
                new AgentId(attempt.agent()),
                "console",
                attempt.groups(),
                attempt.person().map(person -> new PersonId("console", person.toLowerCase(Locale.ROOT))),
                Set.of());
    }

    private PolicySet compile(long version) {
        List<PolicySource> sources = store.files(version).stream()
                .filter(file -> !file.path().endsWith("_test.yaml"))
                .toList();
        return PolicySet.compile(version, sources);
    }
}
