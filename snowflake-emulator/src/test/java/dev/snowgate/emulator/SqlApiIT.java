package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The SQL API by a plain HTTP client. */
class SqlApiIT {
    private static EmulatorServer emulator;
    private static RawClient client;
    private static KeyPair key;

    @BeforeAll
    static void start() throws Exception {
        key = KeyPairs.generate();
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("svc", "unused", "AGENT_READER")
                        .withPublicKey(KeyPairs.publicText(key))
                        .withOauthToken("oauth-1"))
                .user(EmulatedUser.named("other", "unused", "AGENT_READER").withOauthToken("oauth-2"))
                .pollWait(Duration.ofMillis(700))
                .seed(100, 120_000, 100)
                .build());
        client = new RawClient(emulator.url());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static Map<String, String> oauth(String token) {
        return Map.of(
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json",
                "User-Agent",
                "test/1");
    }

    private static RawClient.Answer submit(String query, Map<String, ?> body) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("database", "PROD", "schema", "CRM", "role", "AGENT_READER"));
        all.putAll(body);
        return client.send(
                "POST", "/api/v2/statements" + query, RawClient.JSON.writeValueAsString(all), oauth("oauth-1"));
    }

    private static RawClient.Answer get(String path) throws Exception {
        return client.send("GET", path, "", oauth("oauth-1"));
    }

    @Test
    void answers_a_statement_with_binds_and_words_for_booleans() throws Exception {
        RawClient.Answer answer = submit(
                "",
                Map.of(
                        "statement",
                        "select ? + 1 as n, true as t, null as x",
                        "bindings",
                        Map.of("1", Map.of("type", "FIXED", "value", "41"))));

        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(json.path("data").get(0).get(0).asString()).isEqualTo("42");
        assertThat(json.path("data").get(0).get(1).asString()).isEqualTo("true");
        assertThat(json.path("data").get(0).get(2).isNull()).isTrue();
        assertThat(json.path("code").asString()).isEqualTo("090001");
        assertThat(answer.response().headers().firstValue("Link")).isPresent();
    }

    @Test
    void gives_partitions_compressed_and_bare() throws Exception {
        String handle = submit("?async=true", Map.of("statement", "select * from orders"))
                .json()
                .path("statementHandle")
                .asString();
        JsonNode json = settled("/api/v2/statements/" + handle);
        JsonNode partitions = json.path("resultSetMetaData").path("partitionInfo");
        long rows = json.path("data").size();
        assertThat(partitions.size()).isGreaterThan(2);
        for (int i = 1; i < partitions.size(); i++) {
            RawClient.Answer partition = get("/api/v2/statements/" + handle + "?partition=" + i);
            assertThat(partition.response().headers().firstValue("Content-Encoding"))
                    .contains("gzip");
            assertThat(partition.json().size()).isEqualTo(1);
            assertThat(partition.json().path("data"))
                    .hasSize(partitions.get(i).path("rowCount").asInt());
            rows += partition.json().path("data").size();
        }

        assertThat(rows)
                .isEqualTo(120_000)
                .isEqualTo(json.path("resultSetMetaData").path("numRows").asLong());
        assertThat(client.send("GET", "/api/v2/statements/" + handle, "", oauth("oauth-2"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void answers_202_while_running_and_the_result_later() throws Exception {
        RawClient.Answer first = submit("", Map.of("statement", "select system$wait(2)"));
        RawClient.Answer async = submit("?async=true", Map.of("statement", "select 5"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().path("code").asString()).isEqualTo("333334");
        assertThat(async.status()).isIn(200, 202);
        assertThat(settled(first.json().path("statementStatusUrl").asString())
                        .path("data")
                        .get(0)
                        .get(0)
                        .asString())
                .isEqualTo("waited 2 seconds");
    }

    private static JsonNode settled(String url) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            RawClient.Answer answer = get(url);
            if (answer.status() != 202) {
                return answer.json();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("still running: " + url);
    }

    @Test
    void cancels_a_running_statement() throws Exception {
        String handle = submit("?async=true", Map.of("statement", "select system$wait(30)"))
                .json()
                .path("statementHandle")
                .asString();

        RawClient.Answer cancelled =
                client.send("POST", "/api/v2/statements/" + handle + "/cancel", "", oauth("oauth-1"));

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(settled("/api/v2/statements/" + handle).path("code").asString())
                .isEqualTo("000604");
        assertThat(client.send("POST", "/api/v2/statements/" + handle + "/cancel", "", oauth("oauth-1"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void gives_one_handle_per_statement_of_a_request_of_several() throws Exception {
        JsonNode json = submit(
                        "",
                        Map.of(
                                "timeout",
                                30,
                                "statement",
                                "create or replace table api_t (id int); insert into api_t values (1), (2); select count(*) from api_t",
                                "parameters",
                                Map.of("multi_statement_count", "3")))
                .json();

        assertThat(json.path("statementHandles")).hasSize(3);
        assertThat(get("/api/v2/statements/"
                                + json.path("statementHandles").get(1).asString())
                        .json()
                        .path("stats")
                        .path("numRowsInserted")
                        .asInt())
                .isEqualTo(2);
        assertThat(get("/api/v2/statements/"
                                + json.path("statementHandles").get(2).asString())
                        .json()
                        .path("data")
                        .get(0)
                        .get(0)
                        .asString())
                .isEqualTo("2");
    }

    @Test
    void runs_once_for_a_repeated_request_id() throws Exception {
        submit("", Map.of("statement", "create or replace table api_once (id int)"));
        String requestId = UUID.randomUUID().toString();
        emulator.clearLog();

        JsonNode first = submit("?requestId=" + requestId, Map.of("statement", "insert into api_once values (1)"))
                .json();
        JsonNode again = submit(
                        "?requestId=" + requestId + "&retry=true",
                        Map.of("statement", "insert into api_once values (1)"))
                .json();

        assertThat(again.path("statementHandle")).isEqualTo(first.path("statementHandle"));
        assertThat(emulator.log()).hasSize(1);
    }

    @Test
    void answers_errors_by_status() throws Exception {
        assertThat(submit("", Map.of("statement", "select * from nope")).status())
                .isEqualTo(422);
        assertThat(submit("", Map.of("statement", "select * from nope"))
                        .json()
                        .path("sqlState")
                        .asString())
                .isEqualTo("42S02");
        assertThat(submit("", Map.of("statement", "use role X")).status()).isEqualTo(422);
        assertThat(submit("", Map.of("statement", "select 1", "role", "ACCOUNTADMIN"))
                        .status())
                .isEqualTo(403);
        assertThat(submit("", Map.of()).status()).isEqualTo(400);
        assertThat(client.send("POST", "/api/v2/statements", "{}", oauth("wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(client.send("POST", "/api/v2/statements", "{}", Map.of()).status())
                .isEqualTo(401);
    }

    @Test
    void takes_a_key_pair_token() throws Exception {
        Map<String, String> headers = new HashMap<>(
                oauth(KeyPairs.token(key, "SNOWGATE", "SVC", Instant.now().plusSeconds(50))));
        headers.put("X-Snowflake-Authorization-Token-Type", "KEYPAIR_JWT");

        JsonNode json = client.send("POST", "/api/v2/statements", "{\"statement\":\"select current_user()\"}", headers)
                .json();

        assertThat(json.path("data").get(0).get(0).asString()).isEqualTo("SVC");
    }
}
