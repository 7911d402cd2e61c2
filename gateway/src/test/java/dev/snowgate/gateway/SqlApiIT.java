package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.emulator.Fault;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The SQL API by plain HTTP: masks, partitions, 202 polling, holds, cancel, errors. */
class SqlApiIT {
    private static final String STATEMENTS = "/api/v2/statements";
    private static TestGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(options -> options.seed(6_000, 2_000, 200).rows(100, 1_000), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        client = new RawClient(gateway.url());
    }

    @AfterEach
    void end() {
        client.close();
    }

    private RawClient.Answer submit(String agent, String query, Map<String, ?> body) {
        return client.send("POST", STATEMENTS + query, RawClient.json(body), headers(agent));
    }

    private RawClient.Answer submit(String agent, String sql) {
        return submit(agent, "", Map.of("statement", sql));
    }

    private static final Map<String, String> TOKENS = new HashMap<>();

    private static Map<String, String> headers(String agent) {
        return RawClient.bearer(TOKENS.computeIfAbsent(agent, gateway::token));
    }

    @Test
    void masks_follow_the_column_and_not_its_name_in_every_partition() {
        // When
        RawClient.Answer first =
                submit("support-copilot", "select email as x, 'a' as email from customers order by customer_id");
        // Then
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        JsonNode reply = first.json();
        int partitions = reply.path("resultSetMetaData").path("partitionInfo").size();
        assertThat(partitions).isGreaterThan(3);
        int rows = assertMasked(reply.path("data"));
        String handle = reply.path("statementHandle").asString();
        for (int i = 1; i < partitions; i++) {
            RawClient.Answer part =
                    client.get(STATEMENTS + "/" + handle + "?partition=" + i, headers("support-copilot"));
            assertThat(part.status()).isEqualTo(200);
            assertThat(part.response().headers().firstValue("Content-Encoding")).contains("gzip");
            rows += assertMasked(part.json().path("data"));
        }
        assertThat(rows).isEqualTo(6_000);
        assertThat(client.get(STATEMENTS + "/" + handle + "?partition=" + partitions, headers("support-copilot"))
                        .status())
                .as("one too many")
                .isNotEqualTo(200);
        assertThat(client.get(STATEMENTS + "/" + handle + "?partition=1", headers("ledger-agent"))
                        .status())
                .as("another agent")
                .isEqualTo(404);
        assertThat(client.get(STATEMENTS + "/" + handle, headers("support-copilot"))
                        .json()
                        .path("data")
                        .get(0)
                        .get(0)
                        .asString())
                .as("read again")
                .contains("*");
    }

