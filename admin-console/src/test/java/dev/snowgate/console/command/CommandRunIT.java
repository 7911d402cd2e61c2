package dev.snowgate.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.console.ConsoleApplication;
import dev.snowgate.console.testing.ConsoleTest;
import dev.snowgate.console.testing.SampleData.Fate;
import dev.snowgate.console.testing.Samples;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedDecision.Effect;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandRunIT {
    private static final ConsoleTest CONSOLE = new ConsoleTest();
    private static final Fate HELD = new Fate(
            "HELD", Effect.REQUIRE_APPROVAL, "prod-writes", "It changes rows in production.", 0, 0, Duration.ZERO);

    private record Run(int code, String out, String err) {}

    private static ApprovalId request() {
        Instant now = Instant.now();
        Optional<String> person = Optional.of("priya@acme.example");
        SessionId session = CONSOLE.data().session("support-copilot", person, List.of(), now.minusSeconds(60));
        StatementId statement = CONSOLE.data()
                .statement(session, "support-copilot", Samples.updateTickets(), now.minusSeconds(30), HELD);
        CONSOLE.data().flush();
        return CONSOLE.data()
                .request(
                        session,
                        statement,
                        "support-copilot",
                        person,
                        List.of(),
                        HELD,
                        "data-owners",
                        now.minusSeconds(30),
                        now.plusSeconds(600));
    }

    private static Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        CONSOLE.properties().forEach((name, value) -> all.add("--" + name + "=" + value));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = CommandRun.run(ConsoleApplication.class, all.toArray(new String[0]));
            return new Run(code, heard.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void lists_what_waits_as_json_lines_and_approves_it() {
        // Given
        ApprovalId id = request();

        // When
        Run list = run("--snowgate.command=approvals", "--reviewer=ivo@acme.example", "--groups=data-owners");
        Run approved = run(
                "--snowgate.command=approve",
                "--id=" + id,
                "--reviewer=ivo@acme.example",
                "--groups=data-owners",
                "--comment=Fine by us.");
        Run again =
                run("--snowgate.command=approve", "--id=" + id, "--reviewer=mara@acme.example", "--groups=data-owners");

        // Then
        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out()).contains("\"id\":\"" + id + "\"").contains("\"agent\":\"support-copilot\"");
        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(approved.out()).contains("\"verdict\":\"APPROVE\"");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("NOT_PENDING");
    }

    @Test
    void tells_people_in_sentences() {
        // Given
        ApprovalId id = request();

        // When
        Run list = run(
                "--snowgate.command=approvals", "--output=text", "--reviewer=ivo@acme.example", "--groups=data-owners");
        Run denied = run(
                "--snowgate.command=deny",
                "--output=text",
                "--id=" + id,
                "--reviewer=ivo@acme.example",
                "--groups=data-owners",
                "--comment=Too broad.");
        Run nothing = run(
                "--snowgate.command=approvals",
                "--output=text",
                "--search=no such title",
                "--reviewer=ivo@acme.example",
                "--groups=data-owners");

        // Then
        assertThat(list.out())
                .contains(id + "  ")
                .contains("support-copilot for priya@acme.example")
                .contains("expires in 9 min");
        assertThat(denied.out()).startsWith("Denied " + id + ": ");
        assertThat(nothing.out().strip()).isEqualTo("Nothing waits.");
    }

    @Test
    void denies_with_a_comment_and_refuses_without() {
        // Given
        ApprovalId id = request();

        // When
        Run without =
                run("--snowgate.command=deny", "--id=" + id, "--reviewer=ivo@acme.example", "--groups=data-owners");
        Run with = run(
                "--snowgate.command=deny",
                "--id=" + id.value(),
                "--reviewer=ivo@acme.example",
                "--groups=data-owners",
                "--comment=Too broad.");

        // Then
        assertThat(without.code()).isEqualTo(3);
        assertThat(without.err()).contains("COMMENT_MISSING");
        assertThat(with.code()).as(with.err()).isZero();
    }

    @Test
    void says_what_is_missing_and_who_may_not() {
        // Given
        ApprovalId id = request();

        // When
        Run nameless = run("--snowgate.command=approve", "--id=" + id);
        Run groupless = run("--snowgate.command=approve", "--id=" + id, "--reviewer=ivo@acme.example");
        Run own = run(
                "--snowgate.command=approve", "--id=" + id, "--reviewer=priya@acme.example", "--groups=data-owners");
        Run unknown = run("--snowgate.command=dance");

        // Then
        assertThat(nameless.code()).isEqualTo(2);
        assertThat(nameless.err()).contains("--reviewer");
        assertThat(groupless.code()).isEqualTo(3);
        assertThat(own.code()).isEqualTo(3);
        assertThat(own.err()).contains("FOUR_EYES");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("approvals, approve, deny, sync-catalog");
    }

    @Test
    void marks_and_unmarks_a_column_and_tells_how_far_the_catalog_was_read() {
        // Given
        CONSOLE.data().catalog();
        String[] who = {"--reviewer=adam@acme.example", "--groups=admins", "--snowgate.command=catalog"};
        String column = "--column=prod.crm.customers.region";

        // When
        Run status = run(who[0], who[1], who[2], "--output=text");
        Run foreign = run(who[0], "--groups=approvers", who[2], "--action=mark", column, "--category=x", "--reason=r");
        Run marked =
                run(who[0], who[1], who[2], "--action=mark", column, "--category=region", "--reason=Names people.");
        Run asked = run(who[0], who[1], who[2], "--action=unmark", column, "--reason=Wrong.");
        Run unmarked =
                run(who[0], who[1], who[2], "--action=unmark", column, "--reason=Wrong.", "--confirm", "--output=text");
        Run sync = run(who[0], who[1], who[2], "--action=sync");
        Run dance = run(who[0], who[1], who[2], "--action=dance");

        // Then
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(status.out()).contains("Never read.");
        assertThat(foreign.code()).isEqualTo(3);
        assertThat(marked.code()).as(marked.err()).isZero();
        assertThat(marked.out()).contains("\"change\":\"mark\"");
        assertThat(asked.code()).isEqualTo(3);
        assertThat(asked.err()).contains("Nothing else protects REGION", "--confirm");
        assertThat(unmarked.out()).startsWith("Unmarked PROD.CRM.CUSTOMERS.REGION.");
        assertThat(sync.code()).isEqualTo(4);
        assertThat(sync.err()).contains("snowgate.catalog.url");
        assertThat(dance.code()).isEqualTo(2);
    }
}
