package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the driver protocol promises and no driver shows. */
@Timeout(60)
class DriverProtocolIT {
    private EmulatorServer emulator;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER").withContext("PROD", "CRM"))
                .user(EmulatedUser.named("bob", "hidden", "AGENT_READER").withContext("PROD", "CRM"))
                .pollWait(Duration.ofMillis(1200))
                .chunkUrlLifetime(Duration.ofMillis(1500))
                .rows(100, 1000)
                .seed(50, 5000, 50)
                .build());
        client = new RawClient(emulator.url());
        client.login("ada", "secret");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void runs_one_statement_for_one_request_id() throws Exception {
        client.query("create table once_t (id int)");
        String requestId = UUID.randomUUID().toString();
        emulator.clearLog();

        JsonNode first = client.query("insert into once_t values (1)", requestId, Map.of());
        JsonNode again = client.query("insert into once_t values (1)", requestId, Map.of());

        assertThat(first.path("data").path("queryId"))
                .isEqualTo(again.path("data").path("queryId"));
        assertThat(emulator.log()).hasSize(1);
        assertThat(first.path("data").path("rowtype").get(0).path("name").asString())
                .isEqualTo("number of rows inserted");
    }

    @Test
    void answers_in_progress_until_the_result_is_there() throws Exception {
        JsonNode reply = client.query("select system$wait(3)");
        assertThat(reply.path("code").asString()).isEqualTo("333333");
        assertThat(reply.path("success").asBoolean()).isTrue();

        int polls = 0;
        while (reply.path("code").asString("").startsWith("33333") && polls++ < 20) {
            reply = client.get(reply.path("data").path("getResultUrl").asString());
        }

        assertThat(reply.path("data").path("rowset").get(0).get(0).asString()).isEqualTo("waited 3 seconds");
        assertThat(polls).isGreaterThan(1);
    }

    @Test
    void refuses_several_statements_that_were_not_declared() throws Exception {
        JsonNode reply = client.query("create table a_t (id int); drop table a_t");

        assertThat(reply.path("success").asBoolean()).isFalse();
        assertThat(reply.path("code").asString()).isEqualTo("000008");
        assertThat(client.query("select * from a_t").path("code").asString()).isEqualTo("002003");
    }

    @Test
    void serves_chunks_from_storage_with_the_key_and_nothing_else() throws Exception {
        JsonNode data = client.query("select * from orders").path("data");
        assertThat(data.path("total").asInt()).isEqualTo(5000);
        assertThat(data.path("rowset")).hasSize(100);
        JsonNode chunk = data.path("chunks").get(0);
        String url = chunk.path("url").asString();
        Map<String, String> key = new HashMap<>();
        data.path("chunkHeaders")
                .properties()
                .forEach(e -> key.put(e.getKey(), e.getValue().asString()));

        var good = client.send("GET", url, "", key);
        String rows = new String(
                new GZIPInputStream(new ByteArrayInputStream(good.response().body())).readAllBytes());
        Map<String, String> withAuthorization = new HashMap<>(key);
        withAuthorization.put("Authorization", "Snowflake Token=\"x\"");

        assertThat(good.status()).isEqualTo(200);
        assertThat(url).contains(":" + emulator.storagePort() + "/");
        assertThat(RawClient.JSON.readTree("[" + rows + "]"))
                .hasSize(chunk.path("rowCount").asInt());
        assertThat(rows.getBytes()).hasSize(chunk.path("uncompressedSize").asInt());
        assertThat(client.send("GET", url, "", withAuthorization).status()).isEqualTo(403);
        assertThat(client.send("GET", url, "", Map.of()).status()).isEqualTo(400);
        assertThat(client.send("GET", url.replace("/0?", "/1?"), "", key).status())
                .isEqualTo(403);
    }

    @Test
    void lets_chunk_urls_expire_and_signs_new_ones() throws Exception {
        JsonNode data = client.query("select * from orders").path("data");
        Map<String, String> key = new HashMap<>();
        data.path("chunkHeaders")
                .properties()
                .forEach(e -> key.put(e.getKey(), e.getValue().asString()));
        String url = data.path("chunks").get(0).path("url").asString();

        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (client.send("GET", url, "", key).status() != 403) {
            assertThat(System.nanoTime()).as("the URL never expires").isLessThan(deadline);
            Thread.sleep(100);
        }

        JsonNode fresh = client.get("/queries/" + data.path("queryId").asString() + "/result")
                .path("data");
        assertThat(client.send("GET", fresh.path("chunks").get(0).path("url").asString(), "", key)
                        .status())
                .isEqualTo(200);
        assertThat(emulator.log()).hasSize(1);
    }

    @Test
    void scopes_results_to_their_user() throws Exception {
        String queryId = client.query("select 1").path("data").path("queryId").asString();
        RawClient other = new RawClient(emulator.url());
        other.login("bob", "hidden");

        assertThat(other.get("/queries/" + queryId + "/result").path("code").asString())
                .isEqualTo("000709");
        assertThat(other.get("/monitoring/queries/" + queryId).path("data").path("queries"))
                .isEmpty();
        assertThat(client.get("/monitoring/queries/" + queryId)
                        .path("data")
                        .path("queries")
                        .get(0)
                        .path("status")
                        .asString())
                .isEqualTo("SUCCESS");
    }

    @Test
    void honours_statement_parameters() throws Exception {
        emulator.clearLog();
        JsonNode limited = client.query(
                "select * from orders",
                "r1",
                Map.of("parameters", Map.of("ROWS_PER_RESULTSET", 7, "QUERY_TAG", "tag-1")));
        JsonNode late = client.query(
                "select system$wait(20)", "r2", Map.of("parameters", Map.of("STATEMENT_TIMEOUT_IN_SECONDS", 1)));
        for (int i = 0; i < 20 && late.path("code").asString("").equals("333333"); i++) {
            late = client.get(late.path("data").path("getResultUrl").asString());
        }

        assertThat(limited.path("data").path("total").asInt()).isEqualTo(7);
        assertThat(emulator.log().getFirst().queryTag()).isEqualTo("tag-1");
        assertThat(late.path("code").asString()).isEqualTo("000630");
    }

    @Test
    void reports_the_context_after_use() throws Exception {
        JsonNode data = client.query("use schema PROD.SUPPORT").path("data");

        assertThat(data.path("finalSchemaName").asString()).isEqualTo("SUPPORT");
        assertThat(client.query("use role SYSADMIN").path("code").asString()).isEqualTo("003013");
        assertThat(client.query("select ticket_id, body from tickets")
                        .path("data")
                        .path("rowtype")
                        .get(1)
                        .path("table")
                        .asString())
                .isEqualTo("TICKETS");
    }

    @Test
    void strikes_with_scripted_faults_over_the_admin_path() throws Exception {
        client.send(
                "POST",
                "/__emulator/faults",
                "[{\"path\":\"/queries/v1\",\"kind\":\"status\",\"value\":503}]",
                Map.of());
        assertThat(client.send("POST", "/queries/v1/query-request", "{}", client.auth())
                        .status())
                .isEqualTo(503);
        assertThat(client.query("select 1").path("success").asBoolean()).isTrue();

        client.send("POST", "/__emulator/expire-tokens", "", Map.of());
        assertThat(client.query("select 1").path("code").asString()).isEqualTo("390112");
        assertThat(client.send("GET", "/__emulator/log", "", Map.of()).json()).hasSize(1);
        assertThat(client.send("GET", "/nowhere", "", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void damages_chunks_on_demand() throws Exception {
        JsonNode data = client.query("select * from orders").path("data");
        Map<String, String> key = new HashMap<>();
        data.path("chunkHeaders")
                .properties()
                .forEach(e -> key.put(e.getKey(), e.getValue().asString()));
        String url = data.path("chunks").get(0).path("url").asString();
        byte[] whole = client.send("GET", url, "", key).response().body();
        emulator.addFault(Fault.onPath("/results/", Fault.Kind.CORRUPT, 0, 1));
        byte[] corrupt = client.send("GET", url, "", key).response().body();
        emulator.addFault(Fault.onPath("/results/", Fault.Kind.TRUNCATE, 100, 1));

        assertThat(corrupt).hasSameSizeAs(whole).isNotEqualTo(whole);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.send("GET", url, "", key))
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void answers_put_with_something_like_credentials() throws Exception {
        JsonNode data = client.query("put file:///data/x.csv @~/in").path("data");

        assertThat(data.path("command").asString()).isEqualTo("UPLOAD");
        assertThat(data.path("stageInfo").path("locationType").asString()).isEqualTo("LOCAL_FS");
        assertThat(data.path("stageInfo").path("creds").path("AWS_SECRET_KEY").asString())
                .isNotEmpty();
    }
}
