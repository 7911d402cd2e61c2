package dev.snowgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.gateway.approval.ApprovalConfiguration;
import dev.snowgate.gateway.approval.NotificationListener;
import dev.snowgate.gateway.catalog.CatalogConfiguration;
import dev.snowgate.gateway.catalog.CatalogProperties;
import dev.snowgate.gateway.catalog.CurrentCatalog;
import dev.snowgate.gateway.catalog.ObjectLookup;
import dev.snowgate.gateway.limits.AgentLimits;
import dev.snowgate.gateway.limits.LimitProperties;
import dev.snowgate.gateway.limits.LimitsConfiguration;
import dev.snowgate.gateway.policy.PolicyConfiguration;
import dev.snowgate.gateway.recording.DatabaseConfiguration;
import dev.snowgate.gateway.recording.DatabaseProperties;
import dev.snowgate.gateway.recording.KeyProperties;
import dev.snowgate.gateway.recording.RecordingConfiguration;
import dev.snowgate.gateway.statement.Grants;
import dev.snowgate.gateway.statement.Recorder;
import dev.snowgate.gateway.statement.StatementLedger;
import dev.snowgate.sealing.KeyRing;
import dev.snowgate.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class StoresConfigurationIT {
    private final TestDatabase database = TestDatabase.create();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    private ApplicationContextRunner context(TestDatabase.Access access) {
        KeyRing.generate(folder.resolve("keys"));
        return new ApplicationContextRunner()
                .withUserConfiguration(
                        Surroundings.class,
                        DatabaseConfiguration.class,
                        RecordingConfiguration.class,
                        ApprovalConfiguration.class,
                        PolicyConfiguration.class,
                        CatalogConfiguration.class,
                        LimitsConfiguration.class,
                        ListeningConfiguration.class)
                .withPropertyValues(
                        "snowgate.database.url=" + access.r2dbcUrl(),
                        "snowgate.database.username=" + access.user(),
                        "snowgate.database.password=" + access.password(),
                        "snowgate.keys.file=" + folder.resolve("keys"));
    }

    @Test
    void everything_is_put_together_and_the_listener_runs() {
        context(database.gateway()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(StatementLedger.class);
            assertThat(context).hasSingleBean(Grants.class);
            assertThat(context).hasSingleBean(Recorder.class);
            assertThat(context).hasSingleBean(CurrentCatalog.class);
            assertThat(context).hasSingleBean(AgentLimits.class);
            assertThat(context).hasSingleBean(DatabaseClient.class);
            assertThat(context.getBean(NotificationListener.class).isRunning()).isTrue();
        });
    }

    @Test
    void without_the_schema_the_program_does_not_start() {
        try (TestDatabase empty = TestDatabase.empty()) {
            context(empty.gateway())
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining("run ./snowgate migrate first"));
        }
    }

    @Test
    void without_a_key_file_the_program_does_not_start() {
        context(database.gateway())
                .withPropertyValues("snowgate.keys.file=" + folder.resolve("missing"))
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining("there is no default key"));
    }

    @Test
    void defaults_are_pinned() {
        context(database.gateway()).run(context -> {
            DatabaseProperties properties = context.getBean(DatabaseProperties.class);
            assertThat(properties.poolSize()).isEqualTo(16);
            assertThat(properties.acquireTimeout()).hasSeconds(3);
            assertThat(properties.connectTimeout()).hasSeconds(3);
            assertThat(properties.statementTimeout()).hasSeconds(5);
            assertThat(properties.toString()).doesNotContain("password");
            CatalogProperties catalog = context.getBean(CatalogProperties.class);
            assertThat(catalog.maxAge()).hasHours(24);
            assertThat(context.getBean(LimitProperties.class)).isEqualTo(new LimitProperties(64, 200));
        });
    }

    /** What other packages bring. */
    @EnableConfigurationProperties({
        DatabaseProperties.class,
        KeyProperties.class,
        CatalogProperties.class,
        LimitProperties.class
    })
    static class Surroundings {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ObjectLookup objectLookup() {
            return name -> Mono.just(Optional.empty());
        }
    }
}
