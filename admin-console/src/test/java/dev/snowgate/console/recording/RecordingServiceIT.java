package dev.snowgate.console.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.recording.ReplayStep.Verdict;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.recording.ChainReport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
class RecordingServiceIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static SessionId replay;

    @Autowired
    private RecordingService recordings;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        replay = new SampleWorld(CONSOLE.data()).build().replay();
    }

    @BeforeEach
    void log_in() {
        ConsoleTest.logIn("audra@acme.example", Set.of("auditors"));
    }

    @AfterEach
    void log_out() {
        ConsoleTest.logOut();
    }

    @Test
    void lists_sessions_by_page_and_search() {
        assertThat(recordings.sessions("", 5, 0)).hasSize(5);
        assertThat(recordings.count("support-copilot")).isEqualTo(3);
        assertThat(recordings.sessions(replay.toString().substring(0, 8), 10, 0))
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.statements()).isEqualTo(36);
                    assertThat(session.denied()).isEqualTo(3);
                    assertThat(session.maskedCells()).isPositive();
                });
        assertThat(recordings.count("50% _off")).isZero();
    }

    @Test
    void opening_a_replay_verifies_the_chain_and_is_itself_recorded() {
        // When
        Replay first = recordings.open(replay).orElseThrow();
        Replay second = recordings.open(replay).orElseThrow();

        // Then
        assertThat(first.chain()).isInstanceOf(ChainReport.Verified.class);
        assertThat(second.events()).isEqualTo(first.events() + 1);
        assertThat(first.steps())
                .hasSize(36)
                .extracting(ReplayStep::verdict)
                .contains(Verdict.ALLOWED, Verdict.MASKED, Verdict.DENIED);
    }

    @Test
    void a_changed_event_breaks_the_chain() {
        // Given
        SessionId session = CONSOLE.data()
                .session("forecast-agent", java.util.Optional.empty(), List.of(), java.time.Instant.now());
        CONSOLE.data().flush();
        SampleData.run(
                CONSOLE.database().admin(),
                true,
                "update session_event set actor = 'somebody' where session_id = ?",
                session.value());

        // When
        Replay opened = recordings.open(session).orElseThrow();

        // Then
        assertThat(opened.chain()).isInstanceOf(ChainReport.Broken.class);
    }

    @Test
    void a_moment_shows_text_rows_as_received_and_the_trail() {
        // Given
        ReplayStep held = recordings.open(replay).orElseThrow().steps().stream()
                .filter(step ->
                        step.verdict() == Verdict.MASKED && step.waited().isPresent())
                .findFirst()
                .orElseThrow();

        // When
        Moment moment = recordings.moment(replay, held.id()).orElseThrow();

        // Then
        assertThat(moment.asSent()).isPresent();
        assertThat(moment.result()).hasValueSatisfying(received -> {
            assertThat(received.columns())
                    .extracting(Moment.Column::mask)
                    .containsExactly("", "", "initials", "keep domain", "last 4", "");
            assertThat(received.rows()).hasSize(8);
            assertThat(received.rows().get(2).get(4)).isNull();
            assertThat(received.total()).isEqualTo(128);
        });
        assertThat(moment.trail())
                .extracting(Moment.TrailStep::title)
                .containsExactly("Received", "Understood", "Held", "Approved once", "Ran", "Masked", "Returned");
    }

    @Test
    void without_the_session_s_key_values_are_absent_and_the_chain_still_holds() {
        // Given
        SessionId session = CONSOLE.data()
                .session("forecast-agent", java.util.Optional.empty(), List.of(), java.time.Instant.now());
        var statement = CONSOLE.data()
                .statement(
                        session,
                        "forecast-agent",
                        dev.snowgate.console.testing.Samples.countTickets(),
                        java.time.Instant.now(),
                        new SampleData.Fate(
                                "SUCCEEDED",
                                dev.snowgate.recording.RecordedDecision.Effect.ALLOW,
                                "crm-read",
                                "",
                                1,
                                0,
                                java.time.Duration.ZERO));
        CONSOLE.data().flush();
        SampleData.run(
                CONSOLE.database().admin(),
                true,
                "update agent_session set data_key = null, kek_id = null, key_destroyed_at = now() where id = ?",
                session.value());

        // When / Then
        assertThat(recordings.open(session).orElseThrow().chain()).isInstanceOf(ChainReport.Verified.class);
        assertThat(recordings.moment(session, statement).orElseThrow().asSent()).isEmpty();
    }

    @Test
    void without_a_role_nothing_is_read() {
        ConsoleTest.logIn("guest@acme.example", Set.of());
        assertThatThrownBy(() -> recordings.open(replay)).isInstanceOf(AccessDeniedException.class);
    }
}
