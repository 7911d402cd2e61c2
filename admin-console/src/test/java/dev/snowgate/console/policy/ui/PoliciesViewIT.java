package dev.snowgate.console.policy.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextArea;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.console.testing.WithPerson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
@ViewPackages(packages = "dev.snowgate.console")
@WithPerson
class PoliciesViewIT extends SpringBrowserlessTest {
    private static final ConsoleTest CONSOLE = new ConsoleTest();

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        new SampleWorld(CONSOLE.data()).build();
    }

    @Test
    void shows_the_version_in_force_and_its_files() {
        // When
        PoliciesView view = navigate("policies", PoliciesView.class);

        // Then
        assertThat(view.getElement().getTextRecursively())
                .contains("v31", "Running", "production-guardrails", "no-destructive-commands", "compiles");
    }

    @Test
    void tries_a_statement_and_shows_verdict_trail_and_masks() {
        // Given
        PoliciesView view = navigate("policies", PoliciesView.class);

        // When
        test(find(TextArea.class).withId("try-statement").single())
                .setValue("SELECT region, email AS contact FROM PROD.CRM.CUSTOMERS");
        test(find(NativeButton.class).withId("try-it").single()).click();

        // Then
        assertThat(view.getElement().getTextRecursively())
                .contains(
                        "Would be allowed, with masks",
                        "masked-reads-of-production",
                        "CONTACT comes from PROD.CRM.CUSTOMERS.EMAIL (protected), masked");
    }
}
