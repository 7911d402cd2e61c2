package dev.snowgate.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scripted agent on the vendor's JDBC driver, a reviewer on the console's command mode, and two witnesses: the recording and the
 * emulator's own log. Each row says what must hold and what was seen.
 */
final class DemoCheck {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"(A-\\d+)\"");
    private static final String DENIAL = "Not during the month-end close, ask Ivo first";
    private final Path home;
    private final DemoState state;
    private final Ports ports;
    private final Settings settings;
    private final CheckTable table = new CheckTable();

    DemoCheck(Path home, DemoState state, Ports ports) {
        this.home = home;
        this.state = state;
        this.ports = ports;
        this.settings = new Settings(state, ports);
    }

    /** Runs all of it; true only if every row holds. */
    boolean run(PrintStream out) {
        try (Connection support = AgentConnection.open(state, ports, Cast.SUPPORT);
                Connection forecast = AgentConnection.open(state, ports, Cast.FORECAST);
                RecordingRead recording = new RecordingRead(state, ports)) {
            allowedAndMasked(support);
            maskedInChunks(support);
            refused(support);
            heldRead(forecast);
            approvedWrite(forecast);
            deniedWrite(forecast);
            recorded(recording);
            upstreamNeverSaw();
        } catch (SQLException | DemoException e) {
            table.add("The check ran to its end", false, String.valueOf(e.getMessage()));
        }
        table.print(out);
        return table.allHold();
    }

    private void allowedAndMasked(Connection support) throws SQLException {
        try (Statement statement = support.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select customer_id, email as contact, ssn, city from customers order by customer_id limit 20")) {
            int count = 0;
            boolean masked = true;
            String sample = "";
            while (rows.next()) {
                count++;
                String email = rows.getString(2);
                String ssn = rows.getString(3);
                masked &= isMasked(email) && (ssn == null || !ssn.matches("\\d{3}-\\d{2}-\\d{4}"));
                sample = "row " + rows.getLong(1) + ": " + email + ", " + ssn + ", " + rows.getString(4);
            }
            table.add("A read by an agent with masked reads is allowed", count == 20, count + " rows");
            table.add("PII is masked in inline rows, under an alias too", count > 0 && masked, sample);
        }
    }

    private void maskedInChunks(Connection support) throws SQLException {
        try (Statement statement = support.createStatement();
                ResultSet rows = statement.executeQuery("select o.order_id, c.email as who, o.amount from orders o"
                        + " join customers c on c.customer_id = o.customer_id")) {
            int count = 0;
            int unmasked = 0;
            String sample = "";
            while (rows.next()) {
                count++;
                sample = rows.getString(2);
                if (!isMasked(sample)) {
                    unmasked++;
                }
            }
            table.add(
                    "PII is masked in chunks (200,000 rows and more)",
                    count >= 200_000 && unmasked == 0,
                    count + " rows, " + unmasked + " unmasked, last " + sample);
        }
    }

    /** Everything but the first letter and the domain is hidden. */
    private static boolean isMasked(String email) {
        return email == null || !email.matches("[A-Za-z0-9]+[._A-Za-z0-9-]*@[A-Za-z0-9.-]+");
    }

    private void refused(Connection support) {
        refuse(support, "DROP TABLE PROD.CRM.CUSTOMERS", "DROP TABLE is refused, the reason is in the exception");
        refuse(support, "COPY INTO 's3://elsewhere/out/' FROM PROD.CRM.CUSTOMERS", "COPY INTO 's3://…' is refused");
    }

    private void refuse(Connection connection, String sql, String what) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            table.add(what, false, "it ran");
        } catch (SQLException e) {
            String message = String.valueOf(e.getMessage());
            table.add(what, message.contains("Refused by Snowgate") && message.contains("rule"), message);
        }
    }

    private void heldRead(Connection forecast) {
        HeldStatement held = HeldStatement.send(forecast, "select customer_id, email from customers limit 3");
        String id = awaitRequest();
        table.add("The same read without that group is held", held.isWaiting() && !id.isEmpty(), id);
        review("approve", id, "Fine for the forecast");
        HeldStatement.Result result = held.await();
        table.add("Approved, it reaches the driver that still waits", result.rows() == 3, said(result));
    }

    private void approvedWrite(Connection forecast) throws SQLException {
        HeldStatement held = HeldStatement.send(
                forecast, "update PROD.CRM.ORDERS set STATUS = 'HELD' where ORDER_ID in (500001, 500002)");
        String id = awaitRequest();
        boolean before = EmulatorLog.read(ports).count("update PROD.CRM.ORDERS set STATUS") == 0;
        table.add("A production write is held and not sent", held.isWaiting() && !id.isEmpty() && before, id);
        ReviewerCommand.Result review = review("approve", id, "Ticket FC-1183");
        table.add("The console's ReviewService approves it", review.code() == 0, review.output() + review.errors());
        HeldStatement.Result result = held.await();
        int ran = EmulatorLog.read(ports).count("update PROD.CRM.ORDERS set STATUS");
        table.add(
                "It ran once and its result reached the driver",
                result.rows() == 2 && ran == 1,
                said(result) + ", executed " + ran + " times");
    }

    private void deniedWrite(Connection forecast) {
        HeldStatement held = HeldStatement.send(forecast, "delete from PROD.CRM.ORDERS where ORDER_ID = 500007");
        String id = awaitRequest();
        review("deny", id, DENIAL);
        HeldStatement.Result result = held.await();
        table.add("A denied write carries the reviewer's words", result.error().contains(DENIAL), said(result));
    }

    private void recorded(RecordingRead recording) throws SQLException {
        String support = Cast.SUPPORT.id();
        String forecast = Cast.FORECAST.id();
        boolean all = recording.statements(support, "SUCCEEDED", "%as contact%") == 1
                && recording.statements(support, "SUCCEEDED", "%as who%") == 1
                && recording.statements(support, "REFUSED", "%drop table%") == 1
                && recording.statements(support, "REFUSED", "%copy into%") == 1
                && recording.statements(forecast, "SUCCEEDED", "%update%") == 1
                && recording.statements(forecast, "DENIED", "%delete%") == 1;
        int missing = recording.unrecorded();
        table.add("Every one of them is in the recording", all && missing == 0, missing + " statements without events");
    }

    private void upstreamNeverSaw() {
        EmulatorLog log = EmulatorLog.read(ports);
        int seen = log.count("drop table") + log.count("copy into") + log.count("delete from PROD.CRM.ORDERS");
        table.add(
                "Snowflake never saw the refused ones",
                seen == 0 && log.count("as contact") >= 1,
                seen + " of them in the emulator's log");
    }

    /** The id of the one request that waits; empty if none came within half a minute. */
    private String awaitRequest() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            ReviewerCommand.Result listed = command("approvals", List.of());
            Matcher id = ID.matcher(listed.output());
            if (id.find()) {
                return id.group(1);
            }
            pause();
        }
        return "";
    }

    private ReviewerCommand.Result review(String verb, String id, String comment) {
        return command(verb, List.of("--id=" + id, "--comment=" + comment));
    }

    private ReviewerCommand.Result command(String verb, List<String> words) {
        return ReviewerCommand.call(
                home, settings, verb, Cast.APPROVER.email(), String.join(",", Cast.APPROVER.groups()), words);
    }

    private static String said(HeldStatement.Result result) {
        return result.error().isEmpty() ? result.rows() + " rows" : result.error();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
