package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may log in, and who may not. */
class LoginIT {
    private static EmulatorServer emulator;
    private static KeyPair key;

    @BeforeAll
    static void start() throws Exception {
        key = KeyPairs.generate();
        emulator = EmulatorServer.start(EmulatorOptions.builder()
                .user(EmulatedUser.named("SVC", "unused-secret", "AGENT_READER")
                        .withPublicKey(KeyPairs.publicText(key))
                        .withPat("pat-1"))
                .pollWait(Duration.ofSeconds(2))
                .seed(10, 10, 10)
                .build());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static Connection keyPair(KeyPair pair, String... more) throws SQLException {
        Properties properties = Drivers.quiet();
        properties.setProperty("account", "SNOWGATE");
        properties.setProperty("user", "svc");
        properties.put("privateKey", pair.getPrivate());
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return Drivers.open(emulator.url(), properties);
    }

    @Test
    void takes_a_key_pair_of_the_user() throws Exception {
        try (Connection connection = keyPair(key, "db", "PROD", "schema", "CRM")) {
            assertThat(connection.getCatalog()).isEqualTo("PROD");
            assertThat(connection.getSchema()).isEqualTo("CRM");
        }
    }

    @Test
    void refuses_another_key() throws Exception {
        KeyPair other = KeyPairs.generate();

        assertThatThrownBy(() -> keyPair(other))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390144));
    }

    @Test
    void refuses_a_role_that_is_not_granted() {
        assertThatThrownBy(() -> keyPair(key, "role", "ACCOUNTADMIN"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390189));
    }

    @Test
    void refuses_expired_and_unsigned_tokens() throws Exception {
        String expired = KeyPairs.token(key, "SNOWGATE", "SVC", Instant.now().minusSeconds(120));
        String good = KeyPairs.token(key, "SNOWGATE", "SVC", Instant.now().plusSeconds(50));
        String changed = good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";

        assertThat(jwt(good).path("success").asBoolean()).isTrue();
        assertThat(jwt(expired).path("code").asString()).isEqualTo("390144");
        assertThat(jwt(changed).path("code").asString()).isEqualTo("390144");
        assertThat(jwt(KeyPairs.token(key, "OTHER", "SVC", Instant.now().plusSeconds(50)))
                        .path("code")
                        .asString())
                .isEqualTo("390144");
        assertThat(jwt("nonsense").path("code").asString()).isEqualTo("390144");
    }

    @Test
    void takes_a_programmatic_access_token_and_refuses_unknown_users() throws Exception {
        RawClient client = new RawClient(emulator.url());

        assertThat(login(
                                client,
                                Map.of(
                                        "AUTHENTICATOR",
                                        "PROGRAMMATIC_ACCESS_TOKEN",
                                        "LOGIN_NAME",
                                        "svc",
                                        "TOKEN",
                                        "pat-1"))
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(login(
                                client,
                                Map.of(
                                        "AUTHENTICATOR",
                                        "PROGRAMMATIC_ACCESS_TOKEN",
                                        "LOGIN_NAME",
                                        "svc",
                                        "TOKEN",
                                        "pat-2"))
                        .path("code")
                        .asString())
                .isEqualTo("394400");
        assertThat(client.login("nobody", "x").path("code").asString()).isEqualTo("390100");
        assertThat(client.query("select 1").path("code").asString()).startsWith("3901");
    }

    private static JsonNode jwt(String token) throws Exception {
        return login(
                new RawClient(emulator.url()),
                Map.of("AUTHENTICATOR", "SNOWFLAKE_JWT", "LOGIN_NAME", "SVC", "TOKEN", token));
    }

    private static JsonNode login(RawClient client, Map<String, String> data) throws Exception {
        return client.send(
                        "POST",
                        "/session/v1/login-request",
                        RawClient.JSON.writeValueAsString(Map.of("data", data)),
                        Map.of())
                .json();
    }
}
