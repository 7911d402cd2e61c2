package dev.snowgate.console.recording.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.slider.IntegerSlider;
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
        test(find(NativeButton.class).withId("step-21").single()).click();

        // Then
        assertThat(text(view))
                .contains("3 of 6 columns masked", "keep domain", "a•••@gmail.com", "<b>not bold</b>", "Approved once");
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
