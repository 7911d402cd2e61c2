package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens: those that open nothing, and those that expire on either side while a real driver goes on. */
class TokensIT {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(options -> options, Map.of("snowgate.session.token-validity", "2s"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_driver_renews_our_expired_token_and_goes_on() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "select 1")).isEqualTo(1);
            Instant end = Instant.now().plus(Duration.ofSeconds(3));
            TestGateway.await(() -> Instant.now().isAfter(end));
            assertThat(number(statement, "select 2")).isEqualTo(2);
        }
        assertThat(gateway.query("select kind from session_event where kind = 'SESSION_RENEWED'"))
                .isNotEmpty();
    }

    @Test
    void an_expired_token_at_snowflake_is_renewed_inside_and_never_shown() throws SQLException {
        try (Connection connection = gateway.connect("support-copilot");
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "select 3")).isEqualTo(3);
            gateway.emulator().expireTokens();
            assertThat(number(statement, "select 4")).isEqualTo(4);
            assertThat(gateway.executed("select 4")).isEqualTo(1);
        }
    }

    @Test
    void no_bad_token_opens_a_session_and_nothing_of_it_is_shown() throws Exception {
        for (Map.Entry<String, String> bad : badTokens().entrySet()) {
            try (RawClient client = new RawClient(gateway.url())) {
                // When
                JsonNode reply = client.logIn("support-copilot", bad.getValue());
                RawClient.Answer sqlApi = client.send(
                        "POST",
                        "/api/v2/statements",
                        "{\"statement\":\"select 5\"}",
                        RawClient.bearer(bad.getValue().isEmpty() ? "x" : bad.getValue()));
                // Then
                assertThat(reply.path("success").asBoolean()).as(bad.getKey()).isFalse();
                assertThat(reply.path("code").asString()).as(bad.getKey()).isIn("390100", "099101");
                assertThat(reply.toString()).as(bad.getKey()).doesNotContain("Exception", "\tat ");
                assertThat(sqlApi.status()).as(bad.getKey()).isIn(401, 400, 413, 431);
                if (bad.getValue().length() > 40) {
                    assertThat(reply.toString() + sqlApi.text())
                            .as(bad.getKey())
                            .doesNotContain(
                                    bad.getValue().substring(bad.getValue().length() - 30));
                }
            }
        }
        assertThat(gateway.executed("select 5")).isZero();
        assertThat(gateway.query("select kind from session_event where kind in ('LOGIN_REFUSED', 'EXCHANGE_REFUSED')")
                        .size())
                .isGreaterThanOrEqualTo(badTokens().size());
    }

    @Test
    void a_session_token_that_was_changed_is_refused() throws SQLException {
        try (RawClient client = RawClient.loggedIn(gateway, "support-copilot")) {
            String good = client.sessionToken();
            String changed = good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA");
            for (String token : new String[] {changed, "", "null", client.masterToken()}) {
                RawClient.Answer answer = client.send(
                        "POST",
                        RawClient.queryPath(java.util.UUID.randomUUID().toString()),
                        "{\"sqlText\":\"select 6\"}",
                        Map.of(
                                "Authorization",
                                "Snowflake Token=\"" + token + "\"",
                                "Content-Type",
                                "application/json"));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.code()).isIn("390100", "390104", "390111", "390112");
                assertThat(answer.json().path("success").asBoolean()).isFalse();
            }
        }
        assertThat(gateway.executed("select 6")).isZero();
    }

    private static Map<String, String> badTokens() throws Exception {
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
        JWTClaimsSet good = claims(builder -> builder);
        String signed = gateway.token("support-copilot");
        String[] parts = signed.split("\\.");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("none at all", "");
        bad.put("no token", "not-a-token");
        bad.put("algorithm none", new PlainJWT(good).serialize());
        SignedJWT mac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good);
        mac.sign(new MACSigner(stranger.toRSAPublicKey().getEncoded()));
        bad.put("HS256 with a public key", mac.serialize());
        SignedJWT foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("stranger").build(), good);
        foreign.sign(new RSASSASigner(stranger));
        bad.put("another key", foreign.serialize());
        bad.put("another issuer", sign(builder -> builder.issuer("http://127.0.0.1:1/other")));
        bad.put("another audience", sign(builder -> builder.audience("somebody")));
        bad.put(
                "expired",
                sign(builder -> builder.expirationTime(Date.from(Instant.now().minusSeconds(600)))));
        bad.put(
                "not yet valid",
                sign(builder -> builder.notBeforeTime(Date.from(Instant.now().plusSeconds(600)))));
        bad.put("changed payload", parts[0] + "." + parts[1].substring(0, parts[1].length() - 4) + "AAAA." + parts[2]);
        bad.put("extra part", signed + ".AAAA");
        bad.put("unknown agent", sign(builder -> builder.subject("nobody").claim("azp", "nobody")));
        bad.put("64 KB", signed + "A".repeat(64 * 1024));
        return bad;
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(gateway.issuer().claims("support-copilot", "analysts-masked", "p@acme.example"))
                .build();
    }

    private static String sign(UnaryOperator<JWTClaimsSet.Builder> change) {
        return gateway.issuer().sign(claims(change));
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
