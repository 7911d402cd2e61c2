package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.snowgate.emulator.NodeDriver;
import dev.snowgate.gateway.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vendor's Node driver, unmodified, through gateway and emulator. */
class NodeDriverIT {
    private static TestGateway gateway;
    private static NodeDriver node;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(NodeDriver.present(), "skipped: no node program on the path, so the Node driver can't be tried");
        node = NodeDriver.installed();
        gateway = TestGateway.start(
                options -> options.seed(120_000, 2_000, 200), Map.of("snowgate.session.token-validity", "20s"));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static Map<String, Object> as(String agent) {
        return Map.of(
                "accessUrl",
                gateway.url().toString(),
                "account",
                TestGateway.ACCOUNT,
                "username",
                agent,
                "authenticator",
                "OAUTH",
                "token",
                gateway.token(agent),
                "database",
                "PROD",
                "schema",
                "CRM",
                "warehouse",
                "COMPUTE_WH");
    }

    private static List<JsonNode> run(String agent, List<? extends Map<String, ?>> steps) {
        try {
            List<JsonNode> lines = node.run(as(agent), steps);
            assertThat(lines.getFirst().path("ok").asBoolean())
                    .as(lines.toString())
                    .isTrue();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reads_are_masked_binds_arrive_and_batches_are_one_statement() {
        List<JsonNode> lines = run(
                "support-copilot",
                List.of(
                        Map.of("sql", "select email as x, 'a' as email from customers order by customer_id limit 2"),
                        Map.of("sql", "select order_id from orders where order_id = ?", "binds", List.of(500_003))));
        assertThat(lines.get(1).path("first").get(0).path("X").asString())
                .as(lines.toString())
                .contains("*");
        assertThat(lines.get(1).path("first").get(0).path("EMAIL").asString()).isEqualTo("a");
        assertThat(lines.get(2).path("first").get(0).path("ORDER_ID").asInt())
                .as(lines.toString())
                .isEqualTo(500_003);

        List<JsonNode> batch = run(
                "forecast-agent",
                List.of(
                        Map.of(
                                "sql",
                                "insert into dev.sandbox.experiments (experiment_id, name) values (?, ?)",
                                "binds",
                                List.of(List.of(901, "a"), List.of(902, "b"))),
                        Map.of(
                                "sql",
                                "select count(*) as n from dev.sandbox.experiments where experiment_id in (901, 902)")));
        assertThat(batch.get(2).path("first").get(0).path("N").asInt())
                .as(batch.toString())
                .isEqualTo(2);
        assertThat(gateway.executed("insert into dev.sandbox.experiments")).isEqualTo(1);
    }

    @Test
    void a_hundred_thousand_rows_come_in_chunks_and_masked() {
        List<JsonNode> lines = run(
                "support-copilot",
                List.of(Map.of("sql", "select email as x, customer_id from customers", "keep", 120_000)));
        JsonNode read = lines.get(1);
        assertThat(read.path("rows").asInt())
                .as(read.path("message").asString())
                .isEqualTo(120_000);
        for (JsonNode row : read.path("first")) {
            if (!row.path("X").asString().contains("*")) {
                throw new AssertionError("a raw address");
            }
        }
    }

    @Test
    void refusals_are_readable() {
        List<JsonNode> lines = run(
                "support-copilot",
                List.of(
                        Map.of("sql", "drop table prod.crm.customers"),
                        Map.of("sql", "copy into 's3://elsewhere/' from prod.crm.customers")));
        for (JsonNode line : lines.subList(1, 3)) {
            assertThat(line.path("code").asString()).as(line.toString()).isEqualTo("003001");
            assertThat(line.path("sqlState").asString()).isEqualTo("42501");
            assertThat(line.path("message").asString()).contains("Refused by Snowgate", "It did not run");
        }
        assertThat(gateway.executed("drop table") + gateway.executed("s3://elsewhere"))
                .isZero();
    }

    @Test
    void a_held_statement_waits_in_the_driver_then_runs_or_is_denied() throws Exception {
        CompletableFuture<List<JsonNode>> approved = CompletableFuture.supplyAsync(() -> run(
                "forecast-agent",
                List.of(Map.of("sql", "update prod.crm.orders set status = 'NODE' where order_id = 500003"))));
        gateway.review(gateway.awaitRequest(), "APPROVE", "fine");
        assertThat(approved.get().get(1).path("ok").asBoolean())
                .as(approved.get().toString())
                .isTrue();
        assertThat(gateway.executed("status = 'NODE'")).isEqualTo(1);

        CompletableFuture<List<JsonNode>> denied = CompletableFuture.supplyAsync(() -> run(
                "forecast-agent",
                List.of(Map.of("sql", "update prod.crm.orders set status = 'NODENIED' where order_id = 500003"))));
        gateway.review(gateway.awaitRequest(), "DENY", "Not on a Friday");
        assertThat(denied.get().get(1).path("message").asString()).contains("Not on a Friday");
        assertThat(gateway.executed("NODENIED")).isZero();
    }

    @Test
    void several_statements_asynchronous_ones_and_cancelled_ones() {
        List<JsonNode> lines = run(
                "forecast-agent",
                List.of(
                        Map.of("sql", "select 1 as a; select count(*) as a from dev.sandbox.orders_sample", "multi", 2),
                        Map.of("sql", "select count(*) as n from dev.sandbox.orders_sample", "async", true),
                        Map.of(
                                "sql",
                                "select sum(a.amount * b.amount * c.amount) as n from dev.sandbox.orders_sample a, dev.sandbox.orders_sample b,"
                                        + " dev.sandbox.orders_sample c, dev.sandbox.orders_sample d",
                                "cancelAfterMs",
                                1500)));
        assertThat(lines.get(1).path("children").size()).as(lines.toString()).isEqualTo(2);
        assertThat(lines.get(2).path("first").get(0).path("N").asInt())
                .as(lines.toString())
                .isEqualTo(1000);
        assertThat(lines.get(3).path("code").asString()).as(lines.toString()).isEqualTo("000604");
    }

    @Test
    void expired_tokens_are_renewed_on_both_sides() {
        gateway.emulator()
                .addFault(dev.snowgate.emulator.Fault.onSql(
                        "node_renews", dev.snowgate.emulator.Fault.Kind.EXPIRE_SESSION_TOKEN, 0, 1));
        List<JsonNode> lines = run("support-copilot", List.of(Map.of("sql", "select 'node_renews' as r")));
        assertThat(lines.get(1).path("first").get(0).path("R").asString())
                .as(lines.toString())
                .isEqualTo("node_renews");
    }
}
