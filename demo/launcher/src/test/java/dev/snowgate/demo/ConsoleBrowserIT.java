package dev.snowgate.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The main job in a real browser, on the whole demo: agents hold on the vendor's driver, a person logs in, decides by
 * keyboard, replays and tries a statement. Needs a Chromium; where one is installed the file {@code target/chromium-used}
 * proves that it was used.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleBrowserIT {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final String COMMENT = "Ticket FC-1183, fine by us";
    private static final String DENIAL = "Not during the month-end close";
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");
    private static DemoState state;
    private static Ports ports;
    private static DemoStack stack;
    private static Chromium chromium;
    private static Page page;

    @BeforeAll
    static void start() throws SQLException {
        Optional<Path> executable = Chromium.installed();
        if (executable.isEmpty()) {
            System.out.println("SKIPPED: the console was not tried in a browser, because no Chromium is installed");
        }
        Assumptions.assumeTrue(executable.isPresent(), "no Chromium is installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        state = DemoState.temporary();
        ports = Ports.free();
        stack = new DemoStack(HOME, state, ports, System.out);
        stack.start();
        chromium = Chromium.start(executable.get());
        page = logIn(Cast.APPROVER);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (stack != null) {
            stack.stop();
            state.delete();
        }
    }

    private static Page logIn(Cast.Person person) {
        Page fresh = chromium.page();
        fresh.navigate(ports.consoleUrl());
        fresh.fill("input[name=username]", person.email());
        fresh.fill("input[name=password]", state.secret("password." + person.email()));
        fresh.click("button[type=submit]");
        assertThat(fresh.locator(".sg-page-head h1")).hasText("Approvals");
        assertThat(fresh.locator(".sg-live")).hasText("Live");
        return fresh;
    }

    private static void open(String path, String heading) {
        page.navigate(ports.consoleUrl() + path);
        assertThat(page.locator(".sg-page-head h1")).hasText(heading);
    }

    @Test
    @Order(1)
    void an_arriving_hold_is_counted_opened_and_decided_by_keyboard_only() throws SQLException {
        assertThat(page.locator(".sg-inbox")).containsText("Nothing waits for you");
        try (Connection one = AgentConnection.open(state, ports, Cast.FORECAST);
                Connection other = AgentConnection.open(state, ports, Cast.FORECAST)) {
            // Given
            HeldStatement first =
                    HeldStatement.send(one, "update PROD.CRM.ORDERS set STATUS = 'HELD' where ORDER_ID = 500001");
            assertThat(page.locator(".sg-entry")).hasCount(1);
            assertThat(page.locator(".sg-crumb")).hasText("/ A-1");

            // When a second one arrives, the open card and its list stay
            HeldStatement second = HeldStatement.send(
                    other, "update PROD.CRM.ORDERS set STATUS = 'HELD' where ORDER_ID in (500002, 500003)");
            assertThat(page.locator("#arrived")).containsText("1 new");
            assertThat(page.locator(".sg-entry")).hasCount(1);
            assertThat(page.locator(".sg-crumb")).hasText("/ A-1");

            // Then it joins when it is let in, and is approved in two beats
            page.keyboard().press("n");
            assertThat(page.locator(".sg-entry")).hasCount(2);
            page.keyboard().press("j");
            assertThat(page.locator(".sg-crumb")).hasText("/ A-2");
            tabTo("vaadin-text-field.sg-comment");
            page.keyboard().type(COMMENT);
            page.keyboard().press("Escape");
            page.keyboard().press("a");
            assertThat(page.locator("#approve")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("vaadin-notification-card")).containsText("Approved once");
            assertThat(second.await().rows()).isEqualTo(2);

            // And attention goes on to the other, which is denied with the words that the agent reads
            assertThat(page.locator(".sg-crumb")).hasText("/ A-1");
            page.keyboard().press("d");
            assertThat(page.locator("#deny-comment textarea")).isFocused();
            page.keyboard().type(DENIAL);
            assertThat(page.locator(".sg-deny-preview pre"))
                    .hasText("Denied by " + Cast.APPROVER.name() + ": " + DENIAL);
            page.keyboard().press("Control+Enter");
            assertThat(first.await().error()).contains("Denied by " + Cast.APPROVER.name() + ": " + DENIAL);
        }
        assertThat(page.locator(".sg-inbox")).containsText("Nothing waits for you");
    }

    private static void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("s => !!document.activeElement.closest(s)", selector)) {
                return;
            }
        }
        throw new AssertionError("the Tab key does not reach " + selector);
    }

    @Test
    @Order(2)
    void what_was_approved_stands_in_the_session_s_replay() {
        // When
        open("/approvals/A-2?tab=decided", "Approvals");
        page.locator(".sg-facts a").click();

        // Then
        assertThat(page.locator(".sg-page-head h1")).hasText("Sessions");
        assertThat(page.locator(".sg-trail")).containsText("Approved once");
        assertThat(page.locator(".sg-trail")).containsText(COMMENT);
        assertThat(page.locator(".sg-trail")).containsText("Your viewing is part of the record.");
        assertThat(page.locator(".sg-chain")).containsText("Chain verified");
    }

    @Test
    @Order(3)
    void the_timeline_is_scrubbed_and_the_address_follows() throws SQLException {
        // Given
        try (Connection support = AgentConnection.open(state, ports, Cast.SUPPORT);
                Statement statement = support.createStatement()) {
            statement
                    .executeQuery("select customer_id, email as contact from customers order by 1 limit 20")
                    .close();
            statement.executeQuery("select count(*) from orders").close();
            assertThat(refused(statement, "DROP TABLE PROD.CRM.CUSTOMERS")).contains("Refused by Snowgate");
        }
        open("/sessions", "Sessions");
        page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText(Cast.SUPPORT.id()))
                .first()
                .click();
        Locator place = page.locator(".sg-moment .sg-second").first();
        assertThat(place).hasText(Pattern.compile("Statement 1 of \\d+"));

        // When
        BoundingBox lanes = page.locator(".sg-scrub-lanes").boundingBox();
        page.mouse().move(lanes.x + lanes.width * 0.1, lanes.y + 40);
        page.mouse().down();
        page.mouse().move(lanes.x + lanes.width * 0.97, lanes.y + 40);
        page.mouse().up();

        // Then
        assertThat(place).hasText(Pattern.compile("Statement (\\d+) of \\1"));
        assertThat(page.locator(".sg-moment")).containsText("Only the refusal. It did not run.");
        assertThat(page).hasURL(Pattern.compile(".*\\?at=.*"));
        page.locator("#sg-pill-16").click();
        assertThat(page).hasURL(Pattern.compile(".*&speed=16.*"));
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator(".sg-masked-cell").first()).isVisible();
    }

    private static String refused(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return "it ran";
        } catch (SQLException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    @Test
    @Order(4)
    void a_statement_is_tried_against_the_policy() {
        // Given
        open("/policies", "Policies");

        // When
        page.locator("#try-statement textarea").fill("DROP TABLE PROD.CRM.CUSTOMERS");
        page.keyboard().press("Control+Enter");

        // Then
        assertThat(page.locator("#try-verdict")).hasText("Would be refused");
        assertThat(page.locator(".sg-verdict-trail")).containsText("no-destructive-commands");
    }

    @Test
    @Order(5)
    void an_auditor_reads_and_has_no_button_to_decide() {
        // Given
        Page auditor = logIn(Cast.PEOPLE.getLast());

        // When
        auditor.navigate(ports.consoleUrl() + "/approvals/A-1?tab=decided");

        // Then
        assertThat(auditor.locator(".sg-card")).containsText("denied this at");
        assertThat(auditor.locator("#approve")).hasCount(0);
        assertThat(auditor.locator("#deny")).hasCount(0);
        auditor.context().close();
    }

    @Test
    @Order(6)
    void axe_finds_nothing_serious_on_any_page_in_light_dark_and_forced_colours() throws SQLException {
        try (Connection agent = AgentConnection.open(state, ports, Cast.FORECAST)) {
            HeldStatement.send(agent, "delete from PROD.CRM.ORDERS where ORDER_ID = 500007");
            open("/approvals", "Approvals");
            assertThat(page.locator("#approve")).isVisible();
            audit("approvals");
            page.keyboard().press("d");
            assertThat(page.locator("#deny-comment")).isVisible();
            audit("approvals, denying");
        }
        open("/sessions", "Sessions");
        page.locator("vaadin-grid a").first().waitFor();
        audit("sessions");
        page.locator("vaadin-grid a", new Page.LocatorOptions().setHasText(Cast.SUPPORT.id()))
                .first()
                .click();
        assertThat(page.locator(".sg-moment")).containsText("Statement");
        audit("replay");
        open("/policies", "Policies");
        page.locator("#try-statement textarea").fill("select email as contact from PROD.CRM.CUSTOMERS");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#try-verdict")).isVisible();
        audit("policies");
        open("/catalog?column=PROD.CRM.CUSTOMERS.EMAIL", "Catalog");
        assertThat(page.locator("#column")).containsText("EMAIL");
        audit("catalog");
        open("/catalog?show=RULES", "Catalog");
        page.locator("vaadin-grid .sg-tag").first().waitFor();
        audit("catalog, rules");
    }

    private static void audit(String name) {
        audit(name, "light", new AxeBuilder(page));
        // Another look changes nothing but colours, so only the rules about those run again.
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        audit(name, "dark", new AxeBuilder(page).withRules(COLOURS));
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT).setForcedColors(ForcedColors.ACTIVE));
        audit(name, "forced colours", new AxeBuilder(page).withRules(COLOURS));
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
    }

    private static void audit(String name, String look, AxeBuilder axe) {
        List<String> found = axe.analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + " " + rule.getNodes().getFirst().getHtml())
                .toList();
        assertThat(found).as(name + ", " + look).isEmpty();
    }

    @Test
    @Order(7)
    void no_page_asked_another_machine_or_threw() throws IOException {
        assertThat(chromium.foreign()).isEmpty();
        assertThat(chromium.errors()).isEmpty();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/chromium-used"), "");
    }
}
