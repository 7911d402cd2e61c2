package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.gateway.testing.TestGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The stage that decides, broken: a replica that finds no published policy. */
class NoPolicyIT {
    @Test
    void without_a_published_policy_every_statement_is_refused_and_recorded() throws SQLException {
        // Given
        try (TestGateway gateway = TestGateway.start()) {
            try (Connection owner = gateway.database().owner().connect();
                    Statement statement = owner.createStatement()) {
                statement.execute("delete from policy_active");
            }
            int port = gateway.addReplica();
            try (Connection connection = gateway.connect("support-copilot", new Properties(), port);
                    Statement statement = connection.createStatement()) {
                // When / Then
                assertThatThrownBy(() -> statement.executeQuery("select city from customers limit 1"))
                        .isInstanceOfSatisfying(SQLException.class, fault -> {
                            assertThat(fault.getMessage()).contains("No policy is in force");
                            assertThat(fault.getErrorCode())
                                    .isEqualTo(Integer.parseInt(GatewayErrorCode.POLICY_UNAVAILABLE.wireCode()));
                        });
            }
            assertThat(gateway.executed("select city")).isZero();
            assertThat(gateway.query(
                            "select e.kind from session_event e where e.statement_id is not null order by e.seq"))
                    .startsWith("RECEIVED")
                    .doesNotContain("SENT");
        }
    }
}
