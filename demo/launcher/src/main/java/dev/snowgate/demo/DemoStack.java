package dev.snowgate.demo;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts everything in the order in which each needs the other, says so, and stops everything in the opposite order. When one
 * program ends by itself, all are stopped.
 */
final class DemoStack {
    private final Path home;
    private final DemoState state;
    private final Ports ports;
    private final PrintStream out;
    private final List<Program> programs = new ArrayList<>();
    private @Nullable Postgres postgres;
    private boolean stopped;

    DemoStack(Path home, DemoState state, Ports ports, PrintStream out) {
        this.home = home;
        this.state = state;
        this.ports = ports;
        this.out = out;
    }

    void start() {
        long began = System.nanoTime();
        Settings settings = new Settings(state, ports);
        step("PostgreSQL", () -> postgres = Postgres.start(state.folder().resolve("postgres"), ports.postgres()));
        step("Schema and policies", this::migrate);
        Program emulator = program(
                "snowflake-emulator",
                "snowflake-emulator",
                "1g",
                settings.emulator(),
                ports.emulatorUrl() + "/__emulator/health");
        Program identity = program(
                "identity", "demo/identity", "256m", settings.identity(), ports.identityUrl() + "/actuator/health");
        step("Snowflake emulator", emulator::awaitHealthy);
        step("Identity provider", identity::awaitHealthy);
        Program console = program(
                "console",
                "admin-console",
                "384m",
                settings.console(),
                "http://127.0.0.1:" + ports.console() + "/actuator/health");
        Program gateway =
                program("gateway", "gateway", "512m", settings.gateway(), ports.gatewayUrl() + "/actuator/health");
        step("Console", console::awaitHealthy);
        step("Gateway", gateway::awaitHealthy);
        state.markRunning(ports);
        out.printf("  started in %d s%n%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    private void migrate() {
        Postgres server = postgres;
        if (server == null) {
            throw new IllegalStateException("no database");
        }
        server.migrate(home, state);
    }

    private Program program(String name, String module, String memory, List<String> arguments, String health) {
        String artifact = switch (module) {
            case "demo/identity" -> "demo-identity";
            default -> module;
        };
        Path jar = home.resolve(module).resolve("target").resolve(artifact + "-0.1.0-exec.jar");
        Program program =
                Program.start(name, jar, state.folder(), state.log(name), memory, arguments, URI.create(health));
        programs.add(program);
        return program;
    }

    private void step(String what, Runnable work) {
        out.printf("  %-22s", what);
        out.flush();
        long began = System.nanoTime();
        work.run();
        out.printf("ready (%.1f s)%n", (System.nanoTime() - began) / 1e9);
    }

    /** Waits until a program ends by itself; its log's end is printed. */
    int awaitEnd() {
        try {
            while (true) {
                for (Program program : List.copyOf(programs)) {
                    if (!program.isAlive() && !isStopped()) {
                        System.err.println(
                                program.name() + " ended, so the demo stops. The end of its log:\n" + program.tail());
                        return 1;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Stops whatever runs; may be called twice. */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        programs.reversed().forEach(Program::askToStop);
        programs.reversed().forEach(Program::awaitStop);
        if (postgres != null) {
            postgres.close();
        }
        state.markStopped();
    }
}
