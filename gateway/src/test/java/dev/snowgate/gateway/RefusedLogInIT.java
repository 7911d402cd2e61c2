package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RefusedLogInIT {
    @Test
    void a_refused_log_in_is_one_event_at_either_door() throws Exception {
        try (TestGateway gateway = TestGateway.start(options -> options, Map.of());
                RawClient client = new RawClient(gateway.url())) {
            // When
            JsonNode driver = client.logIn("support-copilot", "no.good.token");
            RawClient.Answer sqlApi = client.send(
                    "POST", "/api/v2/statements", "{\"statement\":\"select 1\"}", RawClient.bearer("no.good.token"));
            // Then
            assertThat(driver.path("code").asString()).isEqualTo("390100");
            assertThat(sqlApi.status()).isEqualTo(401);
            assertThat(gateway.query(
                            "select kind from session_event where kind in ('LOGIN_REFUSED', 'EXCHANGE_REFUSED')"))
                    .containsExactly("LOGIN_REFUSED", "LOGIN_REFUSED");
        }
    }
}
