package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.recording.DatabaseConfiguration;
import dev.snowgate.gateway.testing.CountingConnections;
import dev.snowgate.gateway.testing.RawClient;
import dev.snowgate.gateway.testing.TestGateway;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a statement asks of the database. Round trips are most of what the gateway costs, so their number is fixed here: who asks,
 * received, admitted, ended, returned; the upstream's token once a second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripsIT {
    private final AtomicReference<CountingConnections> counted = new AtomicReference<>();
    private TestGateway gateway;
    private URI url;

    @BeforeAll
    void start() {
        gateway = TestGateway.start();
        url = URI.create("http://127.0.0.1:" + gateway.addReplica(this::counting));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void an_allowed_statement_costs_one_round_trip_a_stage_and_no_transaction_of_several() {
        try (RawClient client = new RawClient(url)) {
            // Given
            client.logIn("support-copilot", gateway.token("support-copilot"));
            String sql = "select full_name, email from prod.crm.customers where customer_id = 10007";
            assertThat(client.query(sql).json().path("success").asBoolean()).isTrue();
            List<String> least = List.of();
            // When: the best of a few, because timers of the replica ask the database too
            for (int i = 0; i < 8; i++) {
                counted.get().takeRoundTrips();
                assertThat(client.query(sql).json().path("success").asBoolean()).isTrue();
                List<String> trips = counted.get().takeRoundTrips();
                least = least.isEmpty() || trips.size() < least.size() ? trips : least;
            }
            // Then
            assertThat(least).hasSizeLessThanOrEqualTo(5);
            assertThat(least).noneMatch(trip -> trip.endsWith("Transaction"));
        }
    }

    @Test
    void the_same_in_the_sql_api() {
        try (RawClient client = new RawClient(url)) {
            Map<String, String> bearer = RawClient.bearer(gateway.token("support-copilot"));
            List<String> least = List.of();
            for (int i = 0; i < 8; i++) {
                counted.get().takeRoundTrips();
                RawClient.Answer answer = client.send(
                        "POST",
                        "/api/v2/statements?requestId=" + UUID.randomUUID(),
                        RawClient.json(Map.of("statement", "select email from prod.crm.customers limit 1")),
                        bearer);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                List<String> trips = counted.get().takeRoundTrips();
                least = least.isEmpty() || trips.size() < least.size() ? trips : least;
            }
            // A suspension is looked for with every token
            assertThat(least).hasSizeLessThanOrEqualTo(6);
        }
    }

    private void counting(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!name.equals(DatabaseConfiguration.UNPOOLED)) {
                    return bean;
                }
                CountingConnections counting = new CountingConnections((ConnectionFactory) bean);
                counted.set(counting);
                return counting;
            }
        });
    }
}
