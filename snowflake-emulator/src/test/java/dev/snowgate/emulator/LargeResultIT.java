package dev.snowgate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Much data and many sessions at once. */
class LargeResultIT {
    @Test
    void makes_one_chunk_as_large_as_wanted() throws Exception {
        EmulatorOptions options = EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER").withContext("PROD", "CRM"))
                .rows(10, 10_000_000)
                .seed(10, 10, 10)
                .pollWait(Duration.ofSeconds(20))
                .build();
        try (EmulatorServer emulator = EmulatorServer.start(options)) {
            RawClient client = new RawClient(emulator.url());
            client.login("ada", "secret");

            JsonNode data = client.query(
                            "select seq8() as n, repeat('0123456789', 10) as filler from table(generator(rowcount => 500000))")
                    .path("data");

            assertThat(data.path("chunks")).hasSize(1);
            assertThat(data.path("chunks").get(0).path("uncompressedSize").asLong())
                    .isGreaterThan(50_000_000);
            assertThat(data.path("chunks").get(0).path("rowCount").asLong()).isEqualTo(499_990);
        }
    }

    @Test
    void serves_many_sessions_at_once() throws Exception {
        EmulatorOptions options = EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER").withContext("PROD", "CRM"))
                .seed(1000, 20_000, 10)
                .build();
        try (EmulatorServer emulator = EmulatorServer.start(options);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String table = "concurrent_" + i;
                tasks.add(() -> {
                    try (Connection connection = Drivers.password(emulator.url(), "SNOWGATE", "ada", "secret");
                            Statement statement = connection.createStatement()) {
                        statement.execute("create or replace table " + table + " (id int)");
                        for (int n = 0; n < 5; n++) {
                            statement.executeUpdate("insert into " + table + " values (" + n + ")");
                        }
                        try (ResultSet rows = statement.executeQuery(
                                "select (select count(*) from orders) + (select count(*) from " + table + ")")) {
                            rows.next();
                            return rows.getLong(1);
                        }
                    }
                });
            }
            for (Future<Long> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(20_005);
            }
            assertThat(emulator.log()).hasSize(20 * 7);
        }
    }

    @Test
    void starts_again_on_its_files() throws Exception {
        var folder = java.nio.file.Files.createTempDirectory("emulator-data");
        EmulatorOptions options = EmulatorOptions.builder()
                .user(EmulatedUser.named("ada", "secret", "AGENT_READER").withContext("PROD", "CRM"))
                .seed(20, 20, 20)
                .dataDir(folder)
                .build();
        try (EmulatorServer emulator = EmulatorServer.start(options)) {
            RawClient client = new RawClient(emulator.url());
            client.login("ada", "secret");
            client.query("create table kept_t as select 1 as a");
        }
        try (EmulatorServer emulator = EmulatorServer.start(options)) {
            RawClient client = new RawClient(emulator.url());
            client.login("ada", "secret");
            assertThat(client.query("select a from kept_t")
                            .path("data")
                            .path("rowset")
                            .get(0)
                            .get(0)
                            .asString())
                    .isEqualTo("1");
            assertThat(client.query("select count(*) from customers")
                            .path("data")
                            .path("rowset")
                            .get(0)
                            .get(0)
                            .asString())
                    .isEqualTo("20");
        }
    }
}
