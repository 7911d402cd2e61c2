package dev.snowgate.gateway.edge;

import static dev.snowgate.gateway.snowflake.ProtocolFixture.utf8;
import static dev.snowgate.gateway.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementFilterIT {
    private static final String STATEMENT = "/queries/v1/query-request?requestId=r-1";
    private static final String ID = "01b2c3d4-0000-0000-0000-000000000009";
    private static EdgeFixture edge;

    @BeforeAll
    static void start() {
        edge = new EdgeFixture();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void forget() {
        edge.backend.calls.clear();
        edge.backend.refusals.clear();
        edge.backend.statements.clear();
    }

    private static HttpResponse<String> driver(String method, String path, byte[] body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Snowflake Token=\"good\"";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return edge.send(method, path, body, all);
    }

    @Test
    void a_statement_reaches_the_pipeline_compressed_or_not() throws IOException {
        byte[] body = utf8("{\"sqlText\":\"select 1\"}");

        var plain = driver("POST", STATEMENT, body, "Content-Type", "application/json");
        var zipped = driver("POST", STATEMENT, gzip(body), "Content-Encoding", "gzip");
        var silent = driver("POST", STATEMENT, gzip(body));

        for (var reply : new HttpResponse<?>[] {plain, zipped, silent}) {
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body().toString()).contains("\"code\":\"333333\"");
        }
        assertThat(edge.backend.statements)
                .hasSize(3)
                .allSatisfy(s -> assertThat(s.text()).isEqualTo("select 1"));
    }

    @Test
    void each_exchange_reaches_what_answers_it() {
        assertThat(driver("POST", "/session/heartbeat", new byte[0]).body()).contains("\"success\":true");
        assertThat(driver("GET", "/queries/" + ID + "/result", new byte[0]).body())
                .contains("333334");
        assertThat(driver("POST", "/queries/v1/abort-request", utf8("{\"requestId\":\"r-1\"}"))
                        .body())
                .contains("\"success\":true");
        assertThat(driver("POST", "/queries/" + ID + "/abort-request", new byte[0])
                        .body())
                .contains("\"success\":true");
        assertThat(driver("GET", "/monitoring/queries/" + ID, new byte[0]).body())
                .contains("\"queries\":[]");
        assertThat(driver("POST", "/telemetry/send", utf8("{\"logs\":[]}")).body())
                .contains("Log Received");
        assertThat(driver("POST", "/session/token-request", utf8("{\"oldSessionToken\":\"o\"}"))
                        .body())
                .contains("sessionToken");
        assertThat(driver("POST", "/session?delete=true", new byte[0]).body()).contains("\"success\":true");
        assertThat(edge.send(
                                "POST",
                                "/session/v1/login-request",
                                utf8("{\"data\":{\"AUTHENTICATOR\":\"OAUTH\",\"TOKEN\":\"t\",\"NEW\":1}}"))
                        .body())
                .contains("\"token\":\"good\"");

        assertThat(edge.backend.calls)
                .containsExactly(
                        "heartbeat",
                        "poll",
                        "cancelRequest r-1",
                        "cancel " + ID,
                        "renew",
                        "logOut",
                        "logIn",
                        "append CONTEXT_CHANGED");
        // Somebody asked for an id that is not theirs.
        assertThat(edge.backend.refusals)
                .singleElement()
                .satisfies(facts -> assertThat(facts).containsEntry("code", "UNKNOWN_ID"));
    }

    @Test
    void the_sql_api_answers_with_its_own_status() {
        var accepted = edge.send(
                "POST", "/api/v2/statements", utf8("{\"statement\":\"select 1\"}"), "Authorization", "Bearer good");
        var expired = edge.send(
                "POST", "/api/v2/statements", utf8("{\"statement\":\"select 1\"}"), "Authorization", "Bearer bad");
        var malformed = edge.send("POST", "/api/v2/statements", utf8("{"), "Authorization", "Bearer good");
        var part = edge.send(
                "GET", "/api/v2/statements/" + ID + "?partition=1", new byte[0], "Authorization", "Bearer good");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(part.statusCode()).isEqualTo(422);
    }

    @Test
    void faults_of_the_body_are_told_in_the_envelope_and_recorded() throws IOException {
        assertRefused("099101", driver("POST", STATEMENT, utf8("{\"sqlText\":")));
        assertRefused("099101", driver("POST", STATEMENT, utf8("no gzip"), "Content-Encoding", "gzip"));
        assertRefused("099112", driver("POST", STATEMENT, utf8("{}"), "Content-Encoding", "br"));
        assertRefused("099112", driver("POST", STATEMENT, utf8("<x/>"), "Content-Type", "text/xml"));
        assertRefused("099103", driver("POST", STATEMENT, new byte[65 * 1024]));
        assertRefused("099103", driver("POST", STATEMENT, gzip(new byte[129 * 1024])));
        assertRefused("099103", driver("POST", "/session/v1/login-request", new byte[5 * 1024]));
        assertRefused("099104", driver("POST", STATEMENT, utf8("{\"sqlText\":\"" + "x".repeat(1_001) + "\"}")));

        assertThat(edge.backend.statements).isEmpty();
        assertThat(edge.backend.refusals)
                .hasSize(8)
                .allSatisfy(facts -> assertThat(facts).containsKey("reference"));
    }

    @Test
    void an_expired_token_is_told_before_the_body_is_looked_at() {
        assertRefused("390112", edge.send("POST", STATEMENT, utf8("{"), "Authorization", "Snowflake Token=\"old\""));
    }

    @Test
    void a_log_in_that_the_sessions_refused_and_recorded_is_not_recorded_again() {
        var reply = edge.send(
                "POST",
                "/session/v1/login-request",
                utf8("{\"data\":{\"AUTHENTICATOR\":\"OAUTH\",\"TOKEN\":\"" + FakeBackend.RECORDED_TOKEN + "\"}}"));

        assertRefused("390100", reply);
        assertThat(edge.backend.calls).containsExactly("logIn");
        assertThat(edge.backend.refusals).isEmpty();
    }

    @Test
    void a_fault_of_ours_shows_a_reference_and_nothing_else() {
        var reply = driver("POST", STATEMENT, utf8("{\"sqlText\":\"" + FakeBackend.BROKEN + "\"}"));

        assertRefused("099903", reply);
        assertThat(reply.body())
                .doesNotContain("secret")
                .doesNotContain("IllegalState")
                .contains("\"queryId\":\"5e");
    }

    private static void assertRefused(String code, HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("\"success\":false").contains("\"code\":\"" + code + "\"");
    }
}
