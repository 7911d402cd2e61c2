package dev.snowgate.demo;

import dev.snowgate.db.Migrate;
import dev.snowgate.db.MigrationSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** A real PostgreSQL from its own binaries; its data stays in the demo's folder. */
final class Postgres implements AutoCloseable {
    static final String DATABASE = "snowgate";
    private final EmbeddedPostgres server;
    private final int port;

    private Postgres(EmbeddedPostgres server, int port) {
        this.server = server;
        this.port = port;
    }

    static Postgres start(Path data, int port) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data.toFile())
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .start();
            return new Postgres(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the schema up to date under the owner's role; seeds the policies at the first start. */
    Migrate.Report migrate(Path home, DemoState state) {
        return Migrate.run(MigrationSettings.of(
                        jdbcUrl(),
                        "snowgate_owner",
                        state.secret("database.owner"),
                        state.secret("database.gateway"),
                        state.secret("database.console"))
                .withAdmin("postgres", "postgres")
                .withSeeds(
                        Optional.of(home.resolve("policies")), Optional.of(home.resolve("policies/protection.yaml"))));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
