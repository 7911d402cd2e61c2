package dev.snowgate.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.recording.RecordedDecision.Effect;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
class PolicyServiceIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();

    @Autowired
    private PolicyService policies;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        new SampleWorld(CONSOLE.data()).build();
        CONSOLE.data()
                .policy(
                        32,
                        "Broken on purpose",
                        "Ivo Marek",
                        Instant.now(),
                        false,
                        Map.of("bad.yaml", "apiVersion: snowgate.dev/v1\nkind: Policy\nname: bad\nrulez: []\n"));
    }

    @BeforeEach
    void log_in() {
        ConsoleTest.logIn("audra@acme.example", Set.of("auditors"));
    }

    @AfterEach
    void log_out() {
        ConsoleTest.logOut();
    }

    private TryOut attempt(long version, String sql, String... groups) {
        return policies.attempt(
                version,
                new Attempt(
                        sql,
                        "acme-eu1",
                        "support-copilot",
                        Optional.empty(),
                        Set.of(groups),
                        "AGENT_READER",
                        Optional.of("PROD"),
                        Optional.of("CRM")));
    }

    @Test
    void the_version_in_force_is_marked_and_compiles() {
        assertThat(policies.versions())
                .filteredOn(PolicyVersion::running)
                .singleElement()
                .satisfies(v -> assertThat(v.version()).isEqualTo(31));
        assertThat(policies.problems(31)).isEmpty();
        assertThat(policies.files(31)).isNotEmpty();
    }

    @Test
    void a_masked_reader_gets_masks_by_lineage_whatever_the_column_is_called() {
        // When
        TryOut.Answer answer = (TryOut.Answer)
                attempt(31, "SELECT region, email AS x, 'a' AS email FROM PROD.CRM.CUSTOMERS", "analysts-masked");

        // Then
        assertThat(answer.decision().effect()).isEqualTo(Effect.ALLOW);
        assertThat(answer.columns())
                .extracting(column -> !column.mask().isEmpty())
                .containsExactly(false, true, false);
        assertThat(answer.columns().get(1).origins())
                .anyMatch(origin -> origin.guarded() && origin.column().equals("EMAIL"));
    }

    @Test
    void everybody_else_would_wait_and_a_drop_would_be_refused() {
        assertThat(((TryOut.Answer) attempt(31, "SELECT region FROM PROD.CRM.CUSTOMERS"))
                        .decision()
                        .effect())
                .isEqualTo(Effect.REQUIRE_APPROVAL);
        assertThat(((TryOut.Answer) attempt(31, "DROP TABLE PROD.CRM.CUSTOMERS", "analysts-masked"))
                        .decision()
                        .effect())
                .isEqualTo(Effect.DENY);
    }

    @Test
    void what_is_not_understood_would_be_refused_with_the_reason() {
        TryOut.Answer answer = (TryOut.Answer) attempt(31, "SELEKT 1");
        assertThat(answer.decision().effect()).isEqualTo(Effect.DENY);
        assertThat(answer.analysis().problem()).isPresent();
    }

    @Test
    void a_version_that_does_not_compile_names_file_line_and_column() {
        assertThat(policies.problems(32)).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("bad.yaml");
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
        });
        assertThat(attempt(32, "SELECT 1")).isInstanceOf(TryOut.Broken.class);
    }
}
