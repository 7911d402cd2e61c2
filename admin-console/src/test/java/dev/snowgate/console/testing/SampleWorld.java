package dev.snowgate.console.testing;

import dev.snowgate.console.testing.SampleData.Fate;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.model.approval.ApprovalId;
import dev.snowgate.model.statement.StatementId;
import dev.snowgate.recording.RecordedDecision.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An installation on an ordinary morning: seven requests wait, a session is worth replaying, a policy is in force. */
public final class SampleWorld {
    private static final String COPILOT = "support-copilot";
    private final SampleData data;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Map<String, ApprovalId> requests = new LinkedHashMap<>();
    private SessionId replay;

    public SampleWorld(SampleData data) {
        this.data = data;
    }

    /** Requests by a short name. */
    public Map<String, ApprovalId> requests() {
        return requests;
    }

    /** The session worth replaying. */
    public SessionId replay() {
        return replay;
    }

    public SampleWorld build() {
        data.catalog();
        policies();
        replaySession();
        waiting();
        data.flush();
        return this;
    }

    private static Fate held(String rule, String reason) {
        return new Fate("HELD", Effect.REQUIRE_APPROVAL, rule, reason, 0, 0, Duration.ZERO);
    }

    private void waiting() {
        past();
        wait(
                "customers",
                COPILOT,
                "priya@acme.example",
                Samples.readCustomers(),
                held("people-list", "It reads names and contacts of many people."),
                16,
                198);
        wait(
                "tickets",
                COPILOT,
                "tom@acme.example",
                Samples.updateTickets(),
                held("prod-writes", "It changes rows in production."),
                13,
                400);
        wait(
                "churn",
                "forecast-agent",
                "dana@acme.example",
                Samples.churn(),
                held("prod-writes", "It replaces a table in production and copies contact data into it."),
                8,
                712);
        wait(
                "orders",
                "ledger-agent",
                "ana@acme.example",
                Samples.deleteOrders(),
                held("prod-writes", "It deletes rows in production."),
                12,
                1085);
        wait(
                "column",
                "forecast-agent",
                "dana@acme.example",
                Samples.addColumn(),
                held("prod-schema", "It changes a schema in production."),
                7,
                1351);
        wait(
                "month",
                "ledger-agent",
                "ana@acme.example",
                Samples.closeMonth(),
                held("stored-code", "It runs stored code whose effects are not known."),
                19,
                2470);
        wait(
                "mara",
                "night-triage",
                "mara@acme.example",
                Samples.readTickets(),
                held("people-list", "It reads contacts outside working hours."),
                8,
                3140);
    }

    /** One more statement is held: another agent's update of the tickets. */
    public ApprovalId arrive(int secondsLeft) {
        String name = "arrived-" + requests.size();
        wait(
                name,
                "ledger-agent",
                "ana@acme.example",
                Samples.updateTickets(),
                held("prod-writes", "It changes rows in production."),
                0,
                secondsLeft);
        data.flush();
        return requests.get(name);
    }

    private void wait(
            String name, String agent, String person, Sample sample, Fate fate, int minutesAgo, int secondsLeft) {
        Instant at = now.minus(Duration.ofMinutes(minutesAgo));
        SessionId session = data.session(agent, Optional.of(person), List.of(), at.minusSeconds(120));
        StatementId statement = data.statement(session, agent, sample, at, fate);
        requests.put(
                name,
                data.request(
                        session,
                        statement,
                        agent,
                        Optional.of(person),
                        List.of(),
                        fate,
                        "",
                        at,
                        now.plusSeconds(secondsLeft)));
    }

    private void past() {
        for (int i = 0; i < 6; i++) {
            Instant at = now.minus(Duration.ofDays(3 + i * 4));
            Fate fate = new Fate(
                    i == 5 ? "DENIED" : "SUCCEEDED",
                    Effect.REQUIRE_APPROVAL,
                    "prod-writes",
                    "It replaces a table in production.",
                    0,
                    0,
                    Duration.ofMinutes(2));
            SessionId session =
                    data.session("forecast-agent", Optional.of("dana@acme.example"), List.of(), at.minusSeconds(60));
            StatementId statement = data.statement(session, "forecast-agent", Samples.churn(), at, fate);
            ApprovalId id = data.request(
                    session,
                    statement,
                    "forecast-agent",
                    Optional.of("dana@acme.example"),
                    List.of(),
                    fate,
                    "",
                    at,
                    at.plusSeconds(3600));
            data.decided(
                    id,
                    session,
                    statement,
                    i != 5,
                    "ivo@acme.example",
                    i == 5 ? "Twelve months is too long a window." : "Our table, fine by us.",
                    at.plusSeconds(120));
        }
    }

