package dev.snowgate.gateway;

import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no good client sends: each gets the dialect's own error, is recorded, and nothing of it reaches Snowflake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String MARK = "zz_never_seen";
    private TestGateway gateway;
    private RawClient client;
    private String bearer;

    @BeforeAll
    void start() {
        gateway = TestGateway.start(
                options -> options, Map.of("snowgate.edge.max-body", "2MB", "snowgate.edge.max-inflated", "4MB"));
        client = RawClient.loggedIn(gateway, "support-copilot");
        bearer = gateway.token("support-copilot");
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    private long recordedBefore;

    @BeforeEach
    void count() throws SQLException {
        // So many refusals are recorded in each second and the others counted: begin with a new one.
        long second = Instant.now().getEpochSecond();
        TestGateway.await(() -> Instant.now().getEpochSecond() > second);
        recordedBefore = recorded();
    }

    @AfterEach
    void nothing_was_executed_and_it_was_recorded() throws SQLException {
        assertThat(gateway.executed(MARK)).as("executed at Snowflake").isZero();
        assertThat(recorded()).as("recorded events").isGreaterThan(recordedBefore);
    }

    private long recorded() throws SQLException {
        return Long.parseLong(gateway.query("select count(*) from session_event where kind in"
                        + " ('EXCHANGE_REFUSED', 'LOGIN_REFUSED', 'REFUSED', 'RECEIVED')")
                .getFirst());
    }

    @Test
    void bodies_that_are_no_good_json_are_refused_in_the_dialects_own_form() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("cut", utf8("{\"sqlText\":\"select '" + MARK));
        bodies.put("empty", new byte[0]);
        bodies.put("a list", utf8("[\"select '" + MARK + "'\"]"));
        bodies.put("null", utf8("null"));
        bodies.put("two values", utf8("{\"sqlText\":\"select '" + MARK + "'\"}{}"));
        bodies.put("wrong type", utf8("{\"sqlText\":[\"select '" + MARK + "'\"]}"));
        bodies.put("a number", utf8("{\"sqlText\":17}"));
        bodies.put("no text", utf8("{\"asyncExec\":false}"));
        bodies.put("wrong flag", utf8("{\"sqlText\":\"select '" + MARK + "'\",\"asyncExec\":\"yes\"}"));
        bodies.put("duplicate", utf8("{\"sqlText\":\"select 1\",\"sqlText\":\"select '" + MARK + "'\"}"));
        bodies.put("duplicate deep", utf8("{\"sqlText\":\"select '" + MARK + "'\",\"parameters\":{\"A\":1,\"A\":2}}"));
        bodies.put(
                "no UTF-8",
                concat(utf8("{\"sqlText\":\"select '" + MARK), new byte[] {(byte) 0xc3, 0x28}, utf8("'\"}")));
        bodies.put(
                "deep",
                utf8("{\"sqlText\":\"select '" + MARK + "'\",\"bindings\":" + "[".repeat(5000) + "]".repeat(5000)
                        + "}"));
        bodies.forEach((name, body) -> {
            assertDriverError(name, client.send("POST", path(), body, client.driverHeaders()), "099101");
            if (name.equals("wrong flag")) {
                // The SQL API does not know that field: it is dropped.
                return;
            }
            byte[] sqlApi = new String(body, StandardCharsets.ISO_8859_1)
                    .replace("sqlText", "statement")
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertSqlApiError(
                    name, client.send("POST", "/api/v2/statements", sqlApi, RawClient.bearer(bearer)), 400, 422);
        });
    }

    @Test
    void refused_fields_are_refused_and_unknown_ones_are_dropped_and_named() throws SQLException {
        assertDriverError(
                "bindStage",
                client.send(
                        "POST",
                        path(),
                        utf8("{\"sqlText\":\"select '" + MARK + "'\",\"bindStage\":\"@x\"}"),
                        client.driverHeaders()),
                "099105");
        RawClient.Answer unknown = client.query(
                "select 1 as dropped_field", UUID.randomUUID().toString(), Map.of("somethingNew", Map.of("a", 1)));
        assertThat(unknown.json().path("success").asBoolean())
                .as(unknown.text())
                .isTrue();
        assertThat(gateway.query(
                                "select convert_from(e.body, 'UTF8') from session_event e join statement s on s.id = e.statement_id"
                                        + " where s.shape ilike '%dropped_field%'")
                        .toString())
                .contains("somethingNew");
    }

    @Test
    void compressed_bodies_that_lie_are_refused() throws IOException {
        Map<String, String> gzip = with(client.driverHeaders(), "Content-Encoding", "gzip");
        assertDriverError(
                "no gzip",
                client.send("POST", path(), utf8("{\"sqlText\":\"select '" + MARK + "'\"}"), gzip),
                "099101");
        byte[] whole = gzip(utf8("{\"sqlText\":\"select '" + MARK + "'\"}"));
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 6);
        assertDriverError("cut gzip", client.send("POST", path(), cut, gzip), "099101");
        assertDriverError(
                "unknown encoding",
                client.send("POST", path(), whole, with(client.driverHeaders(), "Content-Encoding", "br")),
                "099101",
                "099112");
        byte[] bomb =
                gzip(utf8("{\"sqlText\":\"select '" + MARK + "'\",\"x\":\"" + " ".repeat(32 * 1024 * 1024) + "\"}"));
        assertDriverError("bomb", client.send("POST", path(), bomb, gzip), "099103");
    }

    @Test
    void a_body_over_the_limit_is_read_and_refused() {
        byte[] large = utf8("{\"sqlText\":\"select '" + MARK + "x".repeat(3 * 1024 * 1024) + "'\"}");
        assertDriverError("large", client.send("POST", path(), large, client.driverHeaders()), "099103");
        assertSqlApiError("large", client.send("POST", "/api/v2/statements", large, RawClient.bearer(bearer)), 413);
        byte[] login = utf8("{\"data\":{\"TOKEN\":\"" + "x".repeat(400 * 1024) + "\"}}");
        assertDriverError(
                "log-in",
                client.send("POST", "/session/v1/login-request", login, Map.of("Content-Type", "application/json")),
                "099103");
    }

    @Test
    void a_statement_of_a_megabyte_gets_an_answer() {
        String text = "select '" + MARK + "' as a from prod.crm.customers where customer_id in (" + "1,".repeat(500_000)
                + "1)";
        RawClient.Answer answer = client.followed(client.query(text));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).isFalse();
        assertThat(answer.code()).isIn("003001", "099104");
        assertNothingShown("1 MB", answer);
    }

    @Test
    void paths_that_are_not_served_are_refused_by_the_last_route() {
        for (String path : List.of(
                "/",
                "/queries/v1/other",
                "/session/authenticator-request",
                "/api/v2/databases",
                "/console/login",
                "/actuator/env",
                "/__emulator/log")) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                RawClient.Answer answer = client.send(method, path, "{}", client.driverHeaders());
                assertThat(answer.status()).as(method + " " + path).isIn(200, 401, 404, 405);
                if (!path.startsWith("/actuator")) {
                    assertThat(answer.json().path("success").asBoolean(false))
                            .as(method + " " + path + answer.text())
                            .isFalse();
                }
                assertNothingShown(method + " " + path, answer);
            }
        }
        assertDriverError(
                "GET on a POST path",
                client.get("/queries/v1/query-request", client.driverHeaders()),
                "099111",
                "099102");
        assertDriverError(
                "text",
                client.send(
                        "POST",
                        path(),
                        utf8("{\"sqlText\":\"select '" + MARK + "'\"}"),
                        with(client.driverHeaders(), "Content-Type", "text/plain")),
                "099112");
    }

    @Test
    void somebody_elses_ids_are_answered_like_ids_that_never_were() {
        String mine = client.query("select 1 as mine")
                .json()
                .path("data")
                .path("queryId")
                .asString();
        try (RawClient other = RawClient.loggedIn(gateway, "ledger-agent")) {
            String never = "01c5f548-bd75-44aa-b6e3-000000000000";
            assertThat(shape(other.poll(mine), mine)).isEqualTo(shape(other.poll(never), never));
            assertThat(other.poll(mine).code()).isEqualTo("000709");
            assertThat(shape(other.get("/monitoring/queries/" + mine, other.driverHeaders()), mine))
                    .isEqualTo(shape(other.get("/monitoring/queries/" + never, other.driverHeaders()), never));
            RawClient.Answer abort =
                    other.send("POST", "/queries/" + mine + "/abort-request", "{}", other.driverHeaders());
            assertThat(shape(abort, mine))
                    .isEqualTo(shape(
                            other.send("POST", "/queries/" + never + "/abort-request", "{}", other.driverHeaders()),
                            never));
        }
        assertThat(client.poll(mine).json().path("success").asBoolean()).isTrue();
        for (String id : List.of("x", "..", "%2e%2e", "1%00", "' or 1=1 --".replace(" ", "%20"), "a".repeat(4000))) {
            RawClient.Answer answer = client.get("/queries/" + id + "/result", client.driverHeaders());
            assertThat(answer.json().path("success").asBoolean()).as(id).isFalse();
            assertNothingShown(id, answer);
        }
    }

    /** What the Python driver does: it repeats on every status but 200, and reads the envelope of a 200. */
    @Test
    void a_client_that_repeats_on_http_errors_is_answered_at_once() {
        Map<String, String> noType = new HashMap<>(client.driverHeaders());
        noType.remove("Content-Type");
        List<Map.Entry<String, java.util.function.Supplier<RawClient.Answer>>> faults = List.of(
                Map.entry(
                        "method",
                        () -> client.send("DELETE", "/queries/v1/query-request", "{}", client.driverHeaders())),
                Map.entry(
                        "media type",
                        () -> client.send(
                                "POST",
                                path(),
                                utf8("x=1"),
                                with(noType, "Content-Type", "application/x-www-form-urlencoded"))),
                Map.entry(
                        "malformed media type",
                        () -> client.send("POST", path(), utf8("{}"), with(noType, "Content-Type", "///"))),
                Map.entry(
                        "too large",
                        () -> client.send("POST", path(), new byte[3 * 1024 * 1024], client.driverHeaders())),
                Map.entry(
                        "bad gzip",
                        () -> client.send(
                                "POST", path(), utf8("x"), with(client.driverHeaders(), "Content-Encoding", "gzip"))),
                Map.entry(
                        "unknown path",
                        () -> client.send("POST", "/queries/v9/query-request", "{}", client.driverHeaders())),
                Map.entry(
                        "bad accept",
                        () -> client.send(
                                "POST", path(), utf8("{"), with(client.driverHeaders(), "Accept", "image/png"))),
                Map.entry(
                        "no token",
                        () -> client.send(
                                "POST",
                                path(),
                                utf8("{\"sqlText\":\"select 1\"}"),
                                Map.of("Content-Type", "application/json"))));
        faults.forEach(fault -> {
            int requests = 0;
            RawClient.Answer answer;
            do {
                answer = fault.getValue().get();
                requests++;
            } while (answer.status() != 200 && requests < 5);
            assertThat(requests)
                    .as(fault.getKey() + ": " + answer.status() + " " + answer.text())
                    .isEqualTo(1);
            assertThat(answer.json().path("success").asBoolean())
                    .as(fault.getKey())
                    .isFalse();
            assertThat(answer.code()).as(fault.getKey()).matches("[0-9]{6}");
            assertNothingShown(fault.getKey(), answer);
        });
    }

    private void assertDriverError(String name, RawClient.Answer answer, String... codes) {
        assertThat(answer.status()).as(name + answer.text()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).as(name).isFalse();
        assertThat(answer.code()).as(name + ": " + answer.text()).isIn((Object[]) codes);
        assertThat(answer.json().path("message").asString("")).as(name).hasSizeGreaterThan(15);
        assertNothingShown(name, answer);
    }

    private void assertSqlApiError(String name, RawClient.Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(name + answer.text()).isIn((Object[]) statuses);
        assertThat(answer.code()).as(name).matches("[0-9]{6}");
        assertNothingShown(name, answer);
    }

    private void assertNothingShown(String name, RawClient.Answer answer) {
        assertThat(answer.text())
                .as(name)
                .doesNotContain(
                        "Exception",
                        "\tat ",
                        "java.",
                        "reactor",
                        "tools.jackson",
                        client.sessionToken(),
                        client.masterToken(),
                        MARK);
    }

    private static String shape(RawClient.Answer answer, String id) {
        return answer.status() + answer.text().replace(id, "ID").replaceAll("5e[0-9a-f-]{34}", "REF");
    }

    private static String path() {
        return RawClient.queryPath(UUID.randomUUID().toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }
}
