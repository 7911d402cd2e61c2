package dev.snowgate.console.approval.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.approval.ReviewService;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleWorld;
import dev.snowgate.console.testing.WithPerson;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.console.approval.ApprovalEntry;
import dev.snowgate.console.approval.RequestState;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class)
@ViewPackages(packages = "dev.snowgate.console")
@WithPerson
class ApprovalsViewIT extends SpringBrowserlessTest {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static Map<String, ApprovalId> requests = Map.of();
    private static SampleWorld world;

    @Autowired
    private ReviewService reviews;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @BeforeAll
    static void fill() {
        world = new SampleWorld(CONSOLE.data()).build();
        requests = world.requests();
    }

    private ApprovalsView open(String name) {
        return navigate("approvals/" + requests.get(name), ApprovalsView.class);
    }

    private static String text(Component component) {
        return component.getElement().getTextRecursively();
    }

    @Test
    void opens_a_request_with_what_will_happen_first() {
        // When
        ApprovalsView view = open("churn");

        // Then
        assertThat(text(view))
                .contains(
                        "Replace table PROD.ANALYTICS.CHURN_OUTREACH",
                        "for dana@acme.example",
                        "It replaces a table in production",
                        "Agent’s stated reason",
                        "Drops the current table",
                        "Filters on a protected column",
                        "5 approved, 1 denied in 90 days");
        assertThat(text(view)).contains("‹email›").doesNotContain("%@acme.com");
    }

    @Test
    void filters_the_list() {
        // Given
        open("churn");

        // When
        test(find(TextField.class).withClassName("sg-search").single()).setValue("forecast");

        // Then
        assertThat(find(InboxList.class).single().entries())
                .extracting(entry -> entry.agent())
                .containsOnly("forecast-agent")
                .hasSize(2);
    }

    @Test
    void approves_once_and_goes_on_to_the_next() {
        // Given
        open("tickets");

        // When
        test(find(NativeButton.class).withId("approve").single()).click();

        // Then
        assertThat(find(Notification.class).single().getElement().getProperty("text", "")
                        + text(find(Notification.class).single()))
                .contains("Approved once");
        assertThat(find(InboxList.class).single().entries())
                .extracting(entry -> entry.id())
                .doesNotContain(requests.get("tickets"));
    }

    @Test
    void denies_only_with_words_and_shows_them_as_the_agent_reads_them() {
        // Given
        ApprovalsView view = open("orders");
        test(find(NativeButton.class).withId("deny").single()).click();
        NativeButton submit = find(NativeButton.class).withId("deny-submit").single();
        assertThat(submit.isEnabled()).isFalse();

        // When
        test(find(TextArea.class).withId("deny-comment").single()).setValue("Keep them until the audit.");

        // Then
        assertThat(find(Pre.class).single().getText())
                .isEqualTo("Denied by Mara Lindqvist: Keep them until the audit.");
        test(submit).click();
        assertThat(find(InboxList.class).single().entries())
                .extracting(entry -> entry.id())
                .doesNotContain(requests.get("orders"));
        assertThat(view).isNotNull();
    }

