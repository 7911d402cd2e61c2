package dev.snowgate.gateway.snowflake.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.session.Authenticator;
import dev.snowgate.gateway.session.RecordedEvents;
import dev.snowgate.gateway.session.SessionConfiguration;
import dev.snowgate.gateway.session.Sessions;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.sealing.KeyRing;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.r2dbc.spi.ConnectionFactories;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.r2dbc.core.DatabaseClient;

class WiringTest {
    @TempDir
    private Path folder;

    @Test
    void sessions_and_client_come_up_with_the_least_configuration() {
        runner().withPropertyValues("snowgate.upstream.private-key-file=" + UpstreamFixture.KEY_FILE)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).hasSingleBean(Sessions.class).hasSingleBean(Authenticator.class);
                    assertThat(context).hasSingleBean(Upstream.class).hasSingleBean(StorageClient.class);
                    assertThat(context.getBean(CatalogLookup.class).enabled()).isFalse();
                    UpstreamProperties upstream = context.getBean(UpstreamProperties.class);
                    assertThat(upstream.statementTimeout()).hasSeconds(50);
                    assertThat(upstream.connectTimeout()).hasSeconds(5);
                    assertThat(upstream.controlTimeout()).hasSeconds(15);
                    assertThat(upstream.maxReply().toMegabytes()).isEqualTo(64);
                    assertThat(upstream.storage().allowedHosts()).isEmpty();
                    assertThat(upstream.storage().perAgent()).isEqualTo(16);
                    assertThat(upstream.circuit().calls()).isEqualTo(50);
                    assertThat(upstream.accountOr("ACME")).isEqualTo("ACME");
                });
    }

    @Test
    void a_full_example_comes_up() {
        runner().withPropertyValues(
                        "snowgate.upstream.private-key-file=" + UpstreamFixture.KEY_FILE,
                        "snowgate.upstream.account=acme-real",
                        "snowgate.upstream.connect-timeout=1s",
                        "snowgate.upstream.control-timeout=3s",
                        "snowgate.upstream.statement-timeout=20s",
                        "snowgate.upstream.max-reply=8MB",
                        "snowgate.upstream.control-connections=2",
                        "snowgate.upstream.statement-connections=3",
                        "snowgate.upstream.storage.allowed-hosts=*.s3.amazonaws.com,127.0.0.1:9000",
                        "snowgate.upstream.storage.response-timeout=9s",
                        "snowgate.upstream.storage.connections=4",
                        "snowgate.upstream.storage.per-agent=2",
                        "snowgate.upstream.circuit.failure-rate=20",
                        "snowgate.upstream.circuit.calls=10",
                        "snowgate.upstream.circuit.open-for=1s",
                        "snowgate.catalog.access.user=CATALOG",
                        "snowgate.catalog.access.role=READER",
                        "snowgate.catalog.access.warehouse=WH",
                        "snowgate.catalog.access.timeout=2s",
                        "snowgate.catalog.access.concurrent=2")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(CatalogLookup.class).enabled()).isTrue();
                    assertThat(context.getBean(UpstreamProperties.class).accountOr("ACME"))
                            .isEqualTo("acme-real");
                });
    }

    @Test
    void without_a_key_the_program_does_not_start() {
        runner().run(context ->
                assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("private-key-file"));
    }

    @Test
    void an_upstream_with_a_path_is_refused() {
        runner().withPropertyValues("snowgate.upstream.url=https://acme.example/x")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("snowgate.upstream.url"));
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(SessionConfiguration.class, UpstreamConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
                .withBean(Recorder.class, RecordedEvents::new)
                .withBean(KeyRing.class, () -> KeyRing.generate(folder.resolve("keys-" + System.nanoTime())))
                .withBean(
                        DatabaseClient.class,
                        () -> DatabaseClient.create(
                                ConnectionFactories.get("r2dbc:postgresql://nobody@127.0.0.1:1/none")))
                .withPropertyValues(
                        "snowgate.account=ACME",
                        "snowgate.upstream.url=https://acme.example",
                        "snowgate.issuers[0].alias=corp",
                        "snowgate.issuers[0].issuer-uri=https://id.example",
                        "snowgate.issuers[0].jwk-set-uri=https://id.example/jwks",
                        "snowgate.issuers[0].audience=snowgate",
                        "snowgate.agents.copilot.role=SUPPORT",
                        "snowgate.agents.copilot.warehouse=WH");
    }
}
