package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.emulator.Fault;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import io.r2dbc.pool.ConnectionPool;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A replica that dies while a statement runs: another one learns its outcome without sending anything. */
class KilledReplicaIT {
    @Test
    void an_approved_statement_that_ran_to_its_end_is_resolved_and_never_sent_again() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                RawClient client = RawClient.loggedIn(gateway, "forecast-agent")) {
            // Given: approved and on its way to Snowflake
            RawClient.Answer held = client.query("select count(*) as killed from prod.crm.orders");
            assertThat(held.code()).as(held.text()).isEqualTo("333333");
            String url = held.json().path("data").path("getResultUrl").asString();
            gateway.emulator().addFault(Fault.onSql("killed", Fault.Kind.DELAY, 3_000, 1));
            gateway.review(gateway.awaitRequest(), "APPROVE", "go");
            CompletableFuture<RawClient.Answer> poll =
                    client.later("GET", gateway.url() + url, null, client.driverHeaders());
            TestGateway.await(() -> arrived(gateway));

            // When: its replica loses the database for good, which is all that others see of a killed one
            gateway.context().getBean(ConnectionPool.class).dispose();
            TestGateway.await(() -> gateway.executed("killed") == 1);
            // A moment before it had noted how Snowflake calls the statement, and its lease has run out since
            gateway.execute("update statement set state = 'STARTED', started_at = now(), lease_until = now(),"
                    + " upstream_query_id = '" + queryId(gateway) + "' where state = 'SENT'");
            int second = gateway.addReplica();
            TestGateway.await(() -> !states(gateway).contains("STARTED"));

            // Then
            assertThat(states(gateway)).containsExactly("SUCCEEDED");
            RawClient.Answer done = client.get("http://127.0.0.1:" + second + url, client.driverHeaders());
            assertThat(done.json().path("success").asBoolean()).as(done.text()).isTrue();
            assertThat(done.json().path("data").path("rowset").get(0).get(0).asString())
                    .isEqualTo("2000");
            assertThat(gateway.executed("killed")).isEqualTo(1);
            assertThat(gateway.events("killed"))
                    .containsSubsequence("RELEASED", "SENT", "EXECUTED")
                    .containsOnlyOnce("SENT")
                    .doesNotContain("OUTCOME_UNKNOWN");
            assertThat(gateway.query("select state from approval_request")).containsExactly("USED");
            poll.cancel(true);
        }
    }

    /** Whether the emulator has the statement: the scripted delay was taken. */
    private static boolean arrived(TestGateway gateway) {
        try (RawClient emulator = new RawClient(gateway.emulator().url())) {
            return emulator.get("/__emulator/faults", Map.of()).json().isEmpty();
        }
    }

    private static String queryId(TestGateway gateway) {
        return gateway.emulator().log().stream()
                .filter(entry -> entry.sqlText().contains("killed"))
                .findFirst()
                .orElseThrow()
                .queryId();
    }

    private static List<String> states(TestGateway gateway) {
        try {
            return gateway.query("select state from statement where shape ilike '%killed%'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