    private void until(BooleanSupplier seen) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!seen.getAsBoolean() && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(50_000_000);
            roundTrip();
        }
    }

    private List<ApprovalId> rows() {
        return find(InboxList.class).single().entries().stream()
                .map(ApprovalEntry::id)
                .toList();
    }

    @Test
    void what_arrives_is_counted_and_joins_when_it_is_let_in() {
        // Given
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));
        ApprovalsView view = open("column");
        List<ApprovalId> before = rows();

        // When
        ApprovalId first = world.arrive(900);
        ApprovalId last = world.arrive(3_500);
        until(() -> find(NativeButton.class).withId("arrived").exists()
                && text(view).contains("2 new"));

        // Then
        assertThat(text(view)).contains("2 new", "Add RISK_SCORE to PROD.CRM.ORDERS");
        assertThat(rows()).isEqualTo(before);
        test(find(NativeButton.class).withId("arrived").single()).click();
        assertThat(rows()).contains(first, last).containsAll(before);
        assertThat(find(NativeButton.class).withId("arrived").exists()).isFalse();
        assertThat(find(NativeButton.class)
                        .withId(requests.get("column").toString())
                        .single()
                        .getElement()
                        .getAttribute("aria-current"))
                .isEqualTo("true");
    }

    @Test
    void a_row_that_somebody_else_decided_keeps_its_place_and_says_so() {
        // Given
        ApprovalId other = world.arrive(3_000);
        ApprovalsView view = open("column");
        List<ApprovalId> before = rows();

        // When
        ConsoleTest.logIn("ivo@acme.example", Set.of("approvers"));
        reviews.deny(other, "Not now.");
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));
        until(() -> text(view).contains("by ivo@acme.example"));

        // Then
        assertThat(rows()).isEqualTo(before);
        assertThat(text(find(NativeButton.class).withId(other.toString()).single()))
                .contains("denied", "by ivo@acme.example");
    }

    @Test
    void tab_and_search_of_the_address_are_taken() {
        // When
        UI.getCurrent()
                .navigate("approvals", QueryParameters.simple(Map.of("tab", "decided", "find", "forecast")));

        // Then
        assertThat(find(InboxList.class).single().entries()).hasSize(6).allSatisfy(entry -> assertThat(entry.state())
                .isNotEqualTo(RequestState.PENDING));
        assertThat(find(TextField.class).withClassName("sg-search").single().getValue())
                .isEqualTo("forecast");
    }

    @Test
    void half_written_words_stay_when_somebody_else_was_faster() {
        // Given
        ApprovalId id = world.arrive(3_000);
        ApprovalsView view = navigate("approvals/" + id, ApprovalsView.class);
        test(find(NativeButton.class).withId("deny").single()).click();
        test(find(TextArea.class).withId("deny-comment").single()).setValue("Not before the audit");

        // When
        ConsoleTest.logIn("ivo@acme.example", Set.of("approvers"));
        reviews.approve(id, "");
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));
        until(() -> text(view).contains("Your decision was not needed."));

        // Then
        assertThat(find(NativeButton.class).withId("deny-submit").exists()).isFalse();
        assertThat(find(TextArea.class).single().isReadOnly()).isTrue();
        assertThat(find(TextArea.class).single().getValue()).isEqualTo("Not before the audit");
    }

    @Test
    void an_address_that_names_no_request_says_so() {
        assertThat(text(navigate("approvals/A-999999", ApprovalsView.class))).contains("There is no request A-999999");
        assertThat(text(navigate("approvals/<script>", ApprovalsView.class))).doesNotContain("<script>");
    }

    @Test
    void the_person_it_is_for_reads_why_it_is_not_theirs() {
        // When
        ApprovalsView view = open("mara");

        // Then
        assertThat(text(view)).contains("This statement runs for you, so somebody else decides.");
        assertThat(find(NativeButton.class).withId("approve").exists()).isFalse();
    }

    @Test
    @WithPerson(value = "audra@acme.example", role = "AUDITOR")
    void an_auditor_reads_and_does_not_decide() {
        // When
        ApprovalsView view = open("churn");

        // Then
        assertThat(text(view)).contains("You read here: deciding needs the role approver.");
        assertThat(find(NativeButton.class).withId("approve").exists()).isFalse();
        assertThat(find(NativeButton.class).withId("deny").exists()).isFalse();
    }

    @Test
    @WithPerson(value = "guest@acme.example", role = "")
    void without_a_role_the_page_is_refused() {
        assertThatThrownBy(() -> open("churn")).isNotNull();
    }

    @Test
    void a_request_decided_by_somebody_else_meanwhile_is_read_only() {
        // Given
        ApprovalsView view = open("month");
        ConsoleTest.logIn("ivo@acme.example", Set.of("approvers"));
        reviews.approve(requests.get("month"), "");
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        Instant deadline = Instant.now().plusSeconds(10);
        while (find(NativeButton.class).withId("approve").exists()
                && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(50_000_000);
            roundTrip();
        }

        // Then
        assertThat(text(view)).contains("ivo@acme.example approved this at", "Your decision was not needed.");
        assertThat(find(NativeButton.class).withId("approve").exists()).isFalse();
    }
}
