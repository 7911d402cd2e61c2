package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The unmodified Node driver against the emulator. */
class NodeDriverIT {
    private static EmulatorServer emulator;
    private static NodeDriver node;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(NodeDriver.present(), "skipped: no node program on the path, so the Node driver can't be tried");
        node = NodeDriver.installed();
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER")
                        .withContext("PROD", "CRM")
                        .withOauthToken("an-oauth-token"))
                .pollWait(Duration.ofMillis(700))
                .build());
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    private static Map<String, Object> connection() {
        return Map.of(
                "accessUrl", emulator.url().toString(), "account", "SNOWGATE", "username", "ada", "password", "secret");
    }

    @Test
    void reads_rows_and_binds() throws Exception {
        List<JsonNode> lines = node.run(
                connection(),
                List.of(
                        Map.of(
                                "sql",
                                "select customer_id, email from customers where customer_id = ?",
                                "binds",
                                List.of(10003)),
                        Map.of("sql", "create or replace table node_t (id int, name string)"),
                        Map.of(
                                "sql",
                                "insert into node_t values (?, ?)",
                                "binds",
                                List.of(List.of(1, "a"), List.of(2, "b"))),
                        Map.of("sql", "select count(*) as n from node_t")));

        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("ok").asBoolean())
                        .as(line.toString())
                        .isTrue());
        assertThat(lines.get(1).path("first").get(0).path("EMAIL").asString()).contains("@example");
        assertThat(lines.get(4).path("first").get(0).path("N").asInt()).isEqualTo(2);
    }

    @Test
    void reads_two_hundred_thousand_rows_in_chunks() throws Exception {
        List<JsonNode> lines = node.run(connection(), List.of(Map.of("sql", "select * from PROD.CRM.ORDERS")));

        assertThat(lines.get(1).path("rows").asInt()).as(lines.toString()).isEqualTo(200_000);
    }

    @Test
    void runs_several_statements_and_async_ones() throws Exception {
        List<JsonNode> lines = node.run(
                connection(),
                List.of(
                        Map.of("sql", "select 1 as a; select 2 as a", "multi", 2),
                        Map.of("sql", "select count(*) as n from orders", "async", true)));

        assertThat(lines.get(1).path("children")).as(lines.toString()).hasSize(2);
        assertThat(lines.get(2).path("first").get(0).path("N").asInt())
                .as(lines.toString())
                .isEqualTo(200_000);
    }

    @Test
    void waits_for_a_long_statement_and_cancels_one() throws Exception {
        List<JsonNode> lines = node.run(
                connection(),
                List.of(
                        Map.of("sql", "select system$wait(2) as w"),
                        Map.of("sql", "select system$wait(30) as w", "cancelAfterMs", 1200)));

        assertThat(lines.get(1).path("ok").asBoolean()).as(lines.toString()).isTrue();
        assertThat(lines.get(2).path("code").asString()).as(lines.toString()).isEqualTo("000604");
        assertThat(lines.get(2).path("ms").asInt()).isLessThan(15_000);
    }

    @Test
    void shows_errors_and_renews_an_expired_token() throws Exception {
        emulator.addFault(Fault.onSql("renewed", Fault.Kind.EXPIRE_SESSION_TOKEN, 0, 1));
        List<JsonNode> lines = node.run(
                Map.of(
                        "accessUrl",
                        emulator.url().toString(),
                        "account",
                        "SNOWGATE",
                        "username",
                        "ada",
                        "authenticator",
                        "OAUTH",
                        "token",
                        "an-oauth-token"),
                List.of(Map.of("sql", "select * from no_such_table"), Map.of("sql", "select 'renewed' as r")));

        assertThat(lines.get(1).path("code").asString()).as(lines.toString()).isEqualTo("002003");
        assertThat(lines.get(1).path("sqlState").asString()).isEqualTo("42S02");
        assertThat(lines.get(2).path("first").get(0).path("R").asString()).isEqualTo("renewed");
    }

    @Test
    void refuses_a_wrong_password() throws Exception {
        List<JsonNode> lines = node.run(
                Map.of(
                        "accessUrl",
                        emulator.url().toString(),
                        "account",
                        "SNOWGATE",
                        "username",
                        "ada",
                        "password",
                        "wrong"),
                List.of());

        assertThat(lines.getFirst().path("ok").asBoolean()).isFalse();
        assertThat(lines.getFirst().path("message").asString()).contains("Incorrect username or password");
    }
}
