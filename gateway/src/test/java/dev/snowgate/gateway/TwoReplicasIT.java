package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import dev.snowgate.model.agent.SessionId;
import dev.snowgate.recording.ChainReport;
import dev.snowgate.recording.ChainVerifier;
import dev.snowgate.recording.ChainedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several replicas on one database: any of them answers any call, a stopped one loses nothing, and the chain stays whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasIT {
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void two_replicas_write_one_session_alternately_and_the_chain_verifies() throws SQLException {
        // Given
        int second = gateway.addReplica();
        try (RawClient one = RawClient.loggedIn(gateway, "support-copilot")) {
            List<RawClient.Answer> answers = new ArrayList<>();
            // When
            for (int i = 0; i < 12; i++) {
                String host = "http://127.0.0.1:" + (i % 2 == 0 ? gateway.port() : second);
                answers.add(one.send(
                        "POST",
                        host + RawClient.queryPath(UUID.randomUUID().toString()),
                        RawClient.json(
                                RawClient.queryBody("select email, " + i + " as n from customers limit 2", Map.of())),
                        one.driverHeaders()));
            }
            // The same result read from the replica that did not run it
            String id = answers.getFirst().json().path("data").path("queryId").asString();
            answers.add(one.get("http://127.0.0.1:" + second + "/queries/" + id + "/result", one.driverHeaders()));
            // Then
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.json().path("success").asBoolean())
                        .as(answer.text())
                        .isTrue();
                assertThat(answer.json()
                                .path("data")
                                .path("rowset")
                                .get(0)
                                .get(0)
                                .asString())
                        .contains("*");
            });
        } finally {
            gateway.stopReplica(1);
        }
        assertThat(verified()).isPositive();
    }

    @Test
    void a_restart_during_a_hold_loses_nothing_and_the_other_replica_runs_it() throws Exception {
        // Given: a statement is held on the first replica and its driver polls
        Properties none = new Properties();
        try (RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            RawClient.Answer held = client.query("update prod.crm.orders set status = 'RST' where order_id = 500011");
            assertThat(held.code()).isEqualTo("333333");
            String url = held.json().path("data").path("getResultUrl").asString();
            long request = gateway.awaitRequest();

            // When: the replica goes, the review comes while nobody runs, another replica starts
            gateway.stopReplica(0);
            gateway.review(request, "APPROVE", "meanwhile");
            gateway.addReplica();
            RawClient.Answer done = client.get(gateway.url() + url, client.driverHeaders());

            // Then
            assertThat(done.json().path("success").asBoolean()).as(done.text()).isTrue();
            assertThat(done.json().path("data").path("rowset").get(0).get(0).asString())
                    .as(done.text())
                    .isEqualTo("1");
            assertThat(gateway.executed("status = 'RST'")).isEqualTo(1);
            RawClient.Answer again = client.get(gateway.url() + url, client.driverHeaders());
            assertThat(again.json().path("success").asBoolean())
                    .as(again.text())
                    .isTrue();
            assertThat(gateway.executed("status = 'RST'")).isEqualTo(1);
        }
        try (Connection connection = gateway.connect("support-copilot", none)) {
            assertThat(connection.isValid(5)).isTrue();
        }
        verified();
    }

    @Test
    void an_asynchronous_hold_approved_while_its_replica_was_stopped_runs_on_the_other() throws Exception {
        int second = gateway.addReplica();
        try (RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            RawClient.Answer held = client.query(
                    "update prod.crm.orders set status = 'ASY' where order_id = 500012",
                    UUID.randomUUID().toString(),
                    Map.of("asyncExec", true));
            assertThat(held.code()).as(held.text()).isEqualTo("333334");
            long request = gateway.awaitRequest();
            gateway.stopReplica(0);
            gateway.review(request, "APPROVE", "go");
            TestGateway.await(() -> gateway.executed("status = 'ASY'") == 1);
            assertThat(gateway.port()).isEqualTo(second);
        }
        verified();
    }

    @Test
    void both_replicas_polled_at_once_run_an_approved_statement_once() throws Exception {
        int second = gateway.addReplica();
        try (RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            RawClient.Answer held = client.query("update prod.crm.orders set status = 'TWO' where order_id = 500013");
            String url = held.json().path("data").path("getResultUrl").asString();
            List<CompletableFuture<RawClient.Answer>> polls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String host = "http://127.0.0.1:" + (i % 2 == 0 ? gateway.port() : second);
                polls.add(client.later("GET", host + url, null, client.driverHeaders()));
            }
            gateway.review(gateway.awaitRequest(), "APPROVE", "go");
            for (CompletableFuture<RawClient.Answer> poll : polls) {
                RawClient.Answer done = poll.join();
                for (int i = 0; i < 20 && done.code().equals("333333"); i++) {
                    done = client.get(gateway.url() + url, client.driverHeaders());
                }
                assertThat(done.json().path("success").asBoolean())
                        .as(
                                done.text()
                                        + gateway.query(
                                                "select convert_from(body, 'UTF8') from session_event where kind = 'OUTCOME_UNKNOWN'"))
                        .isTrue();
            }
            assertThat(gateway.executed("status = 'TWO'")).isEqualTo(1);
        } finally {
            gateway.stopReplica(1);
        }
        verified();
    }

    /** Verifies every chain; gives how many sessions of agents there are. */
    private int verified() throws SQLException {
        int agents = 0;
        try (Connection connection = gateway.database().owner().connect();
                Statement heads = connection.createStatement()) {
            // Heads and events of the same moment: the other replica may be writing.
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            ResultSet head = heads.executeQuery(
                    "select h.session_id, h.seq, h.link, a.kind from session_head h join agent_session a on a.id = h.session_id");
            while (head.next()) {
                UUID session = head.getObject(1, UUID.class);
                ChainReport report = ChainVerifier.verify(
                        new SessionId(session), events(connection, session), head.getLong(2), head.getBytes(3));
                assertThat(report).isInstanceOf(ChainReport.Verified.class);
                agents += head.getString(4).equals("AGENT") && head.getLong(2) > 0 ? 1 : 0;
            }
        }
        return agents;
    }

    private static List<ChainedEvent> events(Connection connection, UUID session) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(
                "select seq, at, kind, statement_id, actor, body, sealed, digest, link from session_event where session_id = ? order by seq")) {
            read.setObject(1, session);
            List<ChainedEvent> events = new ArrayList<>();
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    events.add(new ChainedEvent(
                            rows.getLong("seq"),
                            rows.getObject("at", OffsetDateTime.class).toInstant(),
                            rows.getString("kind"),
                            Optional.ofNullable(rows.getObject("statement_id", UUID.class)),
                            rows.getString("actor"),
                            rows.getBytes("body"),
                            rows.getBytes("sealed"),
                            rows.getBytes("digest"),
                            rows.getBytes("link")));
                }
            }
            return events;
        }
    }
}