    private void replaySession() {
        Instant start = now.minus(Duration.ofMinutes(93)).truncatedTo(ChronoUnit.MINUTES);
        replay = data.session(COPILOT, Optional.of("priya@acme.example"), List.of(), start);
        int[] seconds = {
            20, 55, 80, 130, 190, 250, 300, 330, 400, 450, 520, 560, 600, 960, 990, 1030, 1080, 1150, 1230, 1310, 1370,
            1428, 1490, 1530, 1570, 1600, 1640, 1690, 1730, 1760, 2010, 2040, 2080, 2110, 2190, 2240
        };
        for (int i = 0; i < seconds.length; i++) {
            Instant at = start.plusSeconds(seconds[i]);
            if (i == 7 || i == 24) {
                data.statement(
                        replay,
                        COPILOT,
                        Samples.unload(),
                        at,
                        new Fate(
                                "REFUSED",
                                Effect.DENY,
                                "no-export",
                                "Data never leaves to an outside stage.",
                                0,
                                0,
                                Duration.ZERO));
            } else if (i == 34) {
                Fate fate = new Fate(
                        "DENIED",
                        Effect.REQUIRE_APPROVAL,
                        "prod-writes",
                        "It changes rows in production.",
                        0,
                        0,
                        Duration.ofSeconds(95));
                StatementId id = data.statement(replay, COPILOT, Samples.updateTickets(), at, fate);
                decided(id, fate, at, false, "Close them in the ticket system.");
            } else if (i == 17 || i == 21) {
                Fate fate = new Fate(
                        "SUCCEEDED",
                        Effect.REQUIRE_APPROVAL,
                        "people-list",
                        "Names and contacts of over 100 people.",
                        128,
                        382,
                        Duration.ofSeconds(i == 17 ? 90 : 150));
                StatementId id = data.statement(replay, COPILOT, Samples.readTickets(), at.minus(fate.waited()), fate);
                decided(
                        id,
                        fate,
                        at.minus(fate.waited()),
                        true,
                        "Needed for the urgent queue, INC-2291. Masks stay on.");
                data.page(replay, id, rows(), 128, 382);
            } else if (i % 4 == 3) {
                Fate fate = new Fate(
                        "SUCCEEDED",
                        Effect.ALLOW,
                        "crm-read",
                        "The group support may read it.",
                        8,
                        24 + 9L * (i % 7),
                        Duration.ZERO);
                StatementId id = data.statement(replay, COPILOT, Samples.readTickets(), at, fate);
                data.page(replay, id, rows(), 8, 24);
            } else if (i % 9 == 5) {
                data.statement(
                        replay,
                        COPILOT,
                        Samples.showWarehouses(),
                        at,
                        new Fate(
                                "SUCCEEDED",
                                Effect.ALLOW,
                                "driver-essentials",
                                "Drivers need it.",
                                3,
                                0,
                                Duration.ZERO));
            } else {
                StatementId id = data.statement(
                        replay,
                        COPILOT,
                        Samples.countTickets(),
                        at,
                        new Fate(
                                "SUCCEEDED",
                                Effect.ALLOW,
                                "crm-read",
                                "The group support may read it.",
                                4,
                                0,
                                Duration.ZERO));
                data.page(
                        replay,
                        id,
                        "[[\"open\",\"128\"],[\"waiting\",\"41\"],[\"closed\",\"9120\"],[\"spam\",null]]",
                        4,
                        0);
            }
        }
    }

    private void decided(StatementId id, Fate fate, Instant at, boolean approved, String comment) {
        ApprovalId request = data.request(
                replay, id, COPILOT, Optional.of("priya@acme.example"), List.of(), fate, "", at, at.plusSeconds(3600));
        data.decided(
                request,
                replay,
                id,
                approved,
                "ivo@acme.example",
                comment,
                at.plus(fate.waited()).minusSeconds(1));
    }

    private static String rows() {
        String[][] rows = {
            {"TK-40118", "2026-11-22 21:04", "A••• K•••", "a•••@gmail.com", "••• ••• 4417", "Card •••• 4242 twice"},
            {"TK-40121", "2026-11-22 21:37", "M••• O•••", "m•••@proton.me", "••• ••• 0938", "Cannot sign in"},
            {"TK-40127", "2026-11-22 22:15", "J••• d• V•••", "j•••@outlook.com", null, "Invoice to wrong company"},
            {"TK-40133", "2026-11-22 23:48", "S••• L•••", "s•••@acme.com", "••• ••• 7702", "Export never finishes"},
            {"TK-40139", "2026-11-23 01:12", "R••• I•••", "r•••@gmail.com", "••• ••• 1166", "Reach me at •• ••••"},
            {"TK-40140", "2026-11-23 02:20", "E••• B•••", "e•••@gmx.de", "••• ••• 5020", "API returns 502"},
            {"TK-40146", "2026-11-23 03:09", "T••• N•••", "t•••@icloud.com", "••• ••• 8841", "Refund not received"},
            {
                "TK-40152",
                "2026-11-23 05:31",
                "H••• A•••",
                "h•••@yahoo.com",
                "••• ••• 2290",
                "Seats missing <b>not bold</b>"
            }
        };
        return tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(rows);
    }

    private void policies() {
        String[][] versions = {
            {"26", "Free-text detection for TICKETS", "Ana Ruiz"},
            {"27", "Rolled back after 14 min", "Ivo Marek"},
            {"28", "Budgets per person", "Ivo Marek"},
            {"29", "COPY INTO external stages denied", "Ana Ruiz"},
            {"30", "Night rule for support agents", "Mara Lindqvist"}
        };
        for (int i = 0; i < versions.length; i++) {
            data.policy(
                    Long.parseLong(versions[i][0]),
                    versions[i][1],
                    versions[i][2],
                    now.minus(Duration.ofDays(35 - 6L * i)),
                    false,
                    SamplePolicies.files());
        }
        data.policy(
                31,
                "Two groups for production writes",
                "Ivo Marek",
                now.minus(Duration.ofHours(18)),
                true,
                SamplePolicies.files());
    }
}
