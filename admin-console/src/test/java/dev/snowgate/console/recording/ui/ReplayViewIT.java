package dev.snowgate.console.recording.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.slider.IntegerSlider;
import com.vaadin.flow.router.QueryParameters;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.console.testing.WithPerson;
import dev.snowgate.model.agent.SessionId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
@ViewPackages(packages = "dev.snowgate.console")
@WithPerson(value = "audra@acme.example", role = "AUDITOR")
class ReplayViewIT extends SpringBrowserlessTest {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static SessionId replay;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        replay = new SampleWorld(CONSOLE.data()).build().replay();
    }

    private static String text(Component component) {
        return component.getElement().getTextRecursively();
    }

    @Test
    void the_list_shows_every_session() {
        // When
        navigate("sessions", SessionsView.class);

        // Then
        assertThat(test(find(Grid.class).single()).size()).isEqualTo(14);
    }

    @Test
    void a_replay_says_whose_it_is_that_its_chain_holds_and_that_viewing_is_recorded() {
        // When
        ReplayView view = navigate("sessions/" + replay, ReplayView.class);

        // Then
        assertThat(text(view))
                .contains(
                        "support-copilot for priya@acme.example",
                        "Chain verified",
                        "Your viewing is part of the record.",
                        "36 statements");
    }

    @Test
    void next_refusal_leads_to_what_was_refused() {
        // Given
        ReplayView view = navigate("sessions/" + replay, ReplayView.class);

        // When
        NativeButton next = find(NativeButton.class).all().stream()
                .filter(b -> text(b).contains("Next refusal"))
                .findFirst()
                .orElseThrow();
        test(next).click();

        // Then
        assertThat(text(view)).contains("COPY INTO", "Only the refusal. It did not run.", "no-export");
        assertThat(find(IntegerSlider.class).single().getValue()).isEqualTo(7);
    }

    @Test
    void rows_are_text_and_masked_cells_say_so() {
        // Given
        ReplayView view = navigate("sessions/" + replay, ReplayView.class);

        // When
        NativeButton next = find(NativeButton.class).all().stream()
                .filter(button -> "Next statement".equals(button.getElement().getAttribute("aria-label")))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 21; i++) {
            test(next).click();
        }

        // Then
        assertThat(text(view))
                .contains("3 of 6 columns masked", "keep domain", "a•••@gmail.com", "<b>not bold</b>", "Approved once");
    }

    @Test
    void the_transcript_holds_every_statement_and_follows() {
        // Given
        navigate("sessions/" + replay, ReplayView.class);
        Grid<?> transcript = (Grid<?>) find(Grid.class).withId("transcript").single();

        // When
        NativeButton refusal = find(NativeButton.class).all().stream()
                .filter(b -> text(b).contains("Next refusal"))
                .findFirst()
                .orElseThrow();
        test(refusal).click();

        // Then
        assertThat(test(transcript).size()).isEqualTo(36);
        assertThat(transcript.getSelectedItems()).hasSize(1).first().asString().contains("Copy out");
    }

    @Test
    void speed_of_the_address_is_taken_and_anything_else_is_the_usual() {
        // When
        UI.getCurrent().navigate("sessions/" + replay, QueryParameters.of("speed", "16"));

        // Then
        assertThat(pressed("16")).isEqualTo("true");
        UI.getCurrent().navigate("sessions/" + replay, QueryParameters.of("speed", "1e9"));
        assertThat(pressed("4")).isEqualTo("true");
    }

    private String pressed(String speed) {
        return find(NativeButton.class)
                .withId("sg-pill-" + speed)
                .single()
                .getElement()
                .getAttribute("aria-pressed");
    }

    @Test
    void an_unknown_session_is_said_to_be_unknown() {
        assertThat(text(navigate("sessions/" + java.util.UUID.randomUUID(), ReplayView.class)))
                .contains("There is no such session");
    }

    @Test
    @WithPerson(value = "guest@acme.example", role = "")
    void without_a_role_the_pages_are_refused() {
        assertThatThrownBy(() -> navigate("sessions", SessionsView.class)).isNotNull();
    }
}
