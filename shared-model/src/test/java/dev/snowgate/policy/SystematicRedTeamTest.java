package dev.snowgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.catalog.CatalogSnapshot;
import dev.snowgate.catalog.CatalogYaml;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks and honest work over a catalogue with names of every kind, by the rules of Snowflake's own documentation. */
class SystematicRedTeamTest {
    private static final Pattern CHARACTER = Pattern.compile("«u([0-9a-f]{4})»");
    private static final SessionContext CONTEXT = SessionContext.of(
            "SUITE", "AGENT_USER", "AGENT_ROLE", Optional.empty(), Optional.of("PROD"), Optional.of("CRM"));
    private static final Principal AGENT =
            new Principal(new AgentId("agent"), "suite", Set.of(), Optional.empty(), Set.of());
    private static final SqlAnalyser ANALYSER = new SqlAnalyser(AnalysisLimits.defaults());
    private static final CatalogSnapshot CATALOG =
            CatalogSnapshot.of("SUITE", 1, CatalogYaml.read("catalog.yaml", text("catalog.yaml")));
    private static final PolicySet STRICT = policies("strict.yaml");
    private static final PolicySet COPIES = policies("copies.yaml");
    private static final PolicySet READS = policies("reads.yaml");
    private static final PolicySet HASHES = policies("hashes.yaml");
    private static final PolicySet COMPARES = policies("compares.yaml");

    /** @param masks numbers of masked result columns; empty if only a refusal will do */
    record Line(Optional<Set<Integer>> masks, String sql) {
        @Override
        public String toString() {
            return sql;
        }
    }

    static Stream<Line> attacks() {
        return lines("attacks.txt");
    }

    static Stream<Line> copies() {
        return lines("copies.txt");
    }

    static Stream<Line> changes() {
        return lines("changes.txt");
    }

    static Stream<Line> honest() {
        return lines("honest.txt");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_gets_nothing_of_a_protected_value(Line line) {
        refusedOrMasked(STRICT, line);
    }

    @ParameterizedTest
    @MethodSource("copies")
    void masks_follow_values_wherever_they_are_copied_to(Line line) {
        refusedOrMasked(COPIES, line);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothing_that_changes_something_is_a_read(Line line) {
        assertThat(decide(READS, line.sql()).decision()).isNotEqualTo("allow");
    }

    @ParameterizedTest
    @MethodSource("honest")
    void honest_work_is_allowed_with_exactly_its_masks(Line line) {
        DecisionView view = decide(STRICT, line.sql());
        assertThat(view.decision()).as(view.reason()).isEqualTo("allow");
        assertThat(Set.copyOf(view.maskedColumns())).isEqualTo(line.masks().orElseThrow());
    }

    @Test
    void a_stored_value_is_hashed() {
        assertThat(decide(HASHES, "select ssn as x from people").masks()).containsEntry("X", "hash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ssn as x from people union all select '123-45-6789'",
                "select '123-45-6789' as x union all select ssn from people",
                "select ssn as x from people union all select note from dev.public.scratch",
                "select coalesce(ssn, '123-45-6789') as x from people",
            })
    void a_chosen_value_is_never_hashed_beside_a_stored_one(String sql) {
        DecisionView view = decide(HASHES, sql);
        assertThat(view.decision()).isEqualTo("allow");
        assertThat(view.masks()).containsEntry("X", "redact");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regexp_substr(ssn, '^123')",
                "try_to_number(replace(ssn, '123', 'x'))::varchar",
                "object_construct(ssn, 1):\"123-45-6789\"::varchar",
                "split(ssn, '1')[1]::varchar",
                "strtok(ssn, '1', 2)",
                "max(regexp_substr(ssn, '^123'))",
                "profile:a::varchar",
            })
    void what_is_null_for_some_values_is_null_for_all(String expression) {
        assertThat(decide(STRICT, "select " + expression + " as x from people").masks())
                .containsEntry("X", "null");
    }

    @Test
    void copies_of_stored_values_are_counted() {
        assertThat(decide(COMPARES, "create temp table t as select ssn from people; select count(distinct ssn) from t")
                        .decision())
                .isEqualTo("allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temp table t as select ssn from people; insert into t values ('1'); select count(distinct ssn) from t",
                "create table t as select ssn from people; insert into t values ('1'); select count(distinct ssn) from t",
                "create temp table t (ssn varchar); insert into t values ('1'); insert into t select ssn from people; select distinct ssn from t",
                "create temp table t as select ssn from people; update t set ssn = 'x'; select ssn from t group by ssn",
                "select count(distinct x) from (select ssn x from people union all select '1')",
            })
    void counting_beside_a_chosen_value_compares_with_it(String sql) {
        assertThat(decide(COMPARES, sql).rule()).isEqualTo("protected-predicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"123\"-MM-YYYY", "123-MM-YYYY"})
    void a_session_whose_formats_hold_texts_converts_no_protected_value(String format) {
        SessionContext context = CONTEXT.withParameters(new TreeMap<>(Map.of("DATE_INPUT_FORMAT", format)));
        assertThat(decide(STRICT, "select ssn::date from people", context).decision())
                .isEqualTo("deny");
        assertThat(decide(STRICT, "select tier::date from people", context).decision())
                .isEqualTo("allow");
        assertThat(decide(STRICT, "select ssn::date from people").decision()).isEqualTo("allow");
    }

    private static void refusedOrMasked(PolicySet policies, Line line) {
        DecisionView view = decide(policies, line.sql());
        if (view.decision().equals("allow")) {
            assertThat(line.masks()).as("must be refused").isPresent();
            assertThat(line.masks().orElseThrow())
                    .allMatch(column -> view.maskedColumns().contains(column)
                            || view.maskedFrom().filter(from -> column >= from).isPresent());
        }
    }

    private static DecisionView decide(PolicySet policies, String sql) {
        return decide(policies, sql, CONTEXT);
    }

    private static DecisionView decide(PolicySet policies, String sql, SessionContext context) {
        return DecisionView.of(policies.decide(new DecisionRequest(
                AGENT,
                new ClientApplication("JDBC", "1"),
                Dialect.DRIVER,
                ANALYSER.analyse(sql, context, CATALOG, QueryLineage.NONE),
                context,
                CATALOG,
                Instant.parse("2026-06-15T12:00:00Z"),
                ZoneId.of("UTC"))));
    }

    private static Stream<Line> lines(String file) {
        return text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 2))
                .map(parts -> new Line(masks(parts[0]), statement(parts[1])));
    }

    private static Optional<Set<Integer>> masks(String expected) {
        if (expected.equals("refused")) {
            return Optional.empty();
        }
        Set<Integer> numbers = new TreeSet<>();
        for (String number :
                expected.replace("masked", "").replace("-", "").strip().split(",")) {
            if (!number.isBlank()) {
                numbers.add(Integer.valueOf(number));
            }
        }
        return Optional.of(numbers);
    }

    private static String statement(String written) {
        return CHARACTER
                .matcher(written.replace('⏎', '\n').replace('⇥', '\t'))
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static PolicySet policies(String file) {
        try {
            List<PolicySource> sources = new ArrayList<>();
            for (String pack : List.of("driver-essentials", "pii-masking")) {
                sources.add(new PolicySource(
                        pack + ".yaml", Files.readString(Path.of("..", "policies", pack, pack + ".yaml"))));
            }
            sources.add(new PolicySource(file, text(file)));
            return PolicySet.compile(1, sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        try (InputStream in = SystematicRedTeamTest.class.getResourceAsStream("systematic/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