    @Test
    void a_partition_that_snowflake_does_not_give_is_an_error_of_the_api_and_recorded() throws SQLException {
        // Given
        RawClient.Answer first = submit(
                "support-copilot", "select email as lost_part, 'b' as other from customers order by customer_id");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        String handle = first.json().path("statementHandle").asString();
        gateway.emulator().addFault(Fault.onPath(STATEMENTS + "/", Fault.Kind.STATUS, 503, 1));
        // When
        RawClient.Answer lost = client.get(STATEMENTS + "/" + handle + "?partition=1", headers("support-copilot"));
        RawClient.Answer again = client.get(STATEMENTS + "/" + handle + "?partition=1", headers("support-copilot"));
        // Then
        assertThat(lost.status()).as(lost.text()).isEqualTo(503);
        assertThat(lost.code()).isEqualTo("099201");
        assertThat(lost.response().headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(again.status()).isEqualTo(200);
        assertThat(gateway.query("select count(*) from session_event e join statement s on s.id = e.statement_id"
                        + " where s.shape ilike '%lost_part%' and e.kind = 'WITHHELD'"))
                .containsExactly("1");
    }

    private static int assertMasked(JsonNode rows) {
        for (JsonNode row : rows) {
            assertThat(row.get(0).asString()).matches("[^.]\\*+@.*");
            assertThat(row.get(1).asString()).isEqualTo("a");
        }
        return rows.size();
    }

    @Test
    void binds_and_several_statements() {
        RawClient.Answer bound = submit(
                "support-copilot",
                "",
                Map.of(
                        "statement",
                        "select order_id, amount from orders where order_id = ?",
                        "bindings",
                        Map.of("1", Map.of("type", "FIXED", "value", "500007"))));
        assertThat(bound.json().path("data").get(0).get(0).asString())
                .as(bound.text())
                .isEqualTo("500007");

        RawClient.Answer several = submit(
                "support-copilot",
                "",
                Map.of(
                        "statement",
                        "select 1; select email as e from customers limit 1",
                        "parameters",
                        Map.of("MULTI_STATEMENT_COUNT", "2")));
        assertThat(several.status()).as(several.text()).isEqualTo(200);
        JsonNode handles = several.json().path("statementHandles");
        assertThat(handles.size()).as(several.text()).isEqualTo(2);
        RawClient.Answer second = client.get(STATEMENTS + "/" + handles.get(1).asString(), headers("support-copilot"));
        assertThat(second.json().path("data").get(0).get(0).asString())
                .as(second.text())
                .contains("*");

        RawClient.Answer undeclared = submit("support-copilot", "select 21; select 22");
        assertThat(undeclared.status()).isEqualTo(422);
        assertThat(undeclared.code()).isEqualTo("000008");
        assertThat(gateway.executed("select 21")).isZero();
    }

    @Test
    void a_held_statement_is_polled_until_a_person_decides() throws SQLException {
        // Given
        RawClient.Answer held = submit("ledger-agent", "select count(*) as api_held from prod.crm.orders");
        assertThat(held.status()).as(held.text()).isEqualTo(202);
        String url = held.json().path("statementStatusUrl").asString();
        assertThat(url).startsWith(STATEMENTS);
        CompletableFuture<RawClient.Answer> poll = client.later("GET", url, null, headers("ledger-agent"));
        assertThat(gateway.executed("api_held")).isZero();
        // When
        gateway.review(gateway.awaitRequest(), "APPROVE", "fine");
        // Then
        RawClient.Answer done = poll.join();
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().path("data").get(0).get(0).asString()).isEqualTo("2000");
        assertThat(gateway.executed("api_held")).isEqualTo(1);
    }

    @Test
    void a_held_statement_runs_for_another_token_of_its_agent_and_stays_recorded_where_it_began() throws SQLException {
        // Given
        RawClient.Answer held = submit("ledger-agent", "select count(*) as two_tokens from prod.crm.orders");
        assertThat(held.status()).as(held.text()).isEqualTo(202);
        String url = held.json().path("statementStatusUrl").asString();
        gateway.review(gateway.awaitRequest(), "APPROVE", "go");
        // When
        RawClient.Answer done = client.get(url, RawClient.bearer(gateway.token("ledger-agent")));
        for (int i = 0; i < 20 && done.status() == 202; i++) {
            done = client.get(url, RawClient.bearer(gateway.token("ledger-agent")));
        }
        RawClient.Answer first = client.get(url, headers("ledger-agent"));
        // Then
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(gateway.executed("two_tokens")).isEqualTo(1);
        assertThat(gateway.query("select count(distinct e.session_id) from session_event e join statement s on s.id ="
                        + " e.statement_id and s.session_id = e.session_id where s.shape ilike"
                        + " '%two_tokens%'"))
                .containsExactly("1");
        assertThat(gateway.query("select count(*) from session_event e join statement s on s.id = e.statement_id"
                        + " and s.session_id <> e.session_id where s.shape ilike '%two_tokens%'"))
                .containsExactly("0");
    }

    @Test
    void a_denied_statement_answers_422_with_the_reviewers_words() throws SQLException {
        RawClient.Answer held = submit("ledger-agent", "delete from prod.crm.orders where order_id = 500001");
        assertThat(held.status()).isEqualTo(202);
        gateway.review(gateway.awaitRequest(), "DENY", "Ask finance first");
        RawClient.Answer done =
                client.get(held.json().path("statementStatusUrl").asString(), headers("ledger-agent"));
        assertThat(done.status()).isEqualTo(422);
        assertThat(done.json().path("sqlState").asString()).isEqualTo("42501");
        assertThat(done.json().path("message").asString()).contains("Ask finance first");
        assertThat(gateway.executed("delete from prod.crm.orders")).isZero();
    }

