package dev.snowgate.console.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.approval.ReviewOutcome.Recorded;
import dev.snowgate.console.approval.ReviewOutcome.Refused;
import dev.snowgate.console.approval.ReviewOutcome.Why;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.Sample;
import dev.snowgate.console.testing.SampleData.Fate;
import dev.snowgate.console.testing.Samples;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedDecision.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ConsoleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.MOCK)
class ReviewServiceIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static final Fate HELD = new Fate(
            "HELD", Effect.REQUIRE_APPROVAL, "prod-writes", "It changes rows in production.", 0, 0, Duration.ZERO);

    @Autowired
    private ReviewService reviews;

    private SessionId session;
    private StatementId statement;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        CONSOLE.register(registry);
    }

    @AfterEach
    void log_out() {
        ConsoleTest.logOut();
    }

    private ApprovalId request(Optional<String> person, List<String> owners, String group, Duration left) {
        Instant now = Instant.now();
        Sample sample = Samples.updateTickets();
        session = CONSOLE.data().session("support-copilot", person, owners, now.minusSeconds(60));
        statement = CONSOLE.data().statement(session, "support-copilot", sample, now.minusSeconds(30), HELD);
        CONSOLE.data().flush();
        return CONSOLE.data()
                .request(
                        session,
                        statement,
                        "support-copilot",
                        person,
                        owners,
                        HELD,
                        group,
                        now.minusSeconds(30),
                        now.plus(left));
    }

    private ApprovalId ordinary() {
        return request(Optional.of("priya@acme.example"), List.of(), "", Duration.ofMinutes(20));
    }

    @Test
    void an_approval_decides_the_request_tells_the_gateways_and_is_recorded() throws SQLException {
        // Given
        ApprovalId id = ordinary();
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));
        try (Connection gateway = CONSOLE.database().gateway().connect()) {
            gateway.createStatement().execute("listen snowgate");

            // When
            ReviewOutcome outcome = reviews.approve(id, "Fine by us.");

            // Then
            assertThat(outcome).isInstanceOf(Recorded.class);
            assertThat(one("select state from approval_request where id = " + id.value()))
                    .isEqualTo("APPROVED");
            PGNotification[] heard = gateway.unwrap(PGConnection.class).getNotifications(5_000);
            assertThat(heard)
                    .extracting(PGNotification::getParameter)
                    .containsExactly("review:" + id.value() + ":" + statement);
            assertThat(events()).isEqualTo("REVIEWED by mara@acme.example");
        }
    }

    @Test
    void a_denial_needs_a_comment_and_keeps_it() {
        // Given
        ApprovalId id = ordinary();
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome without = reviews.deny(id, "  ");
        ReviewOutcome with = reviews.deny(id, "Too broad.");

        // Then
        assertThat(why(without)).isEqualTo(Why.COMMENT_MISSING);
        assertThat(with).isInstanceOf(Recorded.class);
        assertThat(one("select state || ' ' || comment from approval_request where id = " + id.value()))
                .isEqualTo("DENIED Too broad.");
    }

    @Test
    void the_person_behind_the_agent_does_not_decide() {
        // Given
        ApprovalId id = request(Optional.of("mara@acme.example"), List.of(), "", Duration.ofMinutes(20));
        ConsoleTest.logIn("Mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome outcome = reviews.approve(id, "");

        // Then
        assertThat(why(outcome)).isEqualTo(Why.FOUR_EYES);
        assertThat(one("select count(*) from approval_review where request_id = " + id.value()))
                .isEqualTo("0");
        assertThat(events()).isEmpty();
    }

    @Test
    void an_owner_of_the_agent_does_not_decide() {
        // Given
        ApprovalId id = request(Optional.empty(), List.of("mara@acme.example"), "", Duration.ofMinutes(20));
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome outcome = reviews.approve(id, "");

        // Then
        assertThat(why(outcome)).isEqualTo(Why.FOUR_EYES);
    }

    @Test
    void a_request_whose_requester_is_unknown_can_only_be_denied() {
        // Given
        ApprovalId id = request(Optional.empty(), List.of(), "", Duration.ofMinutes(20));
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome approved = reviews.approve(id, "");
        ReviewOutcome denied = reviews.deny(id, "Who is this for?");

        // Then
        assertThat(why(approved)).isEqualTo(Why.REQUESTER_UNKNOWN);
        assertThat(denied).isInstanceOf(Recorded.class);
    }

    @Test
    void only_the_group_of_the_rule_decides() {
        // Given
        ApprovalId id = request(Optional.of("priya@acme.example"), List.of(), "data-owners", Duration.ofMinutes(20));

        // When
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));
        ReviewOutcome outside = reviews.approve(id, "");
        ConsoleTest.logIn("ivo@acme.example", Set.of("approvers", "data-owners"));
        ReviewOutcome inside = reviews.approve(id, "");

        // Then
        assertThat(why(outside)).isEqualTo(Why.NOT_IN_GROUP);
        assertThat(inside).isInstanceOf(Recorded.class);
    }

    @Test
    void an_expired_request_takes_no_decision() {
        // Given
        ApprovalId id = request(Optional.of("priya@acme.example"), List.of(), "", Duration.ofSeconds(-1));
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome outcome = reviews.approve(id, "");

        // Then
        assertThat(why(outcome)).isEqualTo(Why.EXPIRED);
    }

    @Test
    void the_second_decision_learns_who_was_faster() {
        // Given
        ApprovalId id = ordinary();
        ConsoleTest.logIn("ivo@acme.example", Set.of("approvers"));
        reviews.approve(id, "");
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome outcome = reviews.deny(id, "No.");

        // Then
        assertThat(why(outcome)).isEqualTo(Why.NOT_PENDING);
        assertThat(((Refused) outcome).sentence())
                .contains("ivo@acme.example approved this")
                .contains("Your decision was not needed");
    }

    @Test
    void an_unknown_request_is_said_to_be_unknown() {
        // Given
        ConsoleTest.logIn("mara@acme.example", Set.of("approvers"));

        // When
        ReviewOutcome outcome = reviews.approve(new ApprovalId(987_654), "");

        // Then
        assertThat(why(outcome)).isEqualTo(Why.NO_SUCH_REQUEST);
    }

    @Test
    void without_the_role_nothing_is_decided() {
        // Given
        ApprovalId id = ordinary();
        ConsoleTest.logIn("audra@acme.example", Set.of("auditors"));

        // When / Then
        assertThatThrownBy(() -> reviews.approve(id, "")).isInstanceOf(AccessDeniedException.class);
        ConsoleTest.logOut();
        assertThatThrownBy(() -> reviews.approve(id, ""))
                .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
        assertThat(one("select state from approval_request where id = " + id.value()))
                .isEqualTo("PENDING");
    }

    private static Why why(ReviewOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).why();
    }

    private String events() {
        return one(
                "select coalesce(string_agg(kind || ' by ' || actor, ', '), '') from session_event where session_id = '"
                        + session + "' and kind = 'REVIEWED'");
    }

    private static String one(String sql) {
        try (Connection owner = CONSOLE.database().owner().connect();
                ResultSet row = owner.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
