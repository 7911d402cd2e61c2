package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.emulator.EmulatedUser;
import dev.snowgate.emulator.Fault;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each stage broken in turn: nothing runs, nothing leaves unmasked, and service resumes by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStagesIT {
    private TestGateway gateway;
    private RawClient client;

    @BeforeAll
    void start() {
        gateway = TestGateway.start(
                options -> options.user(EmulatedUser.named("DBA", "dba-password", "AGENT_WRITER")
                        .withContext("PROD", "CRM")),
                Map.of());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @BeforeEach
    void logIn() {
        client = RawClient.loggedIn(gateway, "support-copilot");
        assertThat(succeeds("select country from customers limit 1")).isTrue();
        gateway.emulator().clearLog();
    }

    @AfterEach
    void end() {
        gateway.emulator().clearFaults();
        client.close();
    }

    private boolean succeeds(String sql) {
        return client.followed(client.query(sql)).json().path("success").asBoolean();
    }

    private void owner(String sql) throws SQLException {
        try (Connection connection = gateway.database().owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private RawClient.Answer refused(String sql, String... codes) {
        RawClient.Answer answer = client.followed(client.query(sql));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).as(answer.text()).isFalse();
        assertThat(answer.code()).as(answer.text()).isIn((Object[]) codes);
        assertThat(answer.text())
                .doesNotContain("Exception", "\tat ", "postgres", "session_event", client.sessionToken());
        return answer;
    }

    @Test
    void where_nothing_can_be_recorded_nothing_runs() throws SQLException {
        // Given: the recording became read-only
        owner("revoke execute on function append_events(uuid, text) from snowgate_gateway");
        try {
            // When / Then
            refused("select 1 as unrecorded", "099901");
            refused("select email as unrecorded from customers", "099901");
            refused("drop table prod.crm.orders", "099901");
            RawClient.Answer api = client.send(
                    "POST",
                    "/api/v2/statements",
                    "{\"statement\":\"select 2 as unrecorded\"}",
                    RawClient.bearer(gateway.token("support-copilot")));
            assertThat(api.status()).as(api.text()).isEqualTo(503);
            assertThat(gateway.emulator().log()).isEmpty();
        } finally {
            owner("grant execute on function append_events(uuid, text) to snowgate_gateway");
        }
        // Then: service resumes by itself
        TestGateway.await(() -> succeeds("select 3"));
    }

    @Test
    void with_the_ledger_out_of_reach_nothing_runs() throws SQLException {
        owner("revoke insert on statement from snowgate_gateway");
        try {
            refused("select 4 as unledgered", "099901");
            assertThat(gateway.executed("unledgered")).isZero();
        } finally {
            owner("grant insert on statement to snowgate_gateway");
        }
        TestGateway.await(() -> succeeds("select 5"));
    }

    @Test
    void a_database_that_goes_away_and_comes_back_is_found_again() {
        for (int i = 0; i < 5; i++) {
            gateway.database().disconnectAll();
            RawClient.Answer answer = client.query("select 6 as after_disconnect");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("success").asBoolean()
                            || answer.code().matches("0999.*|390.*"))
                    .as(answer.text())
                    .isTrue();
        }
        TestGateway.await(() -> succeeds("select 7"));
    }

    @Test
    void with_the_database_closed_statements_are_refused_and_service_resumes() throws SQLException {
        String name = gateway.database().database();
        admin("alter database " + name + " with allow_connections false");
        gateway.database().disconnectAll();
        try {
            RawClient.Answer answer = client.query("select 8 as database_closed");
            assertThat(answer.json().path("success").asBoolean()).isFalse();
            assertThat(answer.text()).doesNotContain("Exception", "\tat ", name);
            assertThat(gateway.executed("database_closed")).isZero();
        } finally {
            admin("alter database " + name + " with allow_connections true");
        }
        TestGateway.await(() -> succeeds("select 9"));
    }

    /** In a database of its own, because the one of this test does not take connections. */
    private void admin(String sql) throws SQLException {
        String url = gateway.database()
                .jdbcUrl()
                .replace("/" + gateway.database().database() + "?currentSchema=snowgate", "/postgres");
        try (Connection connection = java.sql.DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void an_object_that_the_catalog_cannot_learn_is_refused() {
        gateway.emulator().addFault(Fault.onSql("INFORMATION_SCHEMA", Fault.Kind.STATUS, 500, 1000));
        refused("select reason as uncatalogued from prod.analytics.churn_outreach", "003001", "099905");
        assertThat(gateway.executed("uncatalogued")).isZero();
    }

    @Test
    void a_result_that_is_not_what_was_planned_is_withheld() throws SQLException {
        // Given: the view is known to the catalog
        assertThat(succeeds("select * from prod.analytics.customer_contacts limit 1"))
                .isTrue();
        // When: it changes under us
        gateway.emulator().clearLog();
        String changed =
                "create or replace view PROD.ANALYTICS.CUSTOMER_CONTACTS as select EMAIL, CUSTOMER_ID, SSN, FULL_NAME from PROD.CRM.CUSTOMERS";
        emulatorSql(changed);
        try {
            RawClient.Answer answer =
                    refused("select * from prod.analytics.customer_contacts limit 3", "099301", "003001");
            assertThat(answer.text()).doesNotContain("@example");
            assertThat(gateway.events("select * from prod.analytics.customer_contacts limit%"))
                    .isNotEmpty();
        } finally {
            emulatorSql(
                    "create or replace view PROD.ANALYTICS.CUSTOMER_CONTACTS as select CUSTOMER_ID, FULL_NAME, EMAIL as CONTACT from PROD.CRM.CUSTOMERS");
        }
    }

    /** As somebody who is not an agent would, directly. */
    private void emulatorSql(String sql) {
        String token = "";
        try (RawClient direct = new RawClient(gateway.emulator().url())) {
            RawClient.Answer login = direct.send(
                    "POST",
                    "/session/v1/login-request?requestId=" + UUID.randomUUID(),
                    RawClient.json(Map.of(
                            "data", Map.of("LOGIN_NAME", "DBA", "PASSWORD", "dba-password", "CLIENT_APP_ID", "Raw"))),
                    Map.of());
            token = login.json().path("data").path("token").asString();
            RawClient.Answer answer = direct.send(
                    "POST",
                    RawClient.queryPath(UUID.randomUUID().toString()),
                    RawClient.json(RawClient.queryBody(sql, Map.of())),
                    Map.of("Authorization", "Snowflake Token=\"" + token + "\"", "Accept", "application/snowflake"));
            assertThat(answer.json().path("success").asBoolean())
                    .as(login.text() + answer.text())
                    .isTrue();
        }
    }

    @Test
    void a_lost_answer_of_snowflake_is_learned_and_nothing_runs_twice() {
        gateway.emulator().addFault(Fault.onSql("lost_answer", Fault.Kind.RESET, 1, 1));
        assertThat(succeeds("select 10 as lost_answer")).isTrue();
        assertThat(gateway.executed("lost_answer")).isEqualTo(1);
    }

    @Test
    void snowflake_out_of_order_is_an_error_and_passes() {
        gateway.emulator().addFault(Fault.onSql("upstream_down", Fault.Kind.STATUS, 503, 1));
        RawClient.Answer answer = client.followed(client.query("select 11 as upstream_down"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.executed("upstream_down")).isLessThanOrEqualTo(1);
        assertThat(succeeds("select 12")).isTrue();
    }
}