    @Test
    void an_asynchronous_statement_is_polled_and_can_be_cancelled() {
        RawClient.Answer quick = submit(
                "forecast-agent", "?async=true", Map.of("statement", "select count(*) from dev.sandbox.orders_sample"));
        assertThat(quick.status()).as(quick.text()).isEqualTo(202);
        RawClient.Answer done =
                client.get(quick.json().path("statementStatusUrl").asString(), headers("forecast-agent"));
        assertThat(done.status()).as(done.text()).isEqualTo(200);

        RawClient.Answer endless = submit(
                "forecast-agent",
                "?async=true",
                Map.of(
                        "statement",
                        "select sum(a.amount * b.amount * c.amount) as api_endless from dev.sandbox.orders_sample a,"
                                + " dev.sandbox.orders_sample b, dev.sandbox.orders_sample c, dev.sandbox.orders_sample"
                                + " d"));
        assertThat(endless.status()).as(endless.text()).isEqualTo(202);
        String handle = endless.json().path("statementHandle").asString();
        TestGateway.await(() -> gateway.executed("api_endless") == 1);
        RawClient.Answer cancelled =
                client.send("POST", STATEMENTS + "/" + handle + "/cancel", "", headers("forecast-agent"));
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        RawClient.Answer after = client.get(STATEMENTS + "/" + handle, headers("forecast-agent"));
        assertThat(after.status()).as(after.text()).isEqualTo(422);
        assertThat(after.code()).isEqualTo("000604");
    }

    @Test
    void the_same_request_id_runs_once_and_another_text_under_it_is_refused() {
        String query = "?requestId=" + UUID.randomUUID() + "&retry=true";
        Map<String, ?> body = Map.of("statement", "insert into dev.sandbox.experiments (experiment_id) values (4711)");
        assertThat(submit("forecast-agent", query, body).status()).isEqualTo(200);
        assertThat(submit("forecast-agent", query, body).status()).isEqualTo(200);
        assertThat(gateway.executed("values (4711)")).isEqualTo(1);
        RawClient.Answer reused = submit("forecast-agent", query, Map.of("statement", "select 31"));
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.code()).isEqualTo("099106");
        assertThat(gateway.executed("select 31")).isZero();
    }

    @Test
    void every_request_names_its_context_and_defaults_are_the_agents() {
        RawClient.Answer named = submit(
                "forecast-agent",
                "",
                Map.of("statement", "select count(*) from orders_sample", "database", "DEV", "schema", "SANDBOX"));
        assertThat(named.status()).as(named.text()).isEqualTo(200);
        RawClient.Answer again = submit("forecast-agent", "select count(*) from orders_sample");
        assertThat(again.status()).as("the next request has the defaults again").isEqualTo(422);
    }

    @Test
    void errors_have_their_statuses() {
        assertThat(submit("support-copilot", "drop table prod.crm.orders").status())
                .isEqualTo(422);
        assertThat(submit("support-copilot", "drop table prod.crm.orders").code())
                .isEqualTo("003001");
        assertThat(client.send("POST", STATEMENTS, "{\"statement\":\"select 1\"}", RawClient.bearer("x.y.z"))
                        .status())
                .isEqualTo(401);
        assertThat(client.send(
                                "POST",
                                STATEMENTS,
                                "{\"statement\":\"select 1\"}",
                                Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(401);
        assertThat(client.get(STATEMENTS + "/" + UUID.randomUUID(), headers("support-copilot"))
                        .status())
                .isEqualTo(404);
        assertThat(client.send("POST", STATEMENTS, "{\"statement\":", headers("support-copilot"))
                        .status())
                .isEqualTo(400);
        RawClient.Answer wrong = submit("forecast-agent", "select no_such_column from dev.sandbox.orders_sample");
        assertThat(wrong.status()).as(wrong.text()).isEqualTo(422);
        assertThat(client.get("/api/v2/databases", headers("support-copilot")).status())
                .isEqualTo(404);
    }
}
