package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
import dev.snowgate.catalog.ProtectionMarks;
import dev.snowgate.model.agent.AgentId;
import dev.snowgate.model.agent.ClientApplication;
import dev.snowgate.model.agent.Principal;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.sql.AnalysisLimits;
import dev.snowgate.sql.QueryLineage;
import dev.snowgate.sql.SqlAnalyser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped guardrails with the real analyser: attacks get nothing, honest work is not disturbed. */
class GuardrailsRedTeamTest {
    private static final Path FOLDER = Path.of("..", "policies");
    private static final SessionContext CONTEXT = SessionContext.of(
            "SUITE", "AGENT_USER", "AGENT_ROLE", Optional.of("AGENT_WH"), Optional.of("PROD"), Optional.of("CRM"));
    private static final Principal ANALYST =
            new Principal(new AgentId("analyst"), "suite", Set.of("analysts-masked"), Optional.empty(), Set.of());
    private static final PolicySet POLICIES = policies();
    private static final CatalogSnapshot CATALOG = catalog();

    /** @param expected {@code deny}, {@code approve}, or the masks of an allowed result */
    record Line(String expected, String sql) {
        @Override
        public String toString() {
            return sql;
        }
    }

    static Stream<Line> attacks() throws IOException {
        return lines("guardrails-attacks.txt").stream();
    }

    static Stream<Line> honest() throws IOException {
        return lines("guardrails-honest.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_gets_nothing(Line line) {
        assertThat(outcome(line.sql())).isEqualTo(line.expected());
    }

    @ParameterizedTest
    @MethodSource("honest")
    void honest_work_is_allowed_with_exactly_its_masks(Line line) {
        assertThat(outcome(line.sql())).isEqualTo(line.expected());
    }

    @Test
    void there_are_enough_of_both() throws IOException {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(honest()).hasSizeGreaterThanOrEqualTo(50);
    }

    private static String outcome(String sql) {
        DecisionView view = DecisionView.of(POLICIES.decide(new DecisionRequest(
                ANALYST,
                new ClientApplication("JDBC", "1"),
                Dialect.DRIVER,
                new SqlAnalyser(AnalysisLimits.defaults()).analyse(sql, CONTEXT, CATALOG, QueryLineage.NONE),
                CONTEXT,
                CATALOG,
                Instant.parse("2026-06-15T12:00:00Z"),
                ZoneId.of("UTC"))));
        return view.decision().equals("allow")
                ? masks(view.masks().entrySet().stream()
                        .map(mask -> mask.getKey() + "=" + mask.getValue())
                        .collect(Collectors.joining(",")))
                : view.decision();
    }

    /** Masks in the order of column names. */
    private static String masks(String text) {
        return text.isEmpty() || text.equals("-")
                ? "-"
                : Stream.of(text.split(",")).sorted().collect(Collectors.joining(","));
    }

    private static List<Line> lines(String resource) throws IOException {
        try (InputStream in = GuardrailsRedTeamTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 2))
                    .map(parts -> new Line(
                            expected(parts[0].replaceFirst("^masked ", "").strip()), parts[1]))
                    .toList();
        }
    }

    private static String expected(String text) {
        return text.equals("deny") || text.equals("approve") ? text : masks(text);
    }

    private static PolicySet policies() {
        try {
            return PolicySet.compile(1, PolicyFolder.read(FOLDER).policies());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static CatalogSnapshot catalog() {
        try {
            PolicyFolder files = PolicyFolder.read(FOLDER);
            List<CatalogObject> objects =
                    CatalogYaml.read("catalog.yaml", files.catalogs().getFirst().text());
            for (PolicySource marks : files.protection()) {
                objects = ProtectionMarks.read(marks.path(), marks.text()).applyTo(objects);
            }
            return CatalogSnapshot.of("SUITE", 1, objects);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
